//! The vocabulary of the contract: what can be asked, by which address, with which words, and what an answer looks like.
//!
//! Nothing here decides anything about an order, and nothing here is shared with the console: a mistake in one is noticed
//! by the other.

pub mod address;
pub mod answer;
pub mod headers;
pub mod operations;
pub mod roles;
pub mod settings;
pub mod status;
pub mod views;
