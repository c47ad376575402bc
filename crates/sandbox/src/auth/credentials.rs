//! Who a request's headers speak for.

use axum::http::{HeaderMap, HeaderValue, header};
use rusqlite::Connection;

use crate::base::time::Stamp;
use crate::contract::settings::Settings;
use crate::model::user::User;
use crate::problem::{Code, Problem};
use crate::store::tokens::{self, Refused};
use crate::store::users;

const COOKIE_NAME: &str = "omnival_refresh";
/// Makes a browser forget the refresh cookie.
pub(super) const CLEARED_COOKIE: HeaderValue =
    HeaderValue::from_static("omnival_refresh=; HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age=0");

/// Makes a browser keep a refresh token, for the paths that need it only.
pub(super) fn refresh_cookie(token: &str, settings: &Settings) -> Result<HeaderValue, Problem> {
    let cookie = format!(
        "{COOKIE_NAME}={token}; HttpOnly; SameSite=Strict; Path=/api/auth; Max-Age={}",
        settings.refresh_token_ttl_seconds
    );
    HeaderValue::try_from(cookie).map_err(Problem::internal)
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

/// The id of the user whose access token or refresh cookie these headers carry, valid or not.
pub fn user_of_request(connection: &Connection, headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let by_access = match bearer(headers) {
        Some(token) => tokens::family_of_access(connection, token)?,
        None => None,
    };
    let family = match (by_access, cookie(headers)) {
        (None, Some(token)) => tokens::family_of_refresh(connection, token)?,
        (found, _) => found,
    };
    Ok(family.map(|(_, user_id)| user_id))
}

pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == COOKIE_NAME && !value.is_empty())
        .map(|(_, value)| value)
}
