//! A request taken apart, and what it says checked: every mistake is found before anything is done.

pub mod call;
mod checks;
mod fields;
pub mod form;
mod parameters;

pub use checks::{date, is_email, is_filled, is_uuid, is_zip, number};
pub use fields::{Fields, Mistakes};
pub use parameters::Parameters;
