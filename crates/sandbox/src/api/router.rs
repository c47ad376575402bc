//! Everything under `/api`: the routes made from the table of operations, and what surrounds every request.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::process;
use crate::contract::headers::{CORRELATION_ID, IDEMPOTENCY_KEY, correlation_of};
use crate::contract::operations::{Operation, ROUTES};
use crate::problem::{Code, CorrelationId, Problem};
use crate::state::AppState;

/// The operations, and an answer for every other address and method under `/api`.
pub fn operations() -> Router<AppState> {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.template, methods(&route.method, route.operation));
    }
    router
        .route("/api", axum::routing::any(unknown_path))
        .route("/api/", axum::routing::any(unknown_path))
        .route("/api/{*rest}", axum::routing::any(unknown_path))
        .method_not_allowed_fallback(unknown_method)
}

/// What surrounds the API's routes and whatever lies around them. Outside in: CORS if an origin may call, the envelope
/// (correlation id, `no-store`), detached processing.
pub fn surround(router: Router<AppState>, state: &AppState) -> Router<AppState> {
    let router = router
        .layer(middleware::from_fn(detach))
        .layer(middleware::from_fn(envelope));
    match state.options.cors.as_deref().and_then(cors_layer) {
        Some(cors) => router.layer(cors),
        None => router,
    }
}

fn methods(method: &Method, operation: Operation) -> MethodRouter<AppState> {
    let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
    on(filter, async move |State(state): State<AppState>, request: Request| {
        let correlation = known_correlation(&request);
        match process::process(&state, operation, request, correlation.clone()).await {
            Ok(response) => response,
            Err(problem) => problem.respond(&correlation),
        }
    })
}

/// Every answer names its request and is kept out of caches.
async fn envelope(mut request: Request, next: Next) -> Response {
    let correlation = correlation_of(request.headers());
    request.extensions_mut().insert(correlation.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CORRELATION_ID, correlation.to_header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Processes the request in a task of its own: a client that goes away stops waiting, not the work.
/// Also the last resort if something panics.
async fn detach(request: Request, next: Next) -> Response {
    let correlation = known_correlation(&request);
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => Problem::internal(error).respond(&correlation),
    }
}

async fn unknown_path(request: Request) -> Response {
    Problem::new(Code::NotFound, "There is nothing at this address.").respond(&known_correlation(&request))
}

/// axum adds `Allow`.
async fn unknown_method(request: Request) -> Response {
    Problem::new(
        Code::MethodNotAllowed,
        "This address does not answer to this method. The Allow header lists those it does.",
    )
    .respond(&known_correlation(&request))
}

/// The id that the envelope has given the request.
fn known_correlation(request: &Request) -> CorrelationId {
    request
        .extensions()
        .get::<CorrelationId>()
        .cloned()
        .unwrap_or_else(CorrelationId::fresh)
}

fn cors_layer(origin: &str) -> Option<CorsLayer> {
    let origin = HeaderValue::from_str(origin).ok()?;
    Some(
        CorsLayer::new()
            .allow_origin(AllowOrigin::exact(origin))
            .allow_credentials(true)
            .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
            .allow_headers([
                header::ACCEPT,
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                IDEMPOTENCY_KEY,
                CORRELATION_ID,
            ])
            .expose_headers([
                CORRELATION_ID,
                header::RETRY_AFTER,
                header::DATE,
                header::CONTENT_DISPOSITION,
            ])
            .max_age(std::time::Duration::from_secs(600)),
    )
}
