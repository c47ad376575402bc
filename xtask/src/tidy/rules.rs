//! The rules, one file for each kind.

pub mod circles;
pub mod dispatch;
pub mod floors;
pub mod generated;
pub mod lengths;
pub mod names;
pub mod texts;
