//! Bytes into the core and back: the contract's shapes read whole, anything else survived.
//!
//! Field names and values are written down from the contract, never produced by the code under test.

// A test that cannot set itself up has failed: panicking is how it says so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod documents;
mod endings;
mod hostile;
mod journal;
mod json;
mod own_documents;
mod own_records;
mod problems;
mod records;
mod requests;
mod sessions;
