//! Everything there is at one moment: platform, network, journals, pages, and what really happened.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{Attempt, Stage};
use omnival_core::recovery::evidence::{How, Verdict};
use omnival_core::recovery::journal::{self, Record, Stored, TabId};
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::time::Mono;

use super::network::Flight;
use super::server::{Server, View};
use super::setup::{Budget, TICK_MS};

#[derive(Clone, PartialEq, Debug)]
pub struct State {
    pub now: u16,
    pub server: Server,
    pub flights: Vec<Flight>,
    /// One journal for each storage partition; every record is about the one subject there is.
    pub journals: [Vec<Arc<journal::Found>>; 2],
    pub tabs: Vec<Page>,
    pub truths: Vec<Truth>,
    pub left: Budget,
}

/// The page in one tab. A page that died may be opened again, as another page.
#[derive(Clone, PartialEq, Debug)]
pub struct Page {
    pub partition: u8,
    pub life: u8,
    pub alive: bool,
    pub view: View,
    pub work: Option<Work>,
    /// An attempt of a dead page that was found in the journal, and whose it was then.
    pub found: Option<(u8, TabId)>,
    /// Not yet in the journal.
    pub note: Option<Arc<Record>>,
}

/// An attempt that a page follows.
#[derive(Clone, PartialEq, Debug)]
pub struct Work {
    pub intent: u8,
    pub attempt: Arc<Attempt>,
    /// The store's answer, not yet heard by the attempt.
    pub stored: Option<Stored>,
    pub wake: Option<u16>,
    pub reading: Option<Reading>,
    /// Readings that failed after the window, as the attempt counts them.
    pub failures: u8,
    /// Requests that left on account of this attempt, from this page.
    pub sends: u8,
    /// What the journal held when the button was pressed.
    pub known: Vec<IntentId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reading {
    pub number: u32,
    pub began: u16,
    pub order: Option<u8>,
    pub history: Option<u8>,
    pub payments: Option<u8>,
}

/// What really became of an intent, and what the operator was told.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Truth {
    pub partition: u8,
    pub view: View,
    /// Requests that the program sent for it.
    pub sends: u8,
    /// How often it was carried out, by copies of the program's making and of the browser's.
    pub executed: u8,
    pub repeated: u8,
    pub charged: u8,
    /// It was carried out although it had been already, by another intent.
    pub duplicated: bool,
    pub told: Option<Told>,
}

/// A verdict as far as it can be right or wrong.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Told {
    /// The platform's answer, or the very draft, says so.
    Done,
    /// This entry of the history says so.
    DoneBy(u8),
    Pending(u8),
    ByOther(u8),
    Moved,
    NotDone,
    Unknown,
    /// The operator made sure by other means, and knows the truth.
    MadeSure,
}

impl Told {
    pub fn of(verdict: &Verdict) -> Self {
        let entry = |id: &omnival_core::ids::EntryId| id.as_str().parse().unwrap_or(u8::MAX);
        match verdict {
            Verdict::Done(How::Answered | How::Found) => Self::Done,
            Verdict::Done(How::Recorded(id) | How::Earlier(id)) => Self::DoneBy(entry(id)),
            Verdict::Pending(id) => Self::Pending(entry(id)),
            Verdict::DoneByOther(id) => Self::ByOther(entry(id)),
            Verdict::Moved => Self::Moved,
            Verdict::NotDone(_) => Self::NotDone,
            Verdict::StillUnknown => Self::Unknown,
        }
    }

    /// Does it say that this attempt was not carried out?
    pub const fn denies(self) -> bool {
        matches!(self, Self::ByOther(_) | Self::Moved | Self::NotDone)
    }
}

impl Page {
    pub fn tab_id(&self, tab: u8) -> TabId {
        TabId::new(&[tab.to_string(), ".".to_owned(), self.life.to_string()].concat())
    }

    /// Neither following an attempt nor about to.
    pub fn is_free(&self) -> bool {
        self.alive && self.work.is_none() && self.found.is_none() && self.note.is_none()
    }
}

impl State {
    pub fn clock(&self) -> Mono {
        Mono(u64::from(self.now) * TICK_MS)
    }

    /// Does a page of this id live?
    pub fn lives(&self, id: &TabId) -> bool {
        let parts = id.as_str().split_once('.');
        let parts = parts.and_then(|(tab, life)| Some((tab.parse::<usize>().ok()?, life.parse::<u8>().ok()?)));
        parts.is_some_and(|(tab, life)| self.tabs.get(tab).is_some_and(|page| page.alive && page.life == life))
    }

    pub fn records(&self, partition: u8) -> impl Iterator<Item = &Record> {
        self.journals[usize::from(partition)]
            .iter()
            .filter_map(|found| match &**found {
                journal::Found::Record(record) => Some(&**record),
                journal::Found::Damaged(_) => None,
            })
    }
}

pub fn number(record: &Record) -> u8 {
    record.id().as_str().parse().unwrap_or(u8::MAX)
}

/// Two states are one if everything to come is the same. Times count from now, and what only a screen shows does not
/// count: the evidence last read, the words of an ending, and how many readings there were (a pause between two of them
/// is always shorter than a tick).
impl Hash for State {
    fn hash<H: Hasher>(&self, to: &mut H) {
        let ahead = |tick: u16| i32::from(tick) - i32::from(self.now);
        self.server.log.hash(to);
        (self.server.shown, self.server.paid_shown, self.server.keys).hash(to);
        self.server.payments.hash(to);
        for until in self.server.hidden.iter().chain(&self.server.paid_hidden) {
            ahead(*until).hash(to);
        }
        self.flights.len().hash(to);
        for flight in &self.flights {
            (flight.intent, flight.expected, flight.listener, flight.by_browser).hash(to);
            (ahead(flight.until), flight.answer).hash(to);
        }
        for journal in &self.journals {
            journal.len().hash(to);
            journal.iter().for_each(|found| hash_found(found, to));
        }
        for page in &self.tabs {
            (page.life, page.alive, page.view).hash(to);
            page.found.hash(to);
            page.note.is_some().hash(to);
            if let Some(note) = &page.note {
                hash_record(note, to);
            }
            page.work.is_some().hash(to);
            if let Some(work) = &page.work {
                (work.intent, work.stored, work.failures, work.sends).hash(to);
                work.wake.map(ahead).hash(to);
                hash_stage(work.attempt.stage(), self.clock(), to);
                work.reading
                    .map(|reading| (reading.order, reading.history, reading.payments))
                    .hash(to);
                if let Stage::Preparing | Stage::Recording { .. } = work.attempt.stage() {
                    work.known.hash(to);
                }
                if let (Some(reading), Stage::Verifying(verifying)) = (work.reading, work.attempt.stage()) {
                    (u64::from(reading.began) * TICK_MS >= verifying.settles_at.0).hash(to);
                }
            }
        }
        self.truths.hash(to);
        self.left.hash(to);
    }
}

fn hash_found<H: Hasher>(found: &journal::Found, to: &mut H) {
    if let journal::Found::Record(record) = found {
        hash_record(record, to);
    }
}

fn hash_record<H: Hasher>(record: &Record, to: &mut H) {
    record.owner.hash(to);
    number(record).hash(to);
    match &record.stage {
        journal::Stage::Opened => 0_u8.hash(to),
        journal::Stage::Doubt { reply, watched_ms } => (1_u8, reply_code(reply), *watched_ms).hash(to),
        journal::Stage::Ended(ending) => {
            (
                2_u8,
                ending.unsettled,
                ending.unsettled.then(|| reply_code(&ending.reply)),
            )
                .hash(to);
        }
    }
}

fn hash_stage<H: Hasher>(stage: &Stage, now: Mono, to: &mut H) {
    match stage {
        Stage::Preparing => 4_u8.hash(to),
        Stage::Recording { since } => (0_u8, since.until(now)).hash(to),
        Stage::Sending => 1_u8.hash(to),
        Stage::Verifying(verifying) => {
            let window = now.until(verifying.settles_at);
            (2_u8, reply_code(&verifying.reply), window, verifying.reading).hash(to);
        }
        Stage::Concluded(end) => (3_u8, reply_code(&end.reply)).hash(to),
    }
}

pub fn reply_code(reply: &Reply) -> u16 {
    match reply {
        Reply::Answered(answer) => answer.status,
        Reply::Lost(Loss::Interrupted) => 1,
        Reply::Lost(_) => 2,
        Reply::NotSent(_) => 3,
    }
}
