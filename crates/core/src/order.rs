//! The order: its status, its life, what a list knows of it and what its own page knows.

pub mod completion;
pub mod full;
pub mod history;
pub mod lifecycle;
pub mod map;
pub mod readiness;
pub mod records;
pub mod status;
pub mod step;
pub mod summary;

pub use full::Order;
pub use history::{Entry, Payment, Source};
pub use lifecycle::{Action, Gate, actions};
pub use status::{Ball, Phase, Status};
pub use step::{Room, Step};
pub use summary::Summary;
