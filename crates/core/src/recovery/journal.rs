//! The journal: what was tried from this browser, written down before it is sent, and how it ended.
//!
//! The rules of a small durable store that all tabs of one storage partition share. The shell keeps it; these functions
//! decide what may be written. They are called inside one readwrite transaction of the store, so of two tabs that press
//! at the same moment one is admitted. Tokens and card data never come here: a [`Record`] has no place for them.
//!
//! Architecture invariant: a record that has not ended is never deleted, and only [`admit`] lets a new one in.

use super::evidence::Goal;
use super::intent::Intent;
use super::outcome::Reply;
use crate::ids::{IntentId, LoanId, OrderId, UserId};

pub use super::ending::{End, Ending, Facts};

/// Ended records that are kept for "what was tried from here".
const KEPT: usize = 200;

/// One page of the console, from load to unload. Never reused, so a reloaded page is another one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct TabId(Box<str>);

impl TabId {
    pub fn new(raw: &str) -> Self {
        Self(raw.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What one attempt must not share with another that has not ended: the order, or the loan that gets a new one; and the
/// person, because another person's attempt is the platform's to arbitrate.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Subject(Box<str>);

impl Subject {
    pub fn of(intent: &Intent) -> Self {
        match (&intent.goal, &intent.at) {
            (Goal::Create { loan, .. }, _) => Self::loan(&intent.user, loan),
            (_, Some(at)) => Self::order(&intent.user, &at.order),
            (_, None) => Self::new(&intent.user, "intent", intent.id.as_str()),
        }
    }

    pub fn loan(user: &UserId, loan: &LoanId) -> Self {
        Self::new(user, "loan", loan.as_str())
    }

    pub fn order(user: &UserId, order: &OrderId) -> Self {
        Self::new(user, "order", order.as_str())
    }

    fn new(user: &UserId, kind: &str, id: &str) -> Self {
        Self([user.as_str(), "/", kind, "/", id].concat().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    pub intent: Intent,
    /// The page that follows it.
    pub owner: TabId,
    pub stage: Stage,
}

/// How far an attempt is known to have come.
#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
    /// Written before the request leaves; perhaps it did.
    Opened,
    /// The answer proves nothing. `watched_ms` of the settle window have been watched by a monotonic clock.
    Doubt {
        reply: Reply,
        watched_ms: u64,
    },
    Ended(Ending),
}

impl Record {
    pub fn id(&self) -> &IntentId {
        &self.intent.id
    }

    pub fn subject(&self) -> Subject {
        Subject::of(&self.intent)
    }

    /// Must nothing else be begun about the same subject?
    pub const fn blocks(&self) -> bool {
        match &self.stage {
            Stage::Opened | Stage::Doubt { .. } => true,
            Stage::Ended(ending) => ending.unsettled,
        }
    }

    /// Is somebody to follow it to its verdict?
    pub const fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Ended(_))
    }

    /// The operator says that they made sure what became of it.
    pub fn put_away(&mut self) {
        if let Stage::Ended(ending) = &mut self.stage {
            ending.unsettled = false;
        }
    }
}

/// One entry of the store, as it was found. What cannot be read is kept: it may be the only trace of an attempt.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    Record(Box<Record>),
    Damaged(String),
}

impl Found {
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::Damaged(_) => None,
        }
    }

    pub fn id(&self) -> Option<&IntentId> {
        self.record().map(Record::id)
    }
}

/// What became of writing an intent down.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stored {
    Yes,
    /// Another attempt on the same subject has not ended, or was not known of when this one was decided on.
    Busy,
    /// The store failed.
    No,
}

/// May an attempt be written down, and then sent, beside what the store holds about its subject? It was decided on knowing
/// of `known` and of nothing else there. Two tabs may be pressed before either has written down; by the time the slower
/// one does, the other's attempt may have ended well, and the press was made without knowing of it.
pub fn admit<'a>(held: impl IntoIterator<Item = &'a Found>, known: &[IntentId]) -> Stored {
    let free = held.into_iter().all(|found| match found {
        Found::Record(record) => !record.blocks() && known.contains(record.id()),
        // Nobody can tell whether it had ended: the operator is to look at it first.
        Found::Damaged(_) => false,
    });
    if free { Stored::Yes } else { Stored::Busy }
}

/// May `news` replace what the store holds under its id? The page that follows an attempt may always write, except that
/// what was settled never blocks again: another attempt may have been let in since. A page that lost the attempt to
/// another may still settle it: an answer that came after all is worth more than another's waiting.
pub fn replaces(news: &Record, held: Option<&Found>) -> bool {
    match held {
        None | Some(Found::Damaged(_)) => true,
        Some(Found::Record(held)) if held.blocks() => held.owner == news.owner || !news.blocks(),
        Some(Found::Record(held)) => held.owner == news.owner && !news.blocks(),
    }
}

/// Takes up an attempt whose page has died, or that nobody follows any more because it is still unknown: of several tabs
/// that try, the first one gets it.
pub fn claim(held: Option<&Found>, of: &TabId, by: &TabId) -> Option<Record> {
    match held {
        Some(Found::Record(record)) if record.blocks() && record.owner == *of => Some(Record {
            owner: by.clone(),
            ..(**record).clone()
        }),
        _ => None,
    }
}

/// The ended records that need not be kept any longer. `held` in any order; what is open, unsettled or damaged stays.
pub fn spare(held: &[Found]) -> Vec<IntentId> {
    let mut ended: Vec<&Record> = held
        .iter()
        .filter_map(|found| match found {
            Found::Record(record) if !record.blocks() => Some(&**record),
            _ => None,
        })
        .collect();
    ended.sort_by_key(|record| std::cmp::Reverse(record.intent.pressed_at));
    ended.iter().skip(KEPT).map(|record| record.id().clone()).collect()
}
