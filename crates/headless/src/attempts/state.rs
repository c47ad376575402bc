//! What this page knows of the attempts: its own, and those in the journal.

use std::rc::Rc;

use omnival_core::ids::{IntentId, UserId};
use omnival_core::recovery::attempt::Attempt;
use omnival_core::recovery::effect::Ticket;
use omnival_core::recovery::journal::{Record, TabId};
use omnival_core::session::refresh::Serial;
use omnival_core::time::Mono;

use super::notice::Notice;
use super::place::Place;
use super::tracked::Tracked;
use crate::api::Ready;
use crate::journal::Entry;
use crate::platform::Pending;
use crate::transport::Exchange;

/// How many ended attempts are remembered in this page; the journal remembers more.
const REMEMBERED: usize = 50;

/// One following of one attempt, never reused. A page may let go of an attempt and take it up again: what was under way
/// for it before must not be taken for what is under way now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Life(u32);

/// Sends one call, whatever its class, once.
pub type SendCall = Box<dyn FnOnce(Ticket, Ready) -> Pending<Exchange>>;

/// What is held of an attempt until it is sent.
pub struct Outgoing {
    pub send: SendCall,
    pub ready: Option<Ready>,
    /// The attempts that the operator could know of when they pressed.
    pub known: Vec<IntentId>,
}

/// A file on its way out.
#[derive(Clone, PartialEq, Debug)]
pub struct Uploading {
    pub intent: IntentId,
    pub name: String,
    /// Bytes that left, and bytes in all; none before the first left.
    pub sent: Option<(f64, f64)>,
}

pub struct Followed {
    pub life: Life,
    pub tracked: Tracked,
    pub outgoing: Option<Outgoing>,
    /// Of the token that it is, or was, sent with.
    pub serial: Option<Serial>,
    pub upload: Option<Uploading>,
    pub cancel: Option<Rc<dyn Fn()>>,
}

impl Followed {
    pub fn id(&self) -> &IntentId {
        &self.tracked.attempt.intent.id
    }

    pub fn record(&self, owner: &TabId, now: Mono) -> Record {
        self.tracked.attempt.record(owner, self.tracked.answered.as_ref(), now)
    }
}

/// Does this browser keep a journal?
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Store {
    #[default]
    Unknown,
    Sound,
    /// An attempt lives only as long as this page, and the operator is told so.
    Missing,
}

#[derive(Default)]
pub struct State {
    /// Who is signed in, as it was last looked at.
    pub signed_in: Option<UserId>,
    /// Whose attempts these are, also while nobody is signed in.
    pub user: Option<UserId>,
    /// Those that this page follows, or followed; in the order in which they were begun.
    pub followed: Vec<Followed>,
    lives: u32,
    /// What this person tried from this browser, as the journal has it; the newest first.
    pub kept: Vec<Entry>,
    pub store: Store,
    /// Pages whose end is waited for, to take up what they leave behind.
    pub awaited: Vec<TabId>,
    /// Where the operator is.
    pub place: Option<Place>,
    /// Those that ended, and the operator was not told how: neither on their own screen nor in passing.
    pub untold: Vec<IntentId>,
    /// What is to be said in passing.
    pub passing: Vec<String>,
    /// Writes that may be repeated, did not work, and whose screen was left before.
    pub failed: Vec<Notice>,
}

impl State {
    /// In the place of what this page knew of the same attempt.
    pub fn follow(&mut self, attempt: Attempt) -> Life {
        self.lives += 1;
        let life = Life(self.lives);
        let id = &attempt.intent.id;
        self.followed.retain(|followed| followed.id() != id);
        self.untold.retain(|untold| untold != id);
        self.followed.push(Followed {
            life,
            tracked: Tracked::new(attempt),
            outgoing: None,
            serial: None,
            upload: None,
            cancel: None,
        });
        let mut to_forget = self.followed.len().saturating_sub(REMEMBERED);
        self.let_go(|followed| {
            let forget = to_forget > 0 && !followed.tracked.is_open();
            to_forget -= usize::from(forget);
            forget
        });
        life
    }

    /// True if there was one.
    pub fn let_go(&mut self, mut which: impl FnMut(&Followed) -> bool) -> bool {
        let before = self.followed.len();
        self.followed.retain(|followed| !which(followed));
        let followed = &self.followed;
        self.untold
            .retain(|id| followed.iter().any(|followed| followed.id() == id));
        followed.len() < before
    }

    pub fn of_life(&mut self, life: Life) -> Option<&mut Followed> {
        self.followed.iter_mut().find(|followed| followed.life == life)
    }

    pub fn of_intent(&self, id: &IntentId) -> Option<&Followed> {
        self.followed.iter().find(|followed| followed.id() == id)
    }

    pub fn tracked(&self) -> impl DoubleEndedIterator<Item = &Tracked> {
        self.followed.iter().map(|followed| &followed.tracked)
    }
}
