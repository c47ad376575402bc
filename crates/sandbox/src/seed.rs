//! The synthetic world.

mod build;
mod loans;
mod names;
mod orders;
mod people;
mod plan;
mod rng;
mod story;
mod vendors;
mod world;

pub use build::*;
