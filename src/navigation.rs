//! The console's addresses: what each names, and moving between them.

pub mod base_path;
mod router;
pub mod routes;

pub use router::{Router, Screen};
