//! Everything under `/api`: the router made from the table of operations, and what surrounds every
//! request. Outside in: CORS, envelope (correlation id, `no-store`), detached processing, faults,
//! operation.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use http_body_util::{BodyExt, Limited};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::auth;
use crate::automation;
use crate::contract::headers::CORRELATION_ID;
use crate::contract::operations::{self, Operation, ROUTES};
use crate::control::faults;
use crate::input::call::{self, Call, HistoryLag, Ids};
use crate::input::form;
use crate::problem::correlation::CorrelationId;
use crate::problem::{Code, Problem};
use crate::reads;
use crate::state::AppState;
use crate::writes;

/// The header that names an intent.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

pub fn router(state: AppState) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.template, methods(&route.method, route.operation));
    }
    let cors = state.options.cors.as_deref().and_then(cors_layer);
    let router = router
        .route("/api", axum::routing::any(unknown_path))
        .route("/api/", axum::routing::any(unknown_path))
        .route("/api/{*rest}", axum::routing::any(unknown_path))
        .method_not_allowed_fallback(unknown_method)
        .layer(middleware::from_fn_with_state(state.clone(), faults::layer))
        .layer(middleware::from_fn(detach))
        .layer(middleware::from_fn(envelope));
    let router = match cors {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router.with_state(state)
}

fn methods(method: &Method, operation: Operation) -> MethodRouter<AppState> {
    let filter = match *method {
        Method::POST => MethodFilter::POST,
        Method::PUT => MethodFilter::PUT,
        Method::PATCH => MethodFilter::PATCH,
        Method::DELETE => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    };
    on(filter, move |State(state): State<AppState>, request: Request| {
        answer(state, operation, request)
    })
}

/// Every answer names its request and is kept out of caches.
async fn envelope(mut request: Request, next: Next) -> Response {
    let correlation = CorrelationId::of(request.headers());
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
    let correlation = correlation_of(&request);
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(error) => Problem::internal(error).respond(&correlation),
    }
}

async fn unknown_path(request: Request) -> Response {
    Problem::new(Code::NotFound, "There is nothing at this address.").respond(&correlation_of(&request))
}

/// axum adds `Allow`.
async fn unknown_method(request: Request) -> Response {
    Problem::new(
        Code::MethodNotAllowed,
        "This address does not answer to this method. The Allow header lists those it does.",
    )
    .respond(&correlation_of(&request))
}

fn correlation_of(request: &Request) -> CorrelationId {
    request
        .extensions()
        .get::<CorrelationId>()
        .cloned()
        .unwrap_or_else(CorrelationId::fresh)
}

async fn answer(state: AppState, operation: Operation, request: Request) -> Response {
    let correlation = correlation_of(&request);
    match process(&state, operation, request, correlation.clone()).await {
        Ok(response) => response,
        Err(problem) => problem.respond(&correlation),
    }
}

async fn process(
    state: &AppState,
    operation: Operation,
    request: Request,
    correlation: CorrelationId,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    // More than the API takes, because whoever is not signed in is told that first.
    let most = if operation.is_upload() {
        form::MAX_REQUEST_BYTES
    } else {
        8 * call::MAX_BODY_BYTES
    };
    let body = match Limited::new(body, most).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(_) => return Err(call::too_large()),
    };
    let form = match operation.is_upload() {
        true => Some(form::read(&parts.headers, body.clone()).await),
        false => None,
    };
    // What was due before this request came has happened before it.
    automation::catch_up(state).await;
    let settings = state.settings();
    let call = Call {
        operation,
        form,
        ids: Ids::default(),
        query: parts.uri.query().map(str::to_owned),
        body,
        correlation,
        history_lag_ms: parts
            .extensions
            .get::<HistoryLag>()
            .map_or(settings.history_lag_ms, |lag| lag.0),
        headers: parts.headers,
        settings,
        now: state.clock.now(),
        generation: state.db.generation(),
    };
    match operation {
        Operation::SignIn => auth::sign_in(state, &call).await,
        Operation::RefreshSession => auth::refresh(state, &call).await,
        Operation::SignOut => auth::sign_out(state, &call).await,
        _ if operation.is_order_write() => {
            let (clock, uri) = (state.clock.clone(), parts.uri);
            let answer = state
                .db
                .write(move |tx| {
                    let user = auth::authenticate(tx, &call.headers, call.now)?;
                    let mut call = with_ids(call, &uri, &parts.method)?;
                    // Read again now that no other write can come between, so that the history's
                    // moments run in the order of its entries.
                    call.now = clock.now();
                    writes::handle(tx, &call, &user)
                })
                .await??;
            Ok(answer.into_http())
        }
        _ => {
            let (state_, uri) = (state.clone(), parts.uri);
            let answer = state
                .db
                .read(move |connection| {
                    let user = auth::authenticate(connection, &call.headers, call.now)?;
                    let call = with_ids(call, &uri, &parts.method)?;
                    reads::handle(&state_, connection, &call, &user)
                })
                .await?;
            Ok(answer.into_http())
        }
    }
}

fn with_ids(call: Call, uri: &Uri, method: &Method) -> Result<Call, Problem> {
    let target = operations::find(method, uri.path())
        .ok_or_else(|| Problem::new(Code::NotFound, "There is nothing at this address."))?;
    Ok(Call {
        ids: Ids::of(&target)?,
        ..call
    })
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
