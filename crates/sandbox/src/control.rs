//! What a newcomer or a test does with the sandbox besides calling its API.

pub mod colleague;
pub mod faults;
pub mod growth;
pub mod guard;
pub mod page;
pub mod routes;
pub mod samples;
