//! Whose an attempt in the journal is to follow.

use super::attempt::Attempt;
use super::journal::{Record, TabId};

/// Who is to follow a record, by the page that reads it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ownership {
    /// Nobody, or this page does already.
    Settled,
    /// This page, now.
    Mine,
    /// This page, should the record's own page be gone.
    Another,
}

/// `here` is this page's own attempt of the same id. The record may have been read before that moved on: what this page
/// wrote itself and knows of is never news to it.
pub fn ownership(record: &Record, me: &TabId, here: Option<&Attempt>) -> Ownership {
    let mine = record.owner == *me;
    match here {
        _ if !record.is_open() => Ownership::Settled,
        Some(attempt) if mine || !attempt.is_unknown() => Ownership::Settled,
        _ if mine => Ownership::Mine,
        _ => Ownership::Another,
    }
}
