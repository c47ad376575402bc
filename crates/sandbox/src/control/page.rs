//! `/sandbox`: what a newcomer or a test does with the sandbox besides calling its API.
//!
//! The page is plain HTML, CSS and JavaScript of its own. It must never become part of the
//! console, and it has no powers that the routes beside it do not give to any other caller.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{get, post};

use super::{guard, routes};
use crate::api::document;
use crate::state::{AppState, Mount};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

const PAGE: &str = include_str!("page/page.html");
/// Where the page links to the console.
const CONSOLE: &str = "%CONSOLE%";

/// The page's files, and the contract's document: path, type, content.
const FILES: [(&str, &str, &str); 9] = [
    (
        "/openapi.yaml",
        "application/yaml",
        include_str!("../../../../contract/openapi.yaml"),
    ),
    ("/sandbox/page.css", CSS, include_str!("page/page.css")),
    ("/sandbox/page.js", JAVASCRIPT, include_str!("page/page.js")),
    ("/sandbox/dom.js", JAVASCRIPT, include_str!("page/dom.js")),
    ("/sandbox/scenarios.js", JAVASCRIPT, include_str!("page/scenarios.js")),
    ("/sandbox/faults.js", JAVASCRIPT, include_str!("page/faults.js")),
    ("/sandbox/ledger.js", JAVASCRIPT, include_str!("page/ledger.js")),
    ("/sandbox/operations.js", JAVASCRIPT, include_str!("page/operations.js")),
    ("/sandbox/world.js", JAVASCRIPT, include_str!("page/world.js")),
];

pub fn router(mount: &Mount) -> Router<AppState> {
    let control = Router::new()
        .route("/sandbox/ledger", get(routes::ledger).delete(routes::clear_ledger))
        .route(
            "/sandbox/settings",
            get(routes::settings).patch(routes::change_settings),
        )
        .route("/sandbox/reset", post(routes::reset))
        .route("/sandbox/act", post(routes::act))
        .route("/sandbox/grow", post(routes::grow))
        .route("/sandbox/samples", get(routes::samples))
        .layer(from_fn(guard::control));
    let page = Bytes::from(PAGE.replace(CONSOLE, &mount.to_string()));
    FILES
        .into_iter()
        .fold(Router::new(), |router, (path, content_type, text)| {
            router.route(
                path,
                get(async move || file(content_type, Bytes::from_static(text.as_bytes()))),
            )
        })
        .route("/sandbox", get(async move || file(HTML, page)))
        .merge(control)
}

fn file(content_type: &'static str, bytes: Bytes) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    document::describe(headers, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    response
}
