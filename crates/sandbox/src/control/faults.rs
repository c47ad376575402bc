//! Faults on demand: what networks, proxies, expiring sessions and colleagues do to a request.
//!
//! A fault is armed for requests to come, matches them by operation or by method and path, fires,
//! and is gone. Whatever it does to the *answer*, it must never change what processing does: a
//! fault "after" leaves the full effect behind, a fault "before" leaves none.

mod hostile;
mod layer;
mod replies;
mod routes;

pub use layer::layer;
pub use routes::router;
