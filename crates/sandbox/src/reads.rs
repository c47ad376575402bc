//! The reads: one snapshot each, never a change.

mod account;
mod agency;
mod client;
mod files;
mod history;
mod loan;
mod look;
mod money;
mod order;
mod qc;
mod queue;
mod reference;
mod shapes;

pub use account::of_account;
pub use client::of_client;
pub use loan::of_loan;
pub use order::of_order;
