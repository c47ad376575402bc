//! What the journal has: read again whenever it changes, taken up where a page that died left it, and told to the
//! screens.

use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderId, UserId};
use omnival_core::recovery::attempt::Attempt;
use omnival_core::recovery::journal::{self as rules, Care, Found, Record, Subject, TabId};

use super::journal::{self, Entry};
use super::{Attempts, Store, Tracked};
use crate::platform::{clock, task};
use crate::tabs::TabMessage;

impl Attempts {
    /// Somebody works here now: what the one before them tried is none of their business, and stays in the journal.
    pub(super) fn work_for(self, user: UserId) {
        self.list
            .update(|list| list.retain(|tracked| tracked.attempt.intent.user == user));
        self.kept.set(Vec::new());
        if self.user.with_value(|before| before.as_ref() != Some(&user)) {
            self.unread.clear();
        }
        self.user.set_value(Some(user));
        self.read_journal();
    }

    /// Reads the journal again, and takes up what pages that died have left behind.
    pub(super) fn read_journal(self) {
        let Some(user) = self.user.get_value() else { return };
        task::spawn(async move {
            let all = journal::all(&user).await;
            if self.user.with_value(|now| now.as_ref() != Some(&user)) {
                return;
            }
            match all {
                Ok(mut all) => {
                    all.sort_by_key(|entry| std::cmp::Reverse(entry.pressed_at()));
                    self.store.set(Store::Sound);
                    self.let_go_of_settled(&all);
                    self.kept.set(all);
                    self.take_up_orphans();
                }
                Err(_) if self.store.get_untracked() == Store::Unknown => self.store.set(Store::Missing),
                Err(_) => {}
            }
        });
    }

    /// A "still unknown" of this page that another tab has settled, or watches on: its record is the truth now.
    pub(super) fn let_go_of_settled(self, all: &[Entry]) {
        let me = self.tabs.id();
        let elsewhere = |tracked: &Tracked| {
            let id = &tracked.attempt.intent.id;
            let record = all.iter().filter_map(Entry::record).find(|record| record.id() == id);
            tracked.is_unknown() && record.is_some_and(|record| record.owner != me || !record.blocks())
        };
        if self.list.with_untracked(|list| list.iter().any(elsewhere)) {
            self.list.update(|list| list.retain(|tracked| !elsewhere(tracked)));
        }
    }

    fn take_up_orphans(self) {
        let me = self.tabs.id();
        let open: Vec<(Record, Care)> = self.kept.with_untracked(|kept| {
            let records = kept.iter().filter_map(Entry::record);
            records
                .map(|record| (record.clone(), self.care(record, &me)))
                .filter(|(_, care)| *care != Care::Settled)
                .collect()
        });
        for (record, care) in open {
            let owner = record.owner.clone();
            if care == Care::Mine {
                self.take_up(record);
            } else if self.awaited.with_value(|awaited| !awaited.contains(&owner)) {
                self.awaited.update_value(|awaited| awaited.push(owner.clone()));
                task::spawn(async move {
                    self.tabs.gone(&owner).await;
                    self.awaited
                        .update_value(|awaited| awaited.retain(|other| *other != owner));
                    self.take_up_all_of(&owner);
                });
            }
        }
    }

    fn care(self, record: &Record, me: &TabId) -> Care {
        self.list.with_untracked(|list| {
            let mut here = list.iter().map(|tracked| &tracked.attempt);
            rules::care(record, me, here.find(|attempt| attempt.intent.id == *record.id()))
        })
    }

    fn take_up_all_of(self, owner: &TabId) {
        let left: Vec<Record> = self.kept.with_untracked(|kept| {
            let records = kept.iter().filter_map(Entry::record);
            records
                .filter(|record| record.is_open() && record.owner == *owner)
                .cloned()
                .collect()
        });
        for record in left {
            self.take_up(record);
        }
    }

    /// Follows an attempt that no living page follows: it is verified, and never sent again.
    pub fn take_up(self, record: Record) {
        task::spawn(async move {
            let claimed = journal::claim(&record, self.tabs.id()).await;
            let Some(record) = claimed.filter(|record| !self.follows(record.id())) else {
                return self.read_journal();
            };
            let id = record.id().clone();
            let (attempt, effects) = Attempt::resume(record, self.patience(), clock::now());
            self.track(attempt);
            for effect in effects {
                self.carry_out(&id, effect);
            }
        });
    }

    fn follows(self, id: &IntentId) -> bool {
        self.list.with_untracked(|list| {
            list.iter()
                .any(|tracked| tracked.attempt.intent.id == *id && !tracked.is_unknown())
        })
    }

    /// What was tried on this order from this browser, newest first.
    pub fn tried_on(self, order: &OrderId) -> Vec<Entry> {
        let Some(user) = self.user.get_value() else {
            return Vec::new();
        };
        let order = Subject::order(&user, order);
        self.kept
            .with(|kept| kept.iter().filter(|entry| entry.is_about(&order)).cloned().collect())
    }

    /// What stands against a new action about this subject and is not followed by this page.
    pub fn elsewhere(self, subject: &Subject) -> Option<Entry> {
        self.kept.with(|kept| {
            kept.iter()
                .find(|entry| entry.is_about(subject) && self.is_elsewhere(entry))
                .cloned()
        })
    }

    /// Everything that has no known end and is not followed by this page.
    pub(super) fn all_elsewhere(self) -> Vec<Entry> {
        self.kept
            .with(|kept| kept.iter().filter(|entry| self.is_elsewhere(entry)).cloned().collect())
    }

    fn is_elsewhere(self, entry: &Entry) -> bool {
        match &entry.found {
            Found::Damaged(_) => true,
            Found::Record(record) => {
                let here = self
                    .list
                    .with(|list| list.iter().any(|tracked| tracked.attempt.intent.id == *record.id()));
                record.blocks() && !here
            }
        }
    }

    /// The operator has read an end that nobody here follows.
    pub fn put_away(self, key: String) {
        task::spawn(async move {
            let _ = journal::put_away(key).await;
            self.tabs.tell(&TabMessage::Journal);
            self.read_journal();
        });
    }
}
