//! The promises of the sans-IO core, kept or broken: one binary, so that it links once.
//!
//! Expectations are written down from the platform's pages and from the safety rules, never computed by the code
//! under test. Nothing here sleeps, asks a clock, or draws randomness that cannot be repeated from a printed seed.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attempt;
mod completion;
mod conflict;
mod contract;
mod evidence_rules;
mod forgotten;
mod given;
mod journal;
mod lifecycle;
mod machine;
mod messages;
mod operations;
mod orders;
mod own_records;
mod prng;
mod properties;
mod readiness;
mod reference;
mod refresh;
mod retry;
mod session;
mod simulation;
mod status;
mod steps;
mod support;
