//! Sessions: who is asking, and for how long they may.

mod credentials;
pub mod password;
mod session;

pub use credentials::{authenticate, user_of_request};
pub use session::answer;
