//! The order: its life, what is done on it, what a list knows of it and what its own page knows.

mod closed;
pub mod completion;
pub mod field;
pub mod full;
mod gate;
pub mod history;
pub mod map;
pub mod readiness;
pub mod records;
pub mod step;
pub mod summary;

pub use crate::status::{NextActor, Phase, Status};
pub use field::Field;
pub use full::Order;
pub use gate::{Gate, by_status, gate, gates};
pub use history::{Entry, Payment, Source};
pub use step::{Behind, Section, Step, Weight};
pub use summary::Summary;
