//! What the operator is told: two sentences for everything that can happen, what happened and what to do next.
//!
//! Total by construction: every function here matches over closed enums. The platform's own better
//! sentences are used to the letter: `messages/what-and-next` and `messages/examples` in docs/sources.md.

mod failure;
mod sign_in;
mod verdict;

pub use failure::failure;
pub use sign_in::sign_in;
pub use verdict::{Tone, conclusion, ending, ending_word, tone};

use crate::recovery::outcome::Problem;
use crate::text;

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

/// The platform's bad examples, which tell an operator nothing: `messages/examples` in docs/sources.md.
const EMPTY_WORDS: [&str; 3] = ["error occurred", "unauthorized", "payment failed"];

/// The server's own words, as a sentence, where they are one. A code, a single word or an empty phrase is none.
fn said(problem: &Problem) -> Option<String> {
    let words = problem
        .message
        .as_ref()?
        .as_str()
        .trim_end_matches([',', ';', ':', '.', ' ']);
    let lower = words.to_ascii_lowercase();
    let is_code = words.contains(['_', '<', '>', '{', '}']);
    if is_code || !text::holds(words, " ") || EMPTY_WORDS.iter().any(|empty| text::holds(&lower, empty)) {
        return None;
    }
    let stop = if words.ends_with(['!', '?', '…']) { "" } else { "." };
    Some([words, stop].concat())
}
