//! The server over HTTP: every connection, the API's routes, and the console's files.

pub mod assets;
pub mod document;
mod process;
pub mod router;
pub mod serve;
