//! What happens by itself as time passes: vendors answer, portals judge, money settles.
//!
//! Everything that is to happen stands in the table of tasks from the moment it is certain, so that a
//! restart loses nothing. A task is carried out once, in the transaction that takes it off the table,
//! and judges the order as it is *then*: one that no longer applies does nothing.

mod agency;
mod money;
mod people;
mod runner;
mod step;

pub use runner::{catch_up, run};
