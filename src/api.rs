//! The platform's API, as the console calls it.
//!
//! `omnival_headless::endpoint` names the paths; [`client`] sends, and for files [`upload`]. Whether a call may go out again is
//! decided by its class, in the core; a view never decides it.

pub mod client;
pub mod remote;
pub mod upload;

pub use client::{Api, Failure, Pending};
pub use remote::Remote;
