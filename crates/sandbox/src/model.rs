//! The order and its records, in the contract's exact shape.

mod order;

pub use order::*;
