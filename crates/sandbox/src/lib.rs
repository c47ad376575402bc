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
//! # The rooms
//!
//! From the top floor to the ground: what stands in a room uses its own room and the floors below, never one above.
//!
//! | Room | What it is for |
//! |---|---|
//! | `main`, `lib`, `cli` | Reads the command line, puts the parts together, starts and stops. |
//! | [`control`] | `/sandbox`: faults carried out, a colleague's acts, ledger, settings, samples, reset. |
//! | [`api`] | HTTP: every connection, the API's routes from the table of operations, the console's files. |
//! | [`automation`] | What happens by itself: takes due tasks and carries them out. |
//! | [`seed`] | Makes the tables and invents the world in them. |
//! | [`writes`] | One file for each group of operations that change an order; permissions, fence, idempotency. |
//! | [`reads`] | One snapshot each, answered in the contract's shape. |
//! | [`auth`] | Who is asking, and for how long they may. |
//! | [`state`] | What all requests share: database, settings, armed faults, what is remembered between requests. |
//! | [`rules`] | What the workflow allows and what follows: fees, eligibility, settlement, visibility, deadlines. |
//! | [`store`] | The tables, and the only SQL but for the seed's. |
//! | [`model`] | Orders and their records as plain values in the contract's shape. |
//! | [`input`] | A request taken apart and checked, every mistake under its field. |
//! | [`contract`] | The vocabulary: operations and addresses, statuses, roles, settings, headers, answers. |
//! | [`problem`] | Refusals, and the id by which a request is found again. |
//! | [`base`] | Time, money, randomness, JSON, PDF, enums made of words. |
//!
//! # The way of a request
//!
//! 1. [`api::serve::serve`], given a listener, the [`app`], the faults' [`state::connections::Connections`] and what
//!    stops it, reads each request whole, bounded in size and time, and hands it to the app. What
//!    is no HTTP at all, or beyond its limits, it refuses itself, with a problem like any other.
//! 2. Under `/api`, outside in: CORS (if asked for); the envelope (`X-Correlation-Id`, `no-store`);
//!    detachment, so that the work goes on if the client goes away, and the last resort against
//!    panics; [`control::faults::layer`], which may fail the request before or after it is processed; then the
//!    operation that the one table, [`contract::operations::ROUTES`], names for the method and path.
//! 3. A read is one snapshot on a reader ([`reads`]); a write is one transaction on the only writer
//!    ([`writes`]). Both authenticate inside, so that no decision rests on older data. Nothing
//!    touches SQLite on an async thread ([`store::db`]).
//! 4. A write changes the order ([`store::orders`]), tells its history ([`store::history::tell`],
//!    the only way a status changes), writes its own record ([`store::records`], [`store::payments`]),
//!    completes the order if nothing is open any more ([`rules::settlement`]), and enters the effect in the
//!    [`store::ledger`]: all of it or nothing.
//!
//! Checks run in the contract's order: 401; syntax (400, 413, 415); visibility (404); permission
//! (403); content (400); fence and state (409); completeness (422).
//!
//! # To add an operation
//!
//! Add its row to the table in [`contract::operations`], under its class. The compiler then names what has to learn it:
//! the handler of the class ([`reads`], `writes::dispatch`), for a write its permission ([`writes::permissions`]) and what
//! a colleague fills in (`control::colleague`). Tests name the rest: the control page's list, and the expectations of
//! `tests/api/matrix.rs`.
//!
//! # What must stay true
//!
//! - Only `store::ledger::append`'s callers have effects, and each of them calls it in its transaction.
//! - An order's columns in the queue are written only together with its document.
//! - A refusal is a [`problem::Problem`]; its text is for people and never carries internals.
//! - Tokens and passwords are stored as hashes only ([`store::tokens`], [`auth::password`]).
//! - What happens by itself ([`automation`]) goes through the same history and ledger as a request.
//! - All "now" comes from the state's [`base::time::Clock`], so that tests move time instead of waiting.
//! - The seeded world depends on its moment and on nothing else ([`seed`]).
//! - Where operations are dispatched there is no arm for the rest.

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

use axum::Router;
use axum::middleware::from_fn_with_state;

use api::{assets, router};
use control::{faults, page};
use problem::Problem;
use state::{AppState, Options};

/// Opens the data, and makes it up if there is none (or if the options say so).
pub fn open(options: Options) -> Result<AppState, Problem> {
    let state = AppState::open(options)?;
    seed::prepare(&state)?;
    Ok(state)
}

/// The whole server: API, faults, page, console files.
pub fn app(state: AppState) -> Router {
    let with_faults = router::operations().layer(from_fn_with_state(state.clone(), faults::layer));
    Router::new()
        .merge(faults::router())
        .merge(page::router(&state.options.mount))
        .merge(assets::router())
        .merge(router::surround(with_faults, &state))
        .with_state(state)
}
