//! Sessions: who is asking, and for how long they may.

pub mod password;
mod session;

pub use session::*;
