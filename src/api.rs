//! The platform's API, as the console calls it.
//!
//! [`endpoint`] is the only place that names a path of the API; [`client`] the only one that sends. Whether a call may
//! go out again is decided by its class, in the core; a view never decides it.

pub mod client;
pub mod endpoint;
pub mod remote;
pub mod upload;

pub use client::{Api, Exchange, Failure, Pending};
pub use remote::Remote;
