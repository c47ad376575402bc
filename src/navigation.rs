//! The console's addresses: what each names, and moving between them.

mod router;
pub mod routes;

pub use router::{Router, Screen};
