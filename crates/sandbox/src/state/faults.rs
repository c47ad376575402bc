//! The armed faults, as data.

mod armed;
mod kind;
mod selector;

pub use armed::*;
pub use kind::*;
pub use selector::*;
