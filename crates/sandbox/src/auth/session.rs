//! Sessions: who is asking, and for how long they may.
//!
//! Tokens are random and opaque; the database holds only their hashes. A refresh token is good once:
//! presenting a spent one means that two parties hold it, and ends the whole session.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use rusqlite::{Connection, Transaction, params};
use serde::Serialize;

use crate::base::time::Stamp;
use crate::contract::settings::{RefreshTransport, Settings};
use crate::input::call::{Answer, Call};
use crate::input::{Fields, Mistakes};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::store::ledger::{self, NewEffect};
use crate::store::users::{self, User};

use super::password;
use crate::store::tokens::{self, Granted, Refused};

/// Makes a browser forget the refresh cookie.
pub const CLEARED_COOKIE: &str = "omnival_refresh=; HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age=0";
const COOKIE_NAME: &str = "omnival_refresh";

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

/// The user whose access token these headers carry; 401 with the reason otherwise.
pub fn authenticate(connection: &Connection, headers: &HeaderMap, now: Stamp) -> Result<User, Problem> {
    let Some(token) = bearer(headers) else {
        return Err(Problem::new(Code::TokenMissing, "Sign in to continue."));
    };
    let user_id = tokens::holder(connection, token, now).map_err(|refused| match refused {
        Refused::Expired => Problem::new(Code::TokenExpired, "The access token has expired."),
        Refused::Revoked => Problem::new(
            Code::SessionRevoked,
            "This session has been ended. Sign in again to continue.",
        ),
        Refused::Unknown | Refused::Spent => Problem::new(Code::TokenInvalid, "The access token is not valid."),
        Refused::Failed(problem) => problem,
    })?;
    users::by_id(connection, &user_id)?
        .ok_or_else(|| Problem::new(Code::TokenInvalid, "The access token is not valid."))
}

/// Opens a session with a user name and a password.
pub async fn sign_in(state: &AppState, call: &Call) -> Result<Response, Problem> {
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
        .read(move |connection| password::stored_hash(connection, &candidate))
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
pub async fn refresh(state: &AppState, call: &Call) -> Result<Response, Problem> {
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
        Err(refused) => Err(refused_refresh(&refused)),
    }
}

fn refused_refresh(refused: &Refused) -> Problem {
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
    Problem::new(code, detail).clearing_refresh_cookie()
}

/// Ends the session that the cookie, the body or the access token belongs to, if there is one.
pub async fn sign_out(state: &AppState, call: &Call) -> Result<Response, Problem> {
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
    response
        .headers_mut()
        .insert(header::SET_COOKIE, HeaderValue::from_static(CLEARED_COOKIE));
    Ok(response)
}

/// Every access token expires now; refresh tokens stay good.
pub async fn expire_all_access_tokens(state: &AppState) -> Result<(), Problem> {
    state
        .db
        .write(|tx| {
            tx.execute("UPDATE access_tokens SET expires_at = 0", [])?;
            Ok(())
        })
        .await
}

/// Ends all sessions of one user.
pub async fn revoke_user(state: &AppState, user_id: &str) -> Result<(), Problem> {
    let (user_id, now) = (user_id.to_owned(), state.clock.now());
    state
        .db
        .write(move |tx| {
            tx.execute(
                "UPDATE families SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL",
                params![user_id, now.0],
            )?;
            Ok(())
        })
        .await
}

/// The id of the user whose access token or refresh cookie these headers carry, valid or not.
pub async fn user_of_request(state: &AppState, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let access = bearer(headers).map(str::to_owned);
    let refresh = cookie(headers).map(str::to_owned);
    state
        .db
        .read(move |connection| {
            let by_access = match &access {
                Some(token) => tokens::family_of_access(connection, token)?,
                None => None,
            };
            let family = match (by_access, &refresh) {
                (None, Some(token)) => tokens::family_of_refresh(connection, token)?,
                (found, _) => found,
            };
            Ok(family.map(|(_, user_id)| user_id))
        })
        .await
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
    let cookie = format!(
        "{COOKIE_NAME}={}; HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age={}",
        granted.refresh, settings.refresh_token_ttl_seconds
    );
    let session = Session {
        access_token: granted.access,
        expires_in: settings.access_token_ttl_seconds,
        user,
        refresh_token: in_body.then_some(granted.refresh),
    };
    let mut response = Answer::json(&session)?.into_http();
    *response.status_mut() = StatusCode::OK;
    if !in_body {
        let value = HeaderValue::try_from(cookie).map_err(Problem::internal)?;
        response.headers_mut().insert(header::SET_COOKIE, value);
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

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE_NAME && !value.is_empty())
        .map(|(_, value)| value)
}
