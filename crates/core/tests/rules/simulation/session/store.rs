//! The journal that all pages share: one transaction at a time, decided by the production core's rules.

use omnival_core::recovery::attempt::Stage;
use omnival_core::recovery::journal::{self, Found, Record, Stored, TabId, admit, claim, replaces};

use super::super::Broken;
use super::page::At;
use super::{Happening, Session, World};

impl Session {
    fn found(&self, id: &str) -> Option<Found> {
        self.journal
            .get(id)
            .map(|record| Found::Record(Box::new(record.clone())))
    }

    /// Every change of the journal comes through here.
    fn put(&mut self, record: Record) -> Result<(), String> {
        let (id, subject) = (record.id().as_str().to_owned(), record.subject());
        self.note(|| format!("the journal has {id} of {}: {:?}", record.owner.as_str(), record.stage));
        self.journal.insert(id, record);
        let blocking = self
            .journal
            .values()
            .filter(|held| held.blocks() && held.subject() == subject);
        if blocking.count() > 1 {
            return Err("two open attempts on one subject".into());
        }
        Ok(())
    }

    pub(super) fn write_down(&mut self, page: usize, press: usize) -> Result<(), String> {
        let owner = self.pages[page].id.clone();
        let Some(following) = self.following(page, press) else {
            return Ok(());
        };
        let known = following.known.clone();
        let record = Record {
            intent: following.attempt.intent.clone(),
            owner,
            stage: journal::Stage::Opened,
        };
        let subject = record.subject();
        let same: Vec<_> = self
            .journal
            .values()
            .filter(|held| held.subject() == subject)
            .map(|held| Found::Record(Box::new(held.clone())))
            .collect();
        let stored = if self.rng.percent(1) {
            Stored::No
        } else {
            admit(&same, &known)
        };
        let stored = if self.faults.broken == Some(Broken::AdmitsAnybody) {
            Stored::Yes
        } else {
            stored
        };
        if stored == Stored::Yes {
            self.put(record)?;
            self.maybe_crash(page, 10, 20);
        }
        let wait = self.rng.up_to(20);
        self.after(wait, press, Happening::At(page, At::Written(stored)));
        Ok(())
    }

    /// A page whose news are not wanted has lost the attempt to another: it stops, and shows what the journal says.
    pub(super) fn bring_up_to_date(&mut self, page: usize, press: usize, news: Record) -> Result<(), String> {
        if replaces(&news, self.found(news.id().as_str()).as_ref()) {
            return self.put(news);
        }
        self.note(|| format!("not written: {:?} of {}", news.stage, news.owner.as_str()));
        self.pages[page].following.retain(|one| one.press != press);
        self.crossings.yielded += 1;
        Ok(())
    }

    pub(super) fn claim(&mut self, page: usize, press: usize, of: &TabId) -> Option<Record> {
        let id = self.presses[press].intent.id.as_str().to_owned();
        let record = claim(self.found(&id).as_ref(), of, &self.pages[page].id)?;
        self.journal.insert(id, record.clone());
        Some(record)
    }

    /// The operator asked support, and says that they made sure, as soon as nobody watches it any more.
    pub(super) fn put_away(&mut self, press: usize) {
        let id = self.presses[press].intent.id.as_str();
        let Some(record) = self.journal.get_mut(id) else {
            return;
        };
        record.put_away();
        if record.blocks() {
            self.after(5_000, press, Happening::World(World::PutAway));
        }
    }

    /// In what moment of its attempts does the page die?
    pub(super) fn count_crash(&mut self, page: usize) {
        for one in &self.pages[page].following {
            let written = self.journal.contains_key(one.attempt.intent.id.as_str());
            let count = match one.attempt.stage() {
                Stage::Recording { .. } if written => &mut self.crossings.died_before_send,
                Stage::Preparing | Stage::Recording { .. } => &mut self.crossings.died_before_record,
                Stage::Sending => &mut self.crossings.died_in_flight,
                Stage::Verifying(_) => &mut self.crossings.died_verifying,
                Stage::Concluded(_) => &mut self.crossings.died_after,
            };
            *count += 1;
        }
    }
}
