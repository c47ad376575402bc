//! The order and its records, in the contract's exact shape.
//!
//! Plain values: nothing here reads a table, and what happens to an order is decided elsewhere.

pub mod actor;
pub mod agency;
pub mod checklist;
pub mod delivery;
pub mod document;
pub mod entry;
pub mod history;
pub mod id;
pub mod invoice;
pub mod loan;
pub mod moment;
pub mod order;
pub mod payment;
pub mod product;
pub mod record;
pub mod report;
pub mod review;
pub mod rov;
pub mod summary;
pub mod task;
pub mod user;
pub mod vendor;
