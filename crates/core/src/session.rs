//! Who is signed in, the credential that nobody can print, and the machines that keep the session.

mod credential;
pub mod events;
mod kept;
mod machine;
pub mod refresh;
pub mod run;
mod user;

pub use credential::Credential;
pub use events::Who;
pub use kept::Kept;
pub use machine::Machine;
pub use refresh::Refresh;
pub use user::{Branch, Client, User};
