//! The synthetic world: clients, people, vendors, loans and orders over every status.
//!
//! Deterministic but for the moment it is made at, to which all times are relative, so that
//! deadlines are lively. Every person, company and address is invented.

mod build;
mod loans;
mod names;
mod orders;
mod people;
mod plan;
mod rng;
mod story;
mod vendors;
mod world;

pub use build::{prepare, reset};
pub use people::{DEMO_USERS, GROWER, PASSWORD};
