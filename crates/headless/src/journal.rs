//! The journal in the platform's store. Which record may be written is the core's to say; this carries it out inside the
//! store's transactions, so that of several pages one is first.
//!
//! Keys are `subject|intent`: what may exclude each other lies together. Journals outlive versions of the console, so
//! neither the keys nor the text of a record may change their meaning.

mod entry;

use std::cell::Cell;
use std::rc::Rc;

use omnival_core::ids::{IntentId, UserId};
use omnival_core::recovery::journal::{self as rules, Found, Record, Stored, TabId};
use omnival_wire::journal::write;

use crate::platform::{Entries, JournalStore, Unstored};

pub use entry::{Entry, key_of};

fn entries(held: Entries) -> impl Iterator<Item = Entry> {
    held.into_iter().map(Entry::of)
}

/// Writes a new record down, if nothing stands against it, or came between since the button was pressed on knowing
/// `known`. It is on the disk when this says yes.
pub async fn open(store: &impl JournalStore, record: Record, known: Vec<IntentId>) -> Stored {
    let admitted = Rc::new(Cell::new(Stored::No));
    let answer = Rc::clone(&admitted);
    let subject = [record.subject().as_str(), "|"].concat();
    let ended = store.transact(
        &subject,
        Box::new(move |held| {
            let held: Vec<Found> = entries(held).map(|entry| entry.found).collect();
            let stored = rules::admit(&held, &known);
            admitted.set(stored);
            match stored {
                Stored::Yes => vec![(key_of(&record), Some(write(&record)))],
                Stored::Busy | Stored::No => Vec::new(),
            }
        }),
    );
    ended.await.map_or(Stored::No, |()| answer.get())
}

/// May this page still speak for the attempt?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noted {
    Yes,
    /// Another page follows it now, or it has been settled there.
    Refused,
}

/// Brings a record up to date, if this page may.
pub async fn note(store: &impl JournalStore, record: Record) -> Result<Noted, Unstored> {
    let key = key_of(&record);
    let noted = Rc::new(Cell::new(Noted::Refused));
    let answer = Rc::clone(&noted);
    let ended = store.transact(
        &key.clone(),
        Box::new(move |held| {
            let held = entries(held).find(|entry| entry.key == key);
            if rules::replaces(&record, held.as_ref().map(|entry| &entry.found)) {
                noted.set(Noted::Yes);
                vec![(key, Some(write(&record)))]
            } else {
                Vec::new()
            }
        }),
    );
    ended.await?;
    Ok(answer.get())
}

/// Takes over what `record`'s owner followed. `None` when another page was first, or it has ended meanwhile.
pub async fn claim(store: &impl JournalStore, record: &Record, by: TabId) -> Option<Record> {
    let (key, of) = (key_of(record), record.owner.clone());
    let claimed = Rc::new(Cell::new(None));
    let answer = Rc::clone(&claimed);
    let ended = store.transact(
        &key.clone(),
        Box::new(move |held| {
            let held = entries(held).find(|entry| entry.key == key);
            let record = rules::claim(held.as_ref().map(|entry| &entry.found), &of, &by);
            let changes = record.as_ref().map(|record| (key, Some(write(record))));
            claimed.set(record);
            changes.into_iter().collect()
        }),
    );
    ended.await.ok().and_then(|()| answer.take())
}

/// The operator has read it: an unsettled end no longer stands against anything, and a damaged record goes.
pub async fn put_away(store: &impl JournalStore, key: String) -> Result<(), Unstored> {
    let ended = store.transact(
        &key.clone(),
        Box::new(move |held| {
            let entry = entries(held).find(|entry| entry.key == key);
            let text = match entry.map(|entry| entry.found) {
                None => return Vec::new(),
                Some(Found::Damaged(_)) => None,
                Some(Found::Record(mut record)) => {
                    record.put_away();
                    Some(write(&record))
                }
            };
            vec![(key, text)]
        }),
    );
    ended.await
}

/// All that this person tried from this browser. What need not be kept any longer is forgotten on the way.
pub async fn all(store: &impl JournalStore, user: &UserId) -> Result<Vec<Entry>, Unstored> {
    let all = Rc::new(Cell::new(Vec::new()));
    let answer = Rc::clone(&all);
    let ended = store.transact(
        &[user.as_str(), "/"].concat(),
        Box::new(move |held| {
            let mut kept: Vec<Entry> = entries(held).collect();
            let found: Vec<Found> = kept.iter().map(|entry| entry.found.clone()).collect();
            let spare = rules::spare(&found);
            let is_spare = |entry: &Entry| entry.record().is_some_and(|record| spare.contains(record.id()));
            let changes = kept
                .iter()
                .filter(|entry| is_spare(entry))
                .map(|entry| (entry.key.clone(), None))
                .collect();
            kept.retain(|entry| !is_spare(entry));
            all.set(kept);
            changes
        }),
    );
    ended.await?;
    Ok(answer.take())
}
