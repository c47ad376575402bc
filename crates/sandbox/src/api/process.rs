//! One request of the API: read whole, taken apart, and handed to what answers its class of operations. Both reads and
//! writes authenticate inside their transaction, so that no decision rests on older data.
#![deny(clippy::wildcard_enum_match_arm)]

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{Method, Uri};
use axum::response::Response;
use http_body_util::{BodyExt, Limited};
use rusqlite::{Connection, Transaction};

use crate::contract::address;
use crate::contract::answer::Answer;
use crate::contract::operations::{Operation, Payload};
use crate::input::call::{self, Call, HistoryLag, Ids};
use crate::input::form;
use crate::model::user::User;
use crate::problem::{Code, CorrelationId, Problem};
use crate::state::AppState;
use crate::{auth, automation, reads, writes};

/// There is no arm for the rest: a class that is added to the table of operations does not compile until it is named here.
pub(super) async fn process(
    state: &AppState,
    operation: Operation,
    request: Request,
    correlation: CorrelationId,
) -> Result<Response, Problem> {
    let work = take_apart(state, operation, request, correlation).await?;
    match operation {
        Operation::Session(operation) => auth::answer(state, operation, &work.call).await,
        Operation::AccountRead(operation) => work.read(move |_, _, user| reads::of_account(operation, user)).await,
        Operation::ClientRead(operation) => {
            let state = state.clone();
            work.read(move |connection, call, user| reads::of_client(&state, connection, call, user, operation))
                .await
        }
        Operation::LoanRead(operation) => {
            work.read(move |connection, call, user| reads::of_loan(connection, call, user, operation))
                .await
        }
        Operation::OrderRead(operation) => {
            work.read(move |connection, call, user| reads::of_order(connection, call, user, operation))
                .await
        }
        Operation::LoanWrite(operation) => {
            work.write(move |tx, call, user| writes::request::make(tx, call, user, operation))
                .await
        }
        Operation::OrderWrite(operation) => {
            work.write(move |tx, call, user| writes::request::change(tx, call, user, operation))
                .await
        }
    }
}

async fn take_apart(
    state: &AppState,
    operation: Operation,
    request: Request,
    correlation: CorrelationId,
) -> Result<Work<'_>, Problem> {
    let (parts, body) = request.into_parts();
    let body = read_body(operation, body).await?;
    let form = match operation.route().payload {
        Payload::File => Some(form::read(&parts.headers, body.clone()).await),
        Payload::Empty | Payload::Json => None,
    };
    // What was due before this request came has happened before it.
    automation::catch_up(state).await;
    let settings = state.settings();
    let lag = parts.extensions.get::<HistoryLag>();
    let call = Call {
        operation,
        form,
        ids: Ids::default(),
        query: parts.uri.query().map(str::to_owned),
        body,
        correlation,
        history_lag_ms: lag.map_or(settings.history_lag_ms, |lag| lag.0),
        headers: parts.headers,
        settings,
        now: state.clock.now(),
        generation: state.db.generation(),
    };
    Ok(Work {
        state,
        call,
        method: parts.method,
        uri: parts.uri,
    })
}

/// More than the API takes, because whoever is not signed in is told that first.
async fn read_body(operation: Operation, body: Body) -> Result<Bytes, Problem> {
    let most = match operation.route().payload {
        Payload::File => form::MAX_REQUEST_BYTES,
        Payload::Empty | Payload::Json => 8 * call::MAX_BODY_BYTES,
    };
    match Limited::new(body, most).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(_) => Err(Problem::too_large()),
    }
}

/// A call about to be answered.
struct Work<'a> {
    state: &'a AppState,
    call: Call,
    method: Method,
    uri: Uri,
}

impl Work<'_> {
    /// In one snapshot.
    async fn read<F>(self, answer: F) -> Result<Response, Problem>
    where
        F: FnOnce(&Connection, &Call, &User) -> Result<Answer, Problem> + Send + 'static,
    {
        let Self {
            state,
            call,
            method,
            uri,
        } = self;
        let answer = state
            .db
            .read(move |connection| {
                let user = auth::authenticate(connection, &call.headers, call.now)?;
                let call = with_ids(call, &uri, &method)?;
                answer(connection, &call, &user)
            })
            .await?;
        Ok(answer.into_http())
    }

    /// In one transaction. The inner refusal is the answer to something that was done and is to stay.
    async fn write<F>(self, answer: F) -> Result<Response, Problem>
    where
        F: FnOnce(&Transaction<'_>, &Call, &User) -> Result<Result<Answer, Problem>, Problem> + Send + 'static,
    {
        let Self {
            state,
            call,
            method,
            uri,
        } = self;
        let clock = state.clock.clone();
        let answer = state
            .db
            .write(move |tx| {
                let user = auth::authenticate(tx, &call.headers, call.now)?;
                let mut call = with_ids(call, &uri, &method)?;
                // Read again now that no other write can come between, so that the history's
                // moments run in the order of its entries.
                call.now = clock.now();
                answer(tx, &call, &user)
            })
            .await??;
        Ok(answer.into_http())
    }
}

fn with_ids(call: Call, uri: &Uri, method: &Method) -> Result<Call, Problem> {
    let target = address::find(method, uri.path())
        .ok_or_else(|| Problem::new(Code::NotFound, "There is nothing at this address."))?;
    Ok(Call {
        ids: Ids::of(&target)?,
        ..call
    })
}
