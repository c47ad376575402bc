//! What the operator sees of a write that is sent once: under way, being verified, and how it ended.

pub mod attempts;
pub mod bundle;
pub mod failure_note;
pub mod outcome;
pub mod verifying;

pub use attempts::Attempts;
pub use failure_note::{About, FailureNote};
