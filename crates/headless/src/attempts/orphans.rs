//! What the journal has: read again whenever it changes, taken up where a page that died left it, and told to the screens.

use omnival_core::ids::{OrderId, UserId};
use omnival_core::recovery::attempt::Attempt;
use omnival_core::recovery::journal::{Found, Record, Subject, TabId};
use omnival_core::recovery::ownership::{self, Ownership};

use super::Attempts;
use super::state::{State, Store};
use crate::journal::{self, Entry};
use crate::platform::{Platform, Topic, Unstored};
use crate::tabs::TabMessage;

impl<P: Platform> Attempts<P> {
    /// Somebody signed in or out. To be called whenever that may be so.
    pub fn session_changed(&self) {
        let user = self.api().session().user().map(|user| user.id);
        let is_news = self.with(|state| {
            let is_news = state.signed_in != user;
            state.signed_in.clone_from(&user);
            is_news
        });
        if let Some(user) = user.filter(|_| is_news) {
            self.work_for(user);
        }
    }

    /// Somebody works here now: what the one before them tried is none of their business, and stays in the journal.
    fn work_for(&self, user: UserId) {
        self.with(|state| {
            state.let_go(|followed| followed.tracked.attempt.intent.user != user);
            state.kept.clear();
            if state.user.as_ref() != Some(&user) {
                state.failed.clear();
                state.passing.clear();
            }
            state.user = Some(user);
        });
        self.changed(Topic::Attempts);
        self.changed(Topic::Journal);
        self.read_journal();
    }

    /// What another tab says.
    pub fn heard(&self, message: &TabMessage) {
        if *message == TabMessage::Journal {
            self.read_journal();
        }
    }

    /// Reads the journal again, and takes up what pages that died have left behind.
    pub(super) fn read_journal(&self) {
        let Some(user) = self.with(|state| state.user.clone()) else {
            return;
        };
        let attempts = self.clone();
        self.platform().spawn(Box::pin(async move {
            let all = journal::all(attempts.platform(), &user).await;
            if attempts.with(|state| state.user.as_ref() == Some(&user)) {
                attempts.hold(all);
            }
        }));
    }

    fn hold(&self, all: Result<Vec<Entry>, Unstored>) {
        let was = self.with(|state| state.store);
        match all {
            Ok(mut all) => {
                all.sort_by_key(|entry| std::cmp::Reverse(entry.pressed_at()));
                self.let_go_of_settled(&all);
                let is_news = self.with(|state| {
                    state.store = Store::Sound;
                    let is_news = state.kept != all;
                    state.kept = all;
                    is_news
                });
                if is_news || was != Store::Sound {
                    self.changed(Topic::Journal);
                }
                self.take_up_orphans();
            }
            Err(Unstored) if was == Store::Unknown => {
                self.with(|state| state.store = Store::Missing);
                self.changed(Topic::Journal);
            }
            // It was there, and is not now: what was read then is still the best there is.
            Err(Unstored) => {}
        }
    }

    /// True when attempts live only as long as this page.
    pub fn is_forgetful(&self) -> bool {
        self.with(|state| state.store == Store::Missing)
    }

    /// A "still unknown" of this page that another tab has settled, or watches on: its record is the truth now.
    fn let_go_of_settled(&self, all: &[Entry]) {
        let me = self.me();
        self.let_go(|followed| {
            let record = all.iter().filter_map(Entry::record);
            let record = record.into_iter().find(|record| record.id() == followed.id());
            followed.tracked.is_unknown() && record.is_some_and(|record| record.owner != me || !record.blocks())
        });
    }

    fn take_up_orphans(&self) {
        let me = self.me();
        let open: Vec<(Record, Ownership)> = self.with(|state| {
            let records = state.kept.iter().filter_map(Entry::record);
            let owned = records.map(|record| (record, ownership(state, record, &me)));
            owned
                .filter(|(_, whose)| *whose != Ownership::Settled)
                .map(|(record, whose)| (record.clone(), whose))
                .collect()
        });
        for (record, whose) in open {
            match whose {
                Ownership::Settled => {}
                Ownership::Mine => self.take_up(record),
                Ownership::Another => self.await_end_of(record.owner),
            }
        }
    }

    /// As soon as that page lives no more, what it followed is taken up.
    fn await_end_of(&self, owner: TabId) {
        let is_awaited = self.with(|state| {
            let is_awaited = state.awaited.contains(&owner);
            if !is_awaited {
                state.awaited.push(owner.clone());
            }
            is_awaited
        });
        if is_awaited {
            return;
        }
        let attempts = self.clone();
        self.platform().spawn(Box::pin(async move {
            attempts.tabs().gone(&owner).await;
            let left: Vec<Record> = attempts.with(|state| {
                state.awaited.retain(|other| *other != owner);
                let records = state.kept.iter().filter_map(Entry::record);
                let left = records.filter(|record| record.is_open() && record.owner == owner);
                left.cloned().collect()
            });
            for record in left {
                attempts.take_up(record);
            }
        }));
    }

    /// Follows an attempt that no living page follows: it is verified, and never sent again.
    pub fn take_up(&self, record: Record) {
        let attempts = self.clone();
        self.platform().spawn(Box::pin(async move {
            let user = record.intent.user.clone();
            let is_theirs = |state: &mut State| state.user.as_ref() == Some(&user);
            if !attempts.with(is_theirs) {
                return;
            }
            let claimed = journal::claim(attempts.platform(), &record, attempts.me()).await;
            // Never with another person's token. They find it as their own when they come back.
            let claimed = claimed.filter(|_| attempts.with(is_theirs));
            let is_followed = |record: &Record| attempts.with(|state| follows(state, record));
            let Some(record) = claimed.filter(|record| !is_followed(record)) else {
                return attempts.read_journal();
            };
            let now = attempts.platform().mono();
            let (attempt, effects) = Attempt::resume(record, attempts.patience(), now);
            let life = attempts.with(|state| state.follow(attempt));
            attempts.execute(life, effects);
        }));
    }

    /// What was tried on this order from this browser, newest first.
    pub fn tried_on(&self, order: &OrderId) -> Vec<Entry> {
        self.with(|state| {
            let Some(user) = &state.user else { return Vec::new() };
            let order = Subject::order(user, order);
            let tried = state.kept.iter().filter(|entry| entry.is_about(&order));
            tried.cloned().collect()
        })
    }

    /// What stands against a new action about this subject and is not followed by this page.
    pub fn elsewhere(&self, subject: &Subject) -> Option<Entry> {
        self.with(|state| {
            let mut held = state.kept.iter().filter(|entry| entry.is_about(subject));
            held.find(|entry| is_elsewhere(state, entry)).cloned()
        })
    }

    /// The operator has read an end that nobody here follows.
    pub fn put_away(&self, key: String) {
        let attempts = self.clone();
        self.platform().spawn(Box::pin(async move {
            // Where it cannot be written it goes on standing against new actions, and on being shown.
            if journal::put_away(attempts.platform(), key).await.is_ok() {
                attempts.tabs().tell(&TabMessage::Journal);
            }
            attempts.read_journal();
        }));
    }
}

fn ownership(state: &State, record: &Record, me: &TabId) -> Ownership {
    let here = state.of_intent(record.id());
    ownership::ownership(record, me, here.map(|followed| &followed.tracked.attempt))
}

fn follows(state: &State, record: &Record) -> bool {
    let here = state.of_intent(record.id());
    here.is_some_and(|followed| !followed.tracked.is_unknown())
}

/// Without a known end, and not followed by this page.
pub(super) fn is_elsewhere(state: &State, entry: &Entry) -> bool {
    match &entry.found {
        Found::Damaged(_) => true,
        Found::Record(record) => record.blocks() && state.of_intent(record.id()).is_none(),
    }
}
