//! `/sandbox`: what a newcomer or a test does with the sandbox besides calling its API: faults, ledger, settings, samples,
//! a colleague's acts, reset.
//!
//! It may use everything, and nothing but the binary's own composition uses it.

pub mod colleague;
pub mod faults;
mod growth;
mod guard;
pub mod page;
mod routes;
