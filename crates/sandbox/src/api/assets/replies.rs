//! What is answered where there is no file.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::api::document;
use crate::state::Mount;

const NOT_BUILT: &str = include_str!("not-built.html");
const OUTSIDE: &str = include_str!("outside.html");
/// Where these pages name the console's address.
const CONSOLE: &str = "%CONSOLE%";
const PAGE_POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'self'");

pub(super) fn not_found() -> Response {
    plain(StatusCode::NOT_FOUND, "There is no such file.")
}

pub(super) fn only_get() -> Response {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD work here.");
    let methods = HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(header::ALLOW, methods);
    response
}

pub(super) fn not_built() -> Response {
    page(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT.to_owned())
}

/// For addresses that are not the console's, nor anything else's.
pub(super) fn outside(mount: &Mount) -> Response {
    page(StatusCode::NOT_FOUND, OUTSIDE.replace(CONSOLE, &mount.to_string()))
}

/// To the console. Not for good: the next server on this port may have it elsewhere.
pub(super) fn redirect(mount: &Mount, query: Option<&str>) -> Response {
    let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "The console is elsewhere.");
    let location = match query {
        Some(query) => format!("{mount}?{query}"),
        None => mount.to_string(),
    };
    match HeaderValue::try_from(location) {
        Ok(location) => {
            response.headers_mut().insert(header::LOCATION, location);
            response
        }
        Err(_) => not_found(),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let mut response = uncached(status, kind, Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

fn page(status: StatusCode, html: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = uncached(status, kind, Body::from(html));
    document::describe(response.headers_mut(), PAGE_POLICY);
    response
}

fn uncached(status: StatusCode, content_type: HeaderValue, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
