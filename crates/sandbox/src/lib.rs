//! A sandbox server that obeys the console's API contract, with faults and a ledger.
//!
//! It stands in for the platform in development, in tests and in demonstrations: it invents a world
//! of orders, enforces the state machine, roles and scope as the contract says, can be made to fail
//! in every way a network and a colleague can, and keeps a ledger of what *really* happened. Nothing
//! of it is compiled into the console, and nothing in it is shared with the console but the contract.
//!
//! ```text
//! omnival-sandbox --port 8080 --orders 2000 --dist dist      (--help lists all options)
//! ```
//!
//! # The way of a request
//!
//! 1. [`serve::serve`], given a listener, the [`app`], the faults' [`serve::Connections`] and what
//!    stops it, reads each request whole, bounded in size and time, and hands it to the app. What
//!    is no HTTP at all, or beyond its limits, it refuses itself, with a problem like any other.
//! 2. Under `/api`, outside in: CORS (if asked for); the envelope (`X-Correlation-Id`, `no-store`);
//!    detachment, so that the work goes on if the client goes away, and the last resort against
//!    panics; [`faults::layer`], which may fail the request before or after it is processed; then the
//!    operation that the one table, [`operations::ROUTES`], names for the method and path.
//! 3. A read is one snapshot on a reader ([`reads`]); a write is one transaction on the only writer
//!    ([`writes`]). Both authenticate inside, so that no decision rests on older data. Nothing
//!    touches SQLite on an async thread ([`db`]).
//! 4. A write changes the order ([`store::orders`]), tells its history ([`store::history::tell`],
//!    the only way a status changes), writes its own record ([`store::records`], [`store::payments`]),
//!    completes the order if nothing is open any more ([`settlement`]), and enters the effect in the
//!    [`ledger`]: all of it or nothing.
//!
//! Checks run in the contract's order: 401; syntax (400, 413, 415); visibility (404); permission
//! (403); content (400); fence and state (409); completeness (422).
//!
//! # What must stay true
//!
//! - Only `ledger::append`'s callers have effects, and each of them calls it in its transaction.
//! - An order's columns in the queue are written only together with its document.
//! - A refusal is a [`problem::Problem`]; its text is for people and never carries internals.
//! - Tokens and passwords are stored as hashes only ([`auth`]).
//! - What happens by itself ([`automation`]) goes through the same history and ledger as a request.
//! - All "now" comes from the state's [`time::Clock`], so that tests move time instead of waiting.
//! - The seeded world depends on its moment and on nothing else ([`seed`]).
//!
//! # Beside the API
//!
//! [`faults::router`] and [`page::router`] answer under `/sandbox` (faults, ledger, settings, samples,
//! reset, acting as a colleague); [`assets::router`] serves the built console. They use
//! [`auth::expire_all_access_tokens`], [`auth::revoke_user`], [`auth::user_of_request`],
//! [`acts::perform`], [`growth::grow`], [`ledger::list`], [`samples::read`], [`settings::patch`] and [`seed::reset`];
//! a fault reaches into one request by putting a [`call::HistoryLag`] into its extensions.

pub mod api;
pub mod auth;
pub mod automation;
pub mod base;
pub mod cli;
pub mod contract;
pub mod control;
pub mod input;
pub mod model;
pub mod problem;
pub mod reads;
pub mod rules;
pub mod seed;
pub mod state;
pub mod store;
pub mod writes;

/// The whole server: API, faults, page, console files.
pub fn app(state: state::AppState) -> axum::Router {
    axum::Router::new()
        .merge(control::faults::router())
        .merge(control::page::router())
        .merge(api::assets::router())
        .with_state(state.clone())
        .merge(api::router::router(state))
}
