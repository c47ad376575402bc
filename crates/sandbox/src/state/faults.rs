//! The armed faults, as data: which requests each is meant for, what it does, and what became of it. What carries them out
//! stands around the API, far above.

mod armed;
mod kind;
mod selector;

pub use armed::{Armed, Faults, Fired, Firing, Overview, World};
pub use kind::{Fault, Move, When};
pub use selector::{Selector, Subject};
