//! Opening, renewing and ending a session.
#![deny(clippy::wildcard_enum_match_arm)]

use axum::http::header;
use axum::response::Response;
use rusqlite::Transaction;
use serde::Serialize;

use super::credentials::{self, CLEARED_COOKIE, bearer, cookie};
use super::password;
use crate::contract::answer::Answer;
use crate::contract::operations::SessionOperation;
use crate::contract::settings::{RefreshTransport, Settings};
use crate::input::call::Call;
use crate::input::{Fields, Mistakes};
use crate::model::user::User;
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::store::ledger::{self, NewEffect};
use crate::store::tokens::{self, Granted, Refused};
use crate::store::users;

/// A session in the contract's shape.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    access_token: String,
    expires_in: u64,
    user: User,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// Answers an operation on a session.
pub async fn answer(state: &AppState, operation: SessionOperation, call: &Call) -> Result<Response, Problem> {
    match operation {
        SessionOperation::SignIn => sign_in(state, call).await,
        SessionOperation::RefreshSession => refresh(state, call).await,
        SessionOperation::SignOut => sign_out(state, call).await,
    }
}

/// Opens a session with a user name and a password.
async fn sign_in(state: &AppState, call: &Call) -> Result<Response, Problem> {
    let body = call.json()?;
    let fields = Fields::of_body(body.as_ref())?;
    let mut mistakes = Mistakes::default();
    let within = |most: usize| move |text: &str| (1..=most).contains(&text.chars().count());
    let username = fields.text(&mut mistakes, "username", "At most 100 characters.", within(100));
    let password = fields.text(&mut mistakes, "password", "At most 200 characters.", within(200));
    mistakes.check()?;

    if let Err(seconds) = state.throttle.admit(&username, call.now) {
        return Err(Problem::new(
            Code::TooManyRequests,
            "Too many failed sign-ins with this user name. Wait, then try again.",
        )
        .retry_after(seconds));
    }
    let candidate = username.clone();
    let stored_hash = state
        .db
        .read(move |connection| users::password_hash(connection, &candidate))
        .await?;
    if !password::matches(password, stored_hash).await? {
        return Err(Problem::new(
            Code::InvalidCredentials,
            "The user name or the password is not right.",
        ));
    }
    state.throttle.succeeded(&username);
    let call_ = call.clone();
    let (user, granted) = state
        .db
        .write(move |tx| {
            let user = users::by_username(tx, &username)?
                .ok_or_else(|| Problem::internal("a user vanished while signing in"))?;
            let granted = tokens::open_family(tx, &user.id, call_.now, &call_.settings)?;
            record(tx, &call_, &user, "Signed in")?;
            Ok((user, granted))
        })
        .await?;
    session_answer(user, granted, &call.settings)
}

/// Exchanges a refresh token for a new session; the token is spent by it.
async fn refresh(state: &AppState, call: &Call) -> Result<Response, Problem> {
    let Some(token) = presented_refresh_token(call)? else {
        return Err(Problem::new(
            Code::RefreshMissing,
            "There is no session to continue. Sign in.",
        ));
    };
    let call_ = call.clone();
    // The refusal is an answer of the transaction, not its failure: revoking the family must stay.
    let outcome = state
        .db
        .write(move |tx| match tokens::rotate(tx, &token, call_.now, &call_.settings) {
            Ok((user_id, granted)) => {
                let user = users::by_id(tx, &user_id)?.ok_or_else(|| Problem::internal("a session without a user"))?;
                record(tx, &call_, &user, "Refreshed the session")?;
                Ok(Ok((user, granted)))
            }
            Err(Refused::Failed(problem)) => Err(problem),
            Err(refused) => Ok(Err(refused)),
        })
        .await?;
    match outcome {
        Ok((user, granted)) => session_answer(user, granted, &call.settings),
        Err(refused) => Ok(refused_refresh(&refused, call)),
    }
}

/// 401, and the browser forgets a cookie that can never be used again.
fn refused_refresh(refused: &Refused, call: &Call) -> Response {
    let (code, detail) = match refused {
        Refused::Spent => (
            Code::RefreshReused,
            "This refresh token was used before, so the session has been ended. Sign in again.",
        ),
        Refused::Revoked => (
            Code::SessionRevoked,
            "This session has been ended. Sign in again to continue.",
        ),
        Refused::Expired | Refused::Unknown | Refused::Failed(_) => {
            (Code::RefreshExpired, "The session is over. Sign in again to continue.")
        }
    };
    let mut response = Problem::new(code, detail).respond(&call.correlation);
    response.headers_mut().insert(header::SET_COOKIE, CLEARED_COOKIE);
    response
}

/// Ends the session that the cookie, the body or the access token belongs to, if there is one.
async fn sign_out(state: &AppState, call: &Call) -> Result<Response, Problem> {
    let from_body = body_refresh_token(call)?;
    let refresh = cookie(&call.headers).map(str::to_owned).or(from_body);
    let call_ = call.clone();
    state
        .db
        .write(move |tx| {
            let family = match &refresh {
                Some(token) => tokens::family_of_refresh(tx, token)?,
                None => None,
            };
            let family = match (family, bearer(&call_.headers)) {
                (Some(family), _) => Some(family),
                (None, Some(token)) => tokens::family_of_access(tx, token)?,
                (None, None) => None,
            };
            if let Some((family, user_id)) = family {
                tokens::revoke_family(tx, family, call_.now)?;
                if let Some(user) = users::by_id(tx, &user_id)? {
                    record(tx, &call_, &user, "Signed out")?;
                }
            }
            Ok(())
        })
        .await?;
    let mut response = Answer::empty().into_http();
    response.headers_mut().insert(header::SET_COOKIE, CLEARED_COOKIE);
    Ok(response)
}

fn record(tx: &Transaction<'_>, call: &Call, user: &User, summary: &str) -> Result<(), Problem> {
    ledger::append(
        tx,
        &NewEffect {
            at: call.now,
            operation: call.operation.id(),
            client_id: None,
            order_id: None,
            user: Some(user),
            intent: None,
            correlation_id: call.correlation.as_str(),
            summary,
            charge: None,
        },
    )
}

fn session_answer(user: User, granted: Granted, settings: &Settings) -> Result<Response, Problem> {
    let in_body = settings.refresh_transport == RefreshTransport::Body;
    let cookie = credentials::refresh_cookie(&granted.refresh, settings)?;
    let session = Session {
        access_token: granted.access,
        expires_in: settings.access_token_ttl_seconds,
        user,
        refresh_token: in_body.then_some(granted.refresh),
    };
    let mut response = Answer::json(&session)?.into_http();
    if !in_body {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn presented_refresh_token(call: &Call) -> Result<Option<String>, Problem> {
    let from_body = body_refresh_token(call)?;
    Ok(match call.settings.refresh_transport {
        RefreshTransport::Body => from_body,
        RefreshTransport::Cookie => cookie(&call.headers).map(str::to_owned),
    })
}

fn body_refresh_token(call: &Call) -> Result<Option<String>, Problem> {
    let Some(body) = call.json()? else {
        return Ok(None);
    };
    let fields = Fields::of_body(Some(&body))?;
    let mut mistakes = Mistakes::default();
    let token = if fields.has("refreshToken") {
        let accepts = |text: &str| (1..=512).contains(&text.chars().count());
        Some(fields.text(&mut mistakes, "refreshToken", "1 to 512 characters.", accepts))
    } else {
        None
    };
    mistakes.check()?;
    Ok(token)
}
