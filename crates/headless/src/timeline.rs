//! An order's history as it grows: the newest entries are read again and again, older ones are added when the operator
//! asks for them.
//!
//! The entries that were read beyond the newest page stay through each refresh, as long as nothing can be missing between
//! them and the page. Must never show two entries as neighbours between which one may have been left out.

use omnival_core::ids::EntryId;
use omnival_core::order::Entry;
use omnival_wire::order::History;

use crate::api::Failure;
use crate::reads::Loaded;

/// As many entries as the platform gives in one answer.
const PAGE: usize = 200;

/// The history with the newest page read again: for [`Read::merging`](crate::reads::Read::merging).
pub fn refreshed(known: Option<History>, newest: History) -> History {
    let last = newest.entries.last().map(|entry| &entry.id);
    let Some((known, last)) = known.zip(last) else {
        return newest;
    };
    let joint = known.entries.iter().position(|entry| entry.id == *last);
    match joint {
        Some(joint) if joint + 1 < known.entries.len() => {
            let older = known.entries.into_iter().skip(joint + 1);
            History {
                entries: append(newest.entries, older),
                has_older: known.has_older,
            }
        }
        // It reaches as far as what was known or further, or they do not touch.
        Some(_) | None => newest,
    }
}

/// The history as it was read to judge an attempt by: one page, of which only the entries were kept.
pub const fn from_evidence(entries: Vec<Entry>) -> History {
    let has_older = entries.len() >= PAGE;
    History { entries, has_older }
}

/// Each entry once; what is there already stays where it is.
fn append(mut entries: Vec<Entry>, older: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let newer = entries.len();
    for entry in older {
        if !entries.iter().take(newer).any(|known| known.id == entry.id) {
            entries.push(entry);
        }
    }
    entries
}

/// The state of “Show older entries”: one read at a time.
#[derive(Clone, PartialEq, Debug)]
pub struct Older<F = Failure> {
    asked: Option<EntryId>,
    failure: Option<F>,
}

impl<F> Default for Older<F> {
    fn default() -> Self {
        Self {
            asked: None,
            failure: None,
        }
    }
}

impl<F> Older<F> {
    pub const fn is_busy(&self) -> bool {
        self.asked.is_some()
    }

    /// Why the last ones could not be read.
    pub const fn failure(&self) -> Option<&F> {
        self.failure.as_ref()
    }

    /// The entry to read on from; `None` while they are being read already, or if there is nothing to go on from.
    pub fn begin(&mut self, history: &Loaded<History, F>) -> Option<EntryId> {
        if self.is_busy() {
            return None;
        }
        let last = history.value.as_ref()?.entries.last()?;
        self.failure = None;
        self.asked = Some(last.id.clone());
        self.asked.clone()
    }

    /// They were read, or not.
    pub fn end(&mut self, end: Result<History, F>) -> Option<Extension> {
        let after = self.asked.take()?;
        match end {
            Ok(older) => Some(Extension { after, older }),
            Err(failure) => {
                self.failure = Some(failure);
                None
            }
        }
    }
}

/// Older entries, and the entry that they were read from.
#[derive(Clone, PartialEq, Debug)]
pub struct Extension {
    after: EntryId,
    older: History,
}

impl Extension {
    /// Adds them where they belong: for [`Read::amend`](crate::reads::Read::amend). So much may have happened meanwhile
    /// that the newest page replaced everything; then they do not follow on it, and are dropped.
    pub fn add_to(self, known: &mut History) {
        if known.entries.last().is_some_and(|entry| entry.id == self.after) {
            known.entries = append(std::mem::take(&mut known.entries), self.older.entries);
            known.has_older = self.older.has_older;
        }
    }
}
