//! What the operator is told: two sentences for everything that can happen, what happened and what to do next.
//!
//! Total by construction: every function here matches over closed enums. The founding page's own sentences are kept
//! to the letter where they apply.

mod failure;
mod sign_in;
pub mod text;
mod verdict;

pub use failure::failure;
pub use sign_in::sign_in;
pub use verdict::{Tone, conclusion, tone};

/// Two sentences.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    pub happened: String,
    pub next: String,
}

impl Message {
    pub fn new(happened: &str, next: &str) -> Self {
        Self {
            happened: happened.to_owned(),
            next: next.to_owned(),
        }
    }
}

/// `activating the order` to `Activating the order`.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
