//! Keeps other web sites' pages from working the sandbox behind a visitor's back.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::{Code, Problem};

/// Refuses what a browser says comes from another site, and keeps answers out of every cache.
pub async fn control(request: Request, next: Next) -> Response {
    let from_elsewhere = request
        .headers()
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site");
    if from_elsewhere && !request.method().is_safe() {
        let problem = Problem::new(
            Code::Forbidden,
            "The sandbox is worked from its own pages and from scripts, not from other sites.",
        );
        return problem.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
