//! Every write of this page that is sent once, from its button to its verdict.
//!
//! The rules are the core's [`Attempt`]; this driver writes down, sends, reads and waits for it. It lives above the
//! screens, so an attempt is followed to its end whatever the operator looks at meanwhile. Must never send: [`Api`] does,
//! for the one ticket of an attempt.
//!
//! Views are told by [`Topic`] that something changed, and read it anew: [`Topic::Attempts`] for what this page follows
//! and what is to be told of it, [`Topic::Journal`] for what the journal has, [`Topic::Uploads`] for files on their way.

mod driver;
mod left;
mod notice;
mod orphans;
mod place;
mod state;
pub mod support;
mod telling;
mod tracked;
mod upload;

use std::cell::RefCell;
use std::rc::Rc;

use omnival_core::ids::{IntentId, OrderId};
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::attempt::{Attempt, Event, Patience};
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::{self as rules, Found, Record, Stored, TabId};
use omnival_wire::boot::LAST_KEY;
use omnival_wire::journal::crash_facts;

use crate::api::Api;
use crate::journal;
use crate::platform::{Area, Platform, Topic};
use crate::tabs::Tabs;

use state::{Followed, Life, Outgoing, SendCall, State};

pub use left::LeftScreenNotice;
pub use notice::{Damaged, Notice, Unsettled};
pub use place::Place;
pub use state::Uploading;
pub use tracked::Tracked;

/// A handle; clones are the attempts of the same page.
#[derive(Clone)]
pub struct Attempts<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    api: Api<P>,
    state: RefCell<State>,
}

impl<P: Platform> Attempts<P> {
    pub fn new(api: Api<P>) -> Self {
        Self(Rc::new(Inner {
            api,
            state: RefCell::default(),
        }))
    }

    fn api(&self) -> &Api<P> {
        &self.0.api
    }

    fn platform(&self) -> &P {
        self.0.api.platform()
    }

    fn tabs(&self) -> &Tabs<P> {
        self.0.api.tabs()
    }

    fn me(&self) -> TabId {
        self.tabs().id()
    }

    /// Nobody is told inside.
    fn with<R>(&self, look: impl FnOnce(&mut State) -> R) -> R {
        look(&mut self.0.state.borrow_mut())
    }

    fn changed(&self, topic: Topic) {
        self.platform().changed(topic);
    }

    fn patience(&self) -> Patience {
        Patience {
            settle_ms: self.api().config().settle_ms,
        }
    }

    /// Writes the intent down, sends `call`, once, and follows it to its verdict. The button's last act.
    pub fn begin<C: SentOnce + 'static>(&self, intent: Intent, call: Call<C>) -> IntentId {
        let api = self.api().clone();
        let send: SendCall =
            Box::new(move |ticket, ready| Box::pin(async move { api.send_once(call, ticket, ready).await }));
        self.begin_by(intent, |_| send)
    }

    fn begin_by(&self, intent: Intent, send: impl FnOnce(Life) -> SendCall) -> IntentId {
        let id = intent.id.clone();
        self.platform().set(Area::Tab, LAST_KEY, &crash_facts(&intent));
        let known = self.known();
        let (attempt, effects) = Attempt::begin(intent, self.patience());
        let life = self.with(|state| state.follow(attempt));
        let send = send(life);
        self.with(|state| {
            if let Some(followed) = state.of_life(life) {
                followed.outgoing = Some(Outgoing {
                    send,
                    ready: None,
                    known,
                });
            }
        });
        self.execute(life, effects);
        id
    }

    /// The attempts that the operator can know of.
    fn known(&self) -> Vec<IntentId> {
        self.with(|state| {
            let kept = state.kept.iter().filter_map(|entry| entry.found.id());
            let here = state.followed.iter().map(Followed::id);
            kept.chain(here).cloned().collect()
        })
    }

    /// As the journal would, by what this page itself let in before: for a browser that keeps none.
    fn admit_here(&self, life: Life, record: &Record, known: &[IntentId]) -> Stored {
        let (me, now, subject) = (self.me(), self.platform().mono(), record.subject());
        let held: Vec<Found> = self.with(|state| {
            let others = state.followed.iter().filter(|followed| followed.life != life);
            let admitted = others.filter(|followed| followed.tracked.was_admitted());
            let records = admitted.map(|followed| {
                let mut record = followed.record(&me, now);
                if followed.tracked.is_dismissed {
                    record.put_away();
                }
                record
            });
            records
                .filter(|record| record.subject() == subject)
                .map(|record| Found::Record(Box::new(record)))
                .collect()
        });
        rules::admit(&held, known)
    }

    fn let_go(&self, which: impl FnMut(&Followed) -> bool) {
        if self.with(|state| state.let_go(which)) {
            self.changed(Topic::Attempts);
        }
    }

    pub fn get(&self, id: &IntentId) -> Option<Tracked> {
        self.with(|state| state.of_intent(id).map(|followed| followed.tracked.clone()))
    }

    /// The newest attempt on this order that the operator has not put away.
    pub fn on_order(&self, order: &OrderId) -> Option<Tracked> {
        self.with(|state| {
            let mut newest_first = state.tracked().rev();
            newest_first
                .find(|tracked| !tracked.is_dismissed && tracked.is_about(order))
                .cloned()
        })
    }

    /// The attempt of this page to create the draft that is known by this reference.
    pub fn creating(&self, reference: &str) -> Option<IntentId> {
        let creates =
            |goal: &Goal| matches!(goal, Goal::Create { client_reference, .. } if client_reference == reference);
        self.with(|state| {
            let mut newest_first = state.tracked().rev().map(|tracked| &tracked.attempt.intent);
            let creating = newest_first.find(|intent| creates(&intent.goal));
            creating.map(|intent| intent.id.clone())
        })
    }

    /// Earlier attempts of the same operation on the same order, for "did the user retry".
    pub fn earlier(&self, intent: &Intent) -> usize {
        self.with(|state| earlier(state, intent))
    }

    /// The operator has read how it ended. After an unknown end, the actions return by this decision of theirs.
    pub fn dismiss(&self, id: &IntentId) {
        let (me, now) = (self.me(), self.platform().mono());
        let key = self.with(|state| {
            state.untold.retain(|untold| untold != id);
            let followed = state.followed.iter_mut().find(|followed| followed.id() == id)?;
            followed.tracked.is_dismissed = true;
            let is_unknown = followed.tracked.is_unknown();
            is_unknown.then(|| journal::key_of(&followed.record(&me, now)))
        });
        self.changed(Topic::Attempts);
        if let Some(key) = key {
            self.put_away(key);
        }
    }

    /// The operator wants a "still unknown" of this page to be watched on.
    pub fn watch_on(&self, id: &IntentId) {
        let life = self.with(|state| {
            state.untold.retain(|untold| untold != id);
            state.of_intent(id).map(|followed| followed.life)
        });
        if let Some(life) = life {
            self.step(life, Event::WatchOn);
        }
    }
}

fn earlier(state: &State, intent: &Intent) -> usize {
    let intents = state.tracked().map(|tracked| &tracked.attempt.intent);
    intents
        .take_while(|other| other.id != intent.id)
        .filter(|other| other.at == intent.at && other.goal.operation() == intent.goal.operation())
        .count()
}
