//! What happens by itself as time passes.

mod agency;
mod money;
mod people;
mod runner;

pub use runner::*;
