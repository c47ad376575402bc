//! The journal in this browser's store. Which record may be written is the core's to say; this carries it out inside the
//! store's transactions.

use std::cell::Cell;
use std::rc::Rc;

use omnival_core::ids::{IntentId, UserId};
use omnival_core::recovery::journal::{self, Found, Record, Stored, Subject, TabId};
use omnival_core::text::redact;
use omnival_core::time::Timestamp;
use omnival_wire::journal::{read, write};

use crate::platform::journal::{Held, Unstored, transact};

/// Characters of a damaged record that are shown.
const SHOWN: usize = 4_000;

/// One entry under its key.
#[derive(Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub found: Found,
}

impl Entry {
    fn of((key, text): (String, String)) -> Self {
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
}

/// As much of a damaged record as is good for showing and copying.
pub fn excerpt(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => redact(text),
        Some((cut, _)) => {
            let rest = text.chars().skip(SHOWN).count().to_string();
            [
                &redact(text.get(..cut).unwrap_or_default()),
                " … and ",
                &rest,
                " more characters",
            ]
            .concat()
        }
    }
}

/// Subject first: what may exclude each other lies together.
pub fn key_of(record: &Record) -> String {
    [record.subject().as_str(), "|", record.id().as_str()].concat()
}

fn entries(held: Held) -> impl Iterator<Item = Entry> {
    held.into_iter().map(Entry::of)
}

/// Writes a new record down, if nothing stands against it, or came between since the button was pressed on knowing
/// `known`. It is on the disk when this says yes.
pub async fn open(record: Record, known: Vec<IntentId>) -> Stored {
    let admitted = Rc::new(Cell::new(Stored::No));
    let answer = admitted.clone();
    let ended = transact(&[record.subject().as_str(), "|"].concat(), move |held| {
        let held: Vec<_> = entries(held).map(|entry| entry.found).collect();
        admitted.set(journal::admit(&held, &known));
        match admitted.get() {
            Stored::Yes => vec![(key_of(&record), Some(write(&record)))],
            Stored::Busy | Stored::No => Vec::new(),
        }
    })
    .await;
    ended.map_or(Stored::No, |()| answer.get())
}

/// May this page still speak for the attempt?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Noted {
    Yes,
    Refused,
}

/// Brings a record up to date, if this page may.
pub async fn note(record: Record) -> Result<Noted, Unstored> {
    let key = key_of(&record);
    let noted = Rc::new(Cell::new(Noted::Refused));
    let answer = noted.clone();
    transact(&key.clone(), move |held| {
        let held = entries(held).find(|entry| entry.key == key);
        if journal::replaces(&record, held.as_ref().map(|entry| &entry.found)) {
            noted.set(Noted::Yes);
            vec![(key, Some(write(&record)))]
        } else {
            Vec::new()
        }
    })
    .await?;
    Ok(answer.get())
}

/// Takes over what `of` followed. `None` when another page was first, or it has ended meanwhile.
pub async fn claim(record: &Record, by: TabId) -> Option<Record> {
    let (key, of) = (key_of(record), record.owner.clone());
    let claimed = Rc::new(Cell::new(None));
    let answer = claimed.clone();
    let ended = transact(&key.clone(), move |held| {
        let held = entries(held).find(|entry| entry.key == key);
        let record = journal::claim(held.as_ref().map(|entry| &entry.found), &of, &by);
        let changes = record.as_ref().map(|record| (key, Some(write(record))));
        claimed.set(record);
        changes.into_iter().collect()
    })
    .await;
    ended.ok().and_then(|()| answer.take())
}

/// The operator has read it: an unsettled end no longer stands against anything, and a damaged record goes.
pub async fn put_away(key: String) -> Result<(), Unstored> {
    transact(&key.clone(), move |held| {
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
    })
    .await
}

/// All that this person tried from this browser. What need not be kept any longer is forgotten on the way.
pub async fn all(user: &UserId) -> Result<Vec<Entry>, Unstored> {
    let all = Rc::new(Cell::new(Vec::new()));
    let answer = all.clone();
    transact(&[user.as_str(), "/"].concat(), move |held| {
        let mut kept: Vec<Entry> = entries(held).collect();
        let found: Vec<_> = kept.iter().map(|entry| entry.found.clone()).collect();
        let spare = journal::spare(&found);
        let is_spare = |entry: &Entry| matches!(&entry.found, Found::Record(record) if spare.contains(record.id()));
        let changes = kept
            .iter()
            .filter(|entry| is_spare(entry))
            .map(|entry| (entry.key.clone(), None))
            .collect();
        kept.retain(|entry| !is_spare(entry));
        all.set(kept);
        changes
    })
    .await?;
    Ok(answer.take())
}
