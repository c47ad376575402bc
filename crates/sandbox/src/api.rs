//! The API and the console's files over HTTP.

pub mod assets;
pub mod router;
pub mod serve;
