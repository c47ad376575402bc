//! The vocabulary of the contract: operations, statuses, settings, headers.

pub mod headers;
pub mod operations;
pub mod settings;
pub mod status;
