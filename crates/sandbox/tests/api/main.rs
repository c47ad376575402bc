//! The API as a client meets it: requests to the whole router, in process, on a clock that only
//! moves when a test moves it. The ledger is the judge of what happened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod activation;
mod agency;
mod automation;
mod deliveries;
mod documents;
mod drafts;
mod growth;
mod hostile;
mod inspection;
mod matrix;
mod money;
mod mutants;
mod payments;
mod qc;
mod queue;
mod records;
mod reports;
mod respond;
mod rovs;
mod safety;
mod scope;
mod seed;
mod session;
mod start;
mod stories;
mod transitions;
mod update;
mod uploads;
mod whole_way;
mod world;
