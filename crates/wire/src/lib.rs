//! The API contract as bytes: tolerant decoding into the core, encoding of requests.
//!
//! Decoding reads a [`Value`] field by field instead of deriving: an unknown field, type or status never
//! costs the rest of the record, and the console stays some forty kilobytes smaller. Only what a record cannot do
//! without (an id) makes decoding fail, and that failure is a worded outcome, never a panic.
//!
//! Architecture invariant: this crate knows the contract's field names and nothing of paths, browsers or screens.

pub mod boot;
pub mod config;
pub mod journal;
mod json;
pub mod order;
pub mod problem;
pub mod records;
pub mod reference;
pub mod request;
pub mod session;

pub use json::{Unreadable, Value, parse};
