//! What a request says, taken apart and checked.

pub mod call;
pub mod fields;
pub mod form;
mod parameters;

pub use fields::{Fields, Mistakes, date, is_email, is_filled, is_uuid, is_zip, number};
pub use parameters::Parameters;
