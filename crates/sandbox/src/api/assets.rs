//! The built console as files: what a careful static host would do, so that it is tried out here.
//!
//! It reads only below the one folder it was given, never writes, and never answers for `/api` or
//! `/sandbox`: a wrong address there must be an error, not the console's start page. The console lies below the mount, and
//! nothing else does.

use axum::Router;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;

mod config;
mod encoding;
mod files;
mod path;
mod policy;
mod replies;

use crate::state::{AppState, Place};
use path::RelativePath;

/// Serves the folder of built files for everything that no other route answers.
pub fn router() -> Router<AppState> {
    Router::new().fallback(async |State(state): State<AppState>, request: Parts| answer(&state, &request).await)
}

async fn answer(state: &AppState, request: &Parts) -> Response {
    if request.method != Method::GET && request.method != Method::HEAD {
        return replies::only_get();
    }
    let mount = &state.options.mount;
    let path = match mount.place(request.uri.path()) {
        Place::Below(path) => path,
        Place::Entrance => return replies::redirect(mount, request.uri.query()),
        Place::Outside if accepts_html(&request.headers) => return replies::outside(mount),
        Place::Outside => return replies::not_found(),
    };
    match RelativePath::parse(path) {
        Some(path) if !path.is_reserved() => below(state, &path, request).await,
        _ => replies::not_found(),
    }
}

async fn below(state: &AppState, path: &RelativePath, request: &Parts) -> Response {
    if path.is_config() {
        return config::answer(state).await;
    }
    let dist = state.options.dist.as_deref();
    if let Some(file) = files::find(dist, path, &request.headers).await {
        return file.respond(request).await;
    }
    if !(path.may_be_a_screen() && accepts_html(&request.headers)) {
        return replies::not_found();
    }
    match files::find(dist, &RelativePath::index(), &request.headers).await {
        Some(index) => index.respond(request).await,
        None => replies::not_built(),
    }
}

fn accepts_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|accept| accept.to_ascii_lowercase().contains("text/html"))
}
