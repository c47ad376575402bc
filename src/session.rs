//! The session: who is signed in, keeping the token fresh, signing in (also in place) and out.
//!
//! Architecture invariant: nothing outside this folder and the API client can see a token.

pub mod keeper;
pub mod sign_in;

pub use keeper::{Keeper, Who};
