pub mod attempts;
pub mod refresh;
