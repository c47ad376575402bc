//! One entry of the journal, as it was found under its key.

use omnival_core::recovery::journal::{Found, Record, Subject};
use omnival_core::text::redact;
use omnival_core::time::Timestamp;
use omnival_wire::journal::read;

/// Characters of a damaged record that are shown.
const SHOWN: usize = 4_000;

#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub key: String,
    pub found: Found,
}

impl Entry {
    pub fn of((key, text): (String, String)) -> Self {
        let found = match read(&text) {
            // A record under a key that is not its own is somebody's forgery, or damage.
            Ok(record) if key_of(&record) == key => Found::Record(Box::new(record)),
            Ok(_) | Err(_) => Found::Damaged(text),
        };
        Self { key, found }
    }

    pub fn record(&self) -> Option<&Record> {
        self.found.record()
    }

    /// By its key, which also what is damaged has left.
    pub fn is_about(&self, subject: &Subject) -> bool {
        self.key
            .strip_prefix(subject.as_str())
            .is_some_and(|rest| rest.starts_with('|'))
    }

    /// What is damaged comes first: it wants to be seen.
    pub fn pressed_at(&self) -> Timestamp {
        self.record()
            .map_or(Timestamp(i64::MAX), |record| record.intent.pressed_at)
    }

    /// Of what is damaged: as much as is good for showing and copying.
    pub fn damage(&self) -> Option<String> {
        match &self.found {
            Found::Record(_) => None,
            Found::Damaged(text) => Some(excerpt(text)),
        }
    }
}

fn excerpt(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(SHOWN) else {
        return redact(text);
    };
    let rest = text.chars().skip(SHOWN).count().to_string();
    [
        &redact(text.get(..cut).unwrap_or_default()),
        " … and ",
        &rest,
        " more characters",
    ]
    .concat()
}

/// Subject first: what may exclude each other lies together.
pub fn key_of(record: &Record) -> String {
    [record.subject().as_str(), "|", record.id().as_str()].concat()
}
