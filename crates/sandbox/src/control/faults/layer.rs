//! Carries the due faults out, around one request.
//!
//! The caller of this layer runs it to its end even if the client goes away: a request is
//! processed or not by what the faults say, never by how patient the client was.
#![deny(clippy::wildcard_enum_match_arm)]

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::replies;
use crate::auth;
use crate::contract::address;
use crate::contract::headers::correlation_of;
use crate::control::colleague::{self, Change};
use crate::input::call::HistoryLag;
use crate::problem::{CorrelationId, Problem};
use crate::state::AppState;
use crate::state::faults::{Fault, Firing, Move, Subject, When};
use crate::store::{tokens, users};

pub async fn layer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    // A preflight is the browser's own; a fault is meant for the request that follows it.
    if request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let mut world = state.faults.world();
    let path = request.uri().path().to_owned();
    let target = address::find(request.method(), &path);
    let subject = Subject {
        operation: target.as_ref().map(|target| target.operation),
        method: request.method(),
        path: &path,
    };
    let firings = state.faults.take(subject, state.clock.now());
    if firings.is_empty() {
        return next.run(request).await;
    }
    let correlation = request
        .extensions()
        .get::<CorrelationId>()
        .cloned()
        .unwrap_or_else(|| correlation_of(request.headers()));
    let held_back = delay(&firings, When::Before);
    if !held_back.is_zero() && !world.outlasts(held_back).await {
        return replies::closed();
    }
    let order_id = target.and_then(|target| target.order_id);
    for firing in &firings {
        if let Fault::HistoryLag { ms } = firing.fault {
            request.extensions_mut().insert(HistoryLag(ms));
        }
        if let Err(why) = prepare(&state, &firing.fault, request.headers(), order_id).await {
            state.faults.note(firing.number, why);
        }
    }
    let replacement = firings.iter().find(|firing| firing.fault.replaces_the_answer());
    if let Some(reply) = replacement.and_then(|firing| instead_of_processing(&firing.fault, &correlation)) {
        return reply;
    }
    let response = next.run(request).await;
    let kept_waiting = delay(&firings, When::After);
    if !kept_waiting.is_zero() {
        // What was processed stays so; a reset only ends the waiting.
        world.outlasts(kept_waiting).await;
    }
    match replacement {
        Some(firing) => instead_of_the_answer(firing, response, &correlation).await,
        None => response,
    }
}

/// What a fault answers before anything is processed.
fn instead_of_processing(fault: &Fault, correlation: &CorrelationId) -> Option<Response> {
    match fault {
        Fault::Close { when: When::Before } => Some(replies::closed()),
        Fault::Answer { when: When::Before, .. } => Some(replies::given(fault, correlation)),
        Fault::Close { when: When::After }
        | Fault::Answer { when: When::After, .. }
        | Fault::Delay { .. }
        | Fault::Truncate {}
        | Fault::Html {}
        | Fault::Hostile {}
        | Fault::ExpireAccessTokens {}
        | Fault::RevokeSession {}
        | Fault::LoseRefreshAnswer {}
        | Fault::OtherUserMoves { .. }
        | Fault::HistoryLag { .. } => None,
    }
}

/// What a fault puts in the place of an answer; the request has been processed.
async fn instead_of_the_answer(firing: &Firing, response: Response, correlation: &CorrelationId) -> Response {
    match &firing.fault {
        answer @ Fault::Answer { .. } => replies::given(answer, correlation),
        Fault::Close { .. } | Fault::LoseRefreshAnswer {} => replies::closed(),
        Fault::Truncate {} => replies::truncated(response).await,
        Fault::Html {} => replies::html(),
        Fault::Hostile {} => replies::hostile(response, firing.earlier),
        Fault::Delay { .. }
        | Fault::ExpireAccessTokens {}
        | Fault::RevokeSession {}
        | Fault::OtherUserMoves { .. }
        | Fault::HistoryLag { .. } => response,
    }
}

/// All waiting of one kind, added up.
fn delay(firings: &[Firing], wanted: When) -> Duration {
    let milliseconds = firings
        .iter()
        .filter_map(|firing| match firing.fault {
            Fault::Delay { when, ms } => (when == wanted).then_some(ms),
            Fault::Answer { .. }
            | Fault::Close { .. }
            | Fault::Truncate {}
            | Fault::Html {}
            | Fault::Hostile {}
            | Fault::ExpireAccessTokens {}
            | Fault::RevokeSession {}
            | Fault::LoseRefreshAnswer {}
            | Fault::OtherUserMoves { .. }
            | Fault::HistoryLag { .. } => None,
        })
        .fold(0, u64::saturating_add);
    Duration::from_millis(milliseconds)
}

/// What happens just before the request is processed. An error says why it did not happen.
async fn prepare(state: &AppState, fault: &Fault, headers: &HeaderMap, order_id: Option<&str>) -> Result<(), String> {
    let explain = |problem: Problem| problem.detail().to_owned();
    match fault {
        Fault::ExpireAccessTokens {} => state.db.write(tokens::expire_all_access).await.map_err(explain),
        Fault::RevokeSession {} => {
            let user = sender(state, headers).await.map_err(explain)?;
            let (user, now) = (user.ok_or("The request carried no session.")?, state.clock.now());
            let revoke = state.db.write(move |tx| tokens::revoke_user(tx, &user, now));
            revoke.await.map_err(explain)
        }
        Fault::OtherUserMoves { action, by } => {
            let order_id = order_id.ok_or("The request names no order.")?;
            let moved = match by {
                Some(by) => colleague::perform(state, by, (*action).into(), order_id, None)
                    .await
                    .map(drop),
                None => colleague_moves(state, *action, order_id, headers).await,
            };
            moved.map_err(explain)
        }
        Fault::Answer { .. }
        | Fault::Close { .. }
        | Fault::Delay { .. }
        | Fault::Truncate {}
        | Fault::Html {}
        | Fault::Hostile {}
        | Fault::LoseRefreshAnswer {}
        | Fault::HistoryLag { .. } => Ok(()),
    }
}

/// The move, by the first who may make it and who is not the user whose request it precedes: a
/// colleague's act must never look like the operator's own.
async fn colleague_moves(state: &AppState, action: Move, order_id: &str, headers: &HeaderMap) -> Result<(), Problem> {
    let requester = username_of(state, headers).await?;
    let mut outcome = Ok(());
    for user in action.usual_users() {
        if requester.as_deref() == Some(*user) {
            continue;
        }
        outcome = colleague::perform(state, user, Change::from(action), order_id, None)
            .await
            .map(drop);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

async fn username_of(state: &AppState, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(id) = sender(state, headers).await? else {
        return Ok(None);
    };
    let user = state.db.read(move |connection| users::by_id(connection, &id)).await?;
    Ok(user.map(|user| user.username))
}

/// The id of the user who sends a request, whether the session is good or not.
async fn sender(state: &AppState, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let headers = headers.clone();
    state
        .db
        .read(move |connection| auth::user_of_request(connection, &headers))
        .await
}
