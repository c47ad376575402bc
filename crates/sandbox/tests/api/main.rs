//! The API as a client meets it: requests to the whole router, in process, on a clock that only
//! moves when a test moves it. The ledger is the judge of what happened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod activation;
mod drafts;
mod hostile;
mod queue;
mod records;
mod safety;
mod scope;
mod seed;
mod session;
mod start;
mod transitions;
mod world;
