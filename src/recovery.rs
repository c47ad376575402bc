//! What becomes of a write that is sent once: written down, under way, being verified, and how it ended; and what the
//! operator sees of it.

pub mod attempts;
pub mod bundle;
pub mod failure_note;
pub mod journal;
pub mod outcome;
mod reading;
pub mod tray;
pub mod tried;
pub mod unread;
pub mod verifying;

pub use attempts::Attempts;
pub use failure_note::{About, FailureNote};
