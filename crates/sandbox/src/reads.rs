//! The reads: one snapshot each, never a change.

mod agency;
mod dispatch;
mod list;
mod money;
mod order;
mod qc;
mod reference;

pub use dispatch::*;
