//! Who is signed in, the credential that nobody can print, and the machine that renews it.

mod credential;
pub mod renewal;
mod user;

pub use credential::Credential;
pub use renewal::Renewal;
pub use user::{Branch, Client, User};
