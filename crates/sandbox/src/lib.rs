//! A sandbox server that obeys the console's API contract, with faults and a ledger.
//!
//! # For whoever works on `faults`, `page`, `assets`, `serve`
//! - `faults::Faults: Default + Send + Sync + 'static` is the slot in [`state::AppState`]
//!   (`state.faults`).
//! - [`api::router`] builds everything under `/api` and wraps it (outside in): CORS, envelope
//!   (correlation id, `no-store`), detached processing with the body already buffered,
//!   `axum::middleware::from_fn_with_state(state, faults::layer)`, operations. So `faults::layer`
//!   is `async fn(State<AppState>, Request, Next) -> Response`; it runs to its end even if the
//!   client goes away, and the request's body is complete in memory. Replies that must break
//!   the connection are marked by it for `serve`.
//! - [`operations::find`] tells which operation a method and path mean; `{orderId}` and the other
//!   ids come with it.
//! - The request's [`correlation::CorrelationId`] is in its extensions. A fault that delays the
//!   history of one request puts a [`call::HistoryLag`] there.
//! - `page::router()`, `faults::router()`, `assets::router()` answer
//!   `axum::Router<AppState>`; [`app`] mounts them.
//! - `serve::serve(listener: tokio::net::TcpListener, app: axum::Router)` runs the accept loop.
//! - Yours to call: [`auth::expire_all_access_tokens`], [`auth::user_of_request`],
//!   [`auth::revoke_user`], [`acts::perform`], [`ledger::list`], [`ledger::clear`],
//!   [`samples::read`], [`settings::patch`], `state.settings()`, [`seed::reset`] (faults are
//!   yours to clear), `state.clock.now()`, `state.options.dist`.

pub mod acts;
pub mod api;
pub mod assets;
pub mod auth;
pub mod call;
pub mod cli;
pub mod correlation;
pub mod counts;
pub mod db;
pub mod faults;
pub mod fees;
pub mod input;
pub mod ledger;
pub mod model;
pub mod money;
pub mod operations;
pub mod page;
pub mod problem;
pub mod random;
pub mod reads;
pub mod samples;
pub mod seed;
pub mod serve;
pub mod settings;
pub mod state;
pub mod status;
pub mod store;
pub mod time;
pub mod users;
pub mod vendors;
pub mod writes;

/// The whole server: API, faults, page, console files.
pub fn app(state: state::AppState) -> axum::Router {
    axum::Router::new()
        .merge(faults::router())
        .merge(page::router())
        .merge(assets::router())
        .with_state(state.clone())
        .merge(api::router(state))
}
