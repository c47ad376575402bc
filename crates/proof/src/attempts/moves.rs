//! What each action does to platform, network and pages, where it is more than an event for the attempt.

use std::sync::Arc;

use omnival_core::recovery::attempt::{Event, Stage};
use omnival_core::recovery::journal::{self, Record, TabId};

use super::bugs::Bug;
use super::network::Flight;
use super::server::{Fact, View, count};
use super::setup::{Aim, DELAY, Setup, TICK_MS};
use super::shell::{held_number, write};
use super::state::{Reading, State, Told, number};
use super::world::{Action, Part, is_read};

impl State {
    pub(super) fn read(&mut self, setup: &Setup, tab: u8, part: Part) {
        let page = &mut self.tabs[usize::from(tab)];
        let Some(work) = &mut page.work else { return };
        let Some(reading) = &mut work.reading else { return };
        let view = if setup.has(Bug::ReadFromCache) {
            page.view
        } else {
            self.server.view()
        };
        match part {
            Part::Order => reading.order = Some(view.order),
            Part::History => reading.history = Some(view.history),
            Part::Payments => {
                let unread = setup.has(Bug::PaymentsNotRead);
                reading.payments = Some(if unread { 0 } else { view.payments });
            }
        }
        let Reading {
            number,
            order: Some(order),
            history,
            payments,
            ..
        } = *reading
        else {
            return;
        };
        if (is_read(setup, Part::History) && history.is_none())
            || (is_read(setup, Part::Payments) && payments.is_none())
        {
            return;
        }
        work.reading = None;
        let known = View {
            order,
            history: history.unwrap_or(0),
            payments: payments.unwrap_or(0),
        };
        let evidence = self.server.evidence(setup, work.intent, known);
        self.heard(setup, tab, Event::ReadBack(number, evidence));
    }

    pub(super) fn read_failed(&mut self, setup: &Setup, tab: u8) {
        let Some(work) = &mut self.tabs[usize::from(tab)].work else {
            return;
        };
        let Some(reading) = work.reading.take() else { return };
        if let Stage::Verifying(verifying) = work.attempt.stage()
            && u64::from(reading.began) * TICK_MS >= verifying.settles_at.0
        {
            work.failures += 1;
        }
        self.heard(
            setup,
            tab,
            Event::ReadFailed {
                read: reading.number,
                counts: true,
            },
        );
    }

    /// A page is opened again in this tab: another one.
    pub(super) fn open(&mut self, tab: u8) {
        let view = self.server.view();
        let page = &mut self.tabs[usize::from(tab)];
        (page.alive, page.life, page.view) = (true, page.life + 1, view);
    }

    pub(super) fn look(&mut self, tab: u8) {
        self.tabs[usize::from(tab)].view = self.server.view();
    }

    pub(super) fn colleague(&mut self, setup: &Setup, does_the_same: bool) {
        let fact = if does_the_same { Fact::Same } else { Fact::Other };
        if !does_the_same || self.server.allows(setup.aim) {
            self.server.change(setup, fact, self.now);
        }
    }

    pub(super) fn die(&mut self, setup: &Setup, tab: u8) {
        let id = self.tabs[usize::from(tab)].tab_id(tab);
        self.unlisten(tab);
        let page = &mut self.tabs[usize::from(tab)];
        (page.alive, page.work, page.found, page.note) = (false, None, None, None);
        if setup.has(Bug::JournalDiesWithPage) {
            self.journals[usize::from(page.partition)]
                .retain(|found| !matches!(&**found, journal::Found::Record(record) if record.owner == id));
        }
    }

    pub(super) fn find(&mut self, tab: u8, intent: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let held = self.journals[usize::from(page.partition)].iter();
        page.found = held
            .filter(|found| held_number(found) == Some(intent))
            .find_map(|found| match &**found {
                journal::Found::Record(record) => Some((intent, record.owner.clone())),
                journal::Found::Damaged(_) => None,
            });
    }

    /// Takes over what was found, if it is still as it was then: the claim is one transaction.
    pub(super) fn claim(&mut self, setup: &Setup, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let by = page.tab_id(tab);
        let Some((intent, of)) = page.found.take() else { return };
        let journal = &mut self.journals[usize::from(page.partition)];
        let held = journal
            .iter()
            .find(|found| held_number(found) == Some(intent))
            .map(|found| (**found).clone());
        let claimed = match &held {
            Some(journal::Found::Record(record)) if setup.has(Bug::ClaimWithoutCompare) => {
                Some(unasked(record, &of, &by))
            }
            held => journal::claim(held.as_ref(), &of, &by),
        };
        if let Some(record) = claimed {
            if !record.is_open() {
                self.left.doubts = self.left.doubts.saturating_sub(1);
            }
            write(journal, record.clone());
            self.take_over(setup, tab, record);
        }
    }

    /// The operator has asked the people who can see it; that needs everything to have arrived.
    pub(super) fn make_sure(&mut self, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let Some(work) = page.work.take() else { return };
        self.truths[usize::from(work.intent)].told = Some(Told::MadeSure);
        for found in &mut self.journals[usize::from(page.partition)] {
            if let journal::Found::Record(record) = Arc::make_mut(found)
                && number(record) == work.intent
            {
                record.put_away();
            }
        }
    }

    pub(super) fn fly(&mut self, setup: &Setup, flight: u8, action: Action) {
        let index = usize::from(flight);
        let mut at = self.flights.remove(index);
        let now = self.now;
        let status = match action {
            Action::Arrives { .. } => self.arrive(setup, &at),
            Action::ArrivesExpired { .. } => {
                self.left.expiries -= 1;
                401
            }
            Action::ArrivesRefused { .. } => {
                self.left.refusals -= 1;
                422
            }
            Action::ChargesAndBreaks { .. } => {
                self.left.charges_alone -= 1;
                self.truths[usize::from(at.intent)].charged += 1;
                self.server.charge(setup, at.intent, now);
                500
            }
            Action::BrowserRepeats { arrived, .. } => {
                self.left.repeats -= 1;
                if arrived {
                    self.arrive(setup, &at);
                }
                (at.by_browser, at.until) = (true, now + DELAY);
                self.flights.push(at);
                return self.flights.sort();
            }
            Action::Answered { .. } | Action::AnsweredCut { .. } => {
                if let (Some(tab), Some(status)) = (at.listener, at.answer) {
                    let cut = matches!(action, Action::AnsweredCut { .. });
                    self.answered(setup, tab, status, cut);
                }
                return;
            }
            _ => return,
        };
        if at.listener.is_some() {
            (at.answer, at.until) = (Some(status), now + 1);
            self.flights.push(at);
            self.flights.sort();
        }
    }

    pub(super) fn arrive(&mut self, setup: &Setup, at: &Flight) -> u16 {
        let (before, charges) = (self.server.version(), count(&self.server.payments));
        let done = match setup.aim {
            Aim::Assign => matches!(self.server.log.last(), Some(Fact::Mine(_) | Fact::Same)),
            _ => self.server.log.iter().any(|fact| matches!(fact, Fact::Mine(_))),
        };
        let status = self.server.receive(setup, at.intent, at.expected, self.now);
        let truth = &mut self.truths[usize::from(at.intent)];
        if self.server.version() > before {
            truth.duplicated |= done;
            if at.by_browser {
                truth.repeated += 1;
            } else {
                truth.executed += 1;
            }
        }
        truth.charged += count(&self.server.payments) - charges;
        status
    }
}

/// A bug's claim: it asks only whether the record is there.
fn unasked(record: &Record, _of: &TabId, by: &TabId) -> Record {
    let mut taken = record.clone();
    taken.owner = by.clone();
    if !taken.is_open() {
        taken.stage = journal::Stage::Opened;
    }
    taken
}
