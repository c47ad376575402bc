//! What the model's driver does for the production attempt: carries out its effects, keeps the journal, reports back.
//!
//! The seeded bugs of the driver are here and in [`super::world`]; with none switched on, this is the protocol.

use std::sync::Arc;

use omnival_core::ids::{IntentId, UserId};
use omnival_core::recovery::attempt::{Attempt, Event, Patience, Stage};
use omnival_core::recovery::effect::{Effects, Interpreter, Ticket};
use omnival_core::recovery::evidence::Verdict;
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::{self, Found, Record, Stored};
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Reply};
use omnival_core::time::{Mono, Timestamp};

use super::bugs::Bug;
use super::network::Flight;
use super::server::{ME, at, count, goal};
use super::setup::{Aim, DELAY, Setup, TICK_MS};
use super::state::{Reading, State, Told, Truth, Work, number};

impl State {
    /// The operator presses the button in this tab.
    pub fn press(&mut self, setup: &Setup, tab: u8) {
        let intent = count(&self.truths);
        let page = &mut self.tabs[usize::from(tab)];
        let pressed = Intent {
            id: IntentId::new(&intent.to_string()),
            goal: goal(setup.aim, intent),
            at: (setup.aim != Aim::Create).then(at),
            user: UserId::new(ME),
            user_name: String::new(),
            asked: Vec::new(),
            baseline: self.server.baseline(setup, page.view),
            pressed_at: Timestamp(i64::from(self.now)),
            endpoint: String::new(),
        };
        self.truths.push(Truth {
            partition: page.partition,
            view: page.view,
            sends: 0,
            executed: 0,
            repeated: 0,
            charged: 0,
            duplicated: false,
            told: None,
        });
        let (attempt, effects) = Attempt::begin(pressed, patience(setup));
        let known = self.records(self.tabs[usize::from(tab)].partition);
        let known = known.map(|record| record.id().clone()).collect();
        self.tabs[usize::from(tab)].work = Some(Work {
            known,
            ..work(intent, attempt)
        });
        self.execute(setup, tab, effects);
        if setup.has(Bug::WrittenAfterSending) {
            self.heard(setup, tab, Event::Recorded(Stored::Yes));
        }
    }

    /// The one transaction: asks what is held about the subject, and writes.
    pub fn store(&mut self, setup: &Setup, tab: u8) {
        let owner = self.tabs[usize::from(tab)].tab_id(tab);
        let now = self.clock();
        let page = &mut self.tabs[usize::from(tab)];
        let journal = &mut self.journals[usize::from(page.partition)];
        let Some(work) = &mut page.work else { return };
        let admitted = match setup.bug {
            Some(Bug::NoAdmission | Bug::NoJournal) => Stored::Yes,
            Some(Bug::AdmissionForgetsPress) => {
                let all: Vec<_> = journal.iter().filter_map(|found| found.id().cloned()).collect();
                journal::admit(journal.iter().map(|found| &**found), &all)
            }
            _ => journal::admit(journal.iter().map(|found| &**found), &work.known),
        };
        if admitted == Stored::Yes && !setup.has(Bug::NoJournal) {
            write(journal, work.attempt.record(&owner, None, now));
        }
        work.stored = Some(admitted);
    }

    /// The attempt hears what became of writing it down.
    pub fn stored(&mut self, setup: &Setup, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let Some(work) = &mut page.work else { return };
        let Some(stored) = work.stored.take() else { return };
        if setup.has(Bug::DeletedBeforeSending) {
            let intent = work.intent;
            self.journals[usize::from(page.partition)].retain(|found| held_number(found) != Some(intent));
        }
        self.heard(setup, tab, Event::Recorded(stored));
    }

    pub fn unsent(&mut self, setup: &Setup, tab: u8) {
        self.heard(setup, tab, Event::Unready(NotSent::NoSession));
    }

    /// An answer reaches the page that waits for it.
    pub fn answered(&mut self, setup: &Setup, tab: u8, status: u16, cut: bool) {
        if cut && setup.has(Bug::CutBodyResent) && self.resend(setup, tab, false) {
            return;
        }
        if status == 401 && setup.has(Bug::ReplayOn401) && self.resend(setup, tab, false) {
            return;
        }
        if status == 409 && setup.has(Bug::ConflictMeansSomebodyElse) {
            let rival = self.server.version();
            return self.conclude_by_hand(tab, Told::ByOther(rival));
        }
        self.heard(
            setup,
            tab,
            Event::Replied(Reply::Answered(Answer {
                status,
                ..Answer::default()
            })),
        );
    }

    /// No answer came: timeout, or the connection broke.
    pub fn gave_up(&mut self, setup: &Setup, tab: u8) {
        self.unlisten(tab);
        let resends = setup.has(Bug::ResendOnNoAnswer) || setup.has(Bug::FenceReadAnew);
        if resends && self.resend(setup, tab, setup.has(Bug::FenceReadAnew)) {
            return;
        }
        if setup.has(Bug::WrittenAfterSending) {
            let owner = self.tabs[usize::from(tab)].tab_id(tab);
            let now = self.clock();
            let page = &mut self.tabs[usize::from(tab)];
            if let Some(work) = &page.work {
                write(
                    &mut self.journals[usize::from(page.partition)],
                    work.attempt.record(&owner, None, now),
                );
            }
        }
        self.heard(setup, tab, Event::Replied(Reply::Lost(Loss::Timeout)));
    }

    /// Nobody waits for this tab's request any more; an answer on its way back goes nowhere.
    pub fn unlisten(&mut self, tab: u8) {
        self.flights
            .retain(|flight| flight.listener != Some(tab) || flight.answer.is_none());
        for flight in &mut self.flights {
            if flight.listener == Some(tab) {
                flight.listener = None;
            }
        }
        self.flights.sort();
    }

    /// Takes up an attempt that a dead page left, or that is still unknown.
    pub fn take_over(&mut self, setup: &Setup, tab: u8, record: Record) {
        let now = self.clock();
        let intent = number(&record);
        let mut record = record;
        if setup.has(Bug::ResumeWithoutWindow) {
            record.stage = journal::Stage::Doubt {
                reply: Reply::Lost(Loss::Interrupted),
                watched_ms: setup.settle_ms(),
            };
        }
        let open = record.is_open();
        let (attempt, effects) = Attempt::resume(record, patience(setup), now);
        self.tabs[usize::from(tab)].work = Some(work(intent, attempt));
        self.execute(setup, tab, effects);
        if open && (setup.has(Bug::ResendAfterCrash) || setup.has(Bug::LiveTakeover)) {
            self.resend(setup, tab, false);
        }
    }

    pub fn heard(&mut self, setup: &Setup, tab: u8, event: Event) {
        let now = self.clock();
        let Some(work) = &mut self.tabs[usize::from(tab)].work else {
            return;
        };
        let mut attempt = (*work.attempt).clone();
        let effects = attempt.step(event, now);
        work.attempt = Arc::new(attempt);
        self.execute(setup, tab, effects);
    }

    fn execute(&mut self, setup: &Setup, tab: u8, effects: Effects) {
        effects.execute(&mut Driver {
            state: self,
            setup,
            tab,
        });
    }

    fn note(&mut self, setup: &Setup, tab: u8) {
        let now = self.clock();
        let page = &mut self.tabs[usize::from(tab)];
        let Some(work) = &page.work else { return };
        let record = Arc::new(work.attempt.record(&page.tab_id(tab), None, now));
        page.note = Some(record);
        if !setup.late_notes {
            self.write_note(setup, tab);
        }
    }

    pub fn write_note(&mut self, setup: &Setup, tab: u8) {
        let page = &mut self.tabs[usize::from(tab)];
        let Some(note) = page.note.take() else { return };
        if setup.has(Bug::NoJournal) {
            return;
        }
        let journal = &mut self.journals[usize::from(page.partition)];
        let mut record = (*note).clone();
        if setup.has(Bug::DoubtUnblocks) {
            record.put_away();
        }
        let held = journal
            .iter()
            .find(|found| held_number(found) == Some(number(&record)))
            .map(|found| &**found);
        if journal::replaces(&record, held) {
            write(journal, record);
        }
    }

    /// The operator is told, and everything shown is brought up to date.
    fn conclude(&mut self, setup: &Setup, tab: u8) {
        let view = self.server.view();
        let page = &mut self.tabs[usize::from(tab)];
        let Some(work) = &page.work else { return };
        let Some(end) = work.attempt.conclusion() else { return };
        self.truths[usize::from(work.intent)].told = Some(Told::of(&end.verdict));
        let doubtful = end.verdict == Verdict::StillUnknown && !setup.has(Bug::DoubtUnblocks);
        page.view = view;
        if doubtful {
            if let Some(work) = &mut page.work {
                (work.wake, work.reading, work.failures) = (None, None, 0);
            }
        } else {
            page.work = None;
        }
    }

    /// A bug's own verdict.
    fn conclude_by_hand(&mut self, tab: u8, told: Told) {
        let page = &mut self.tabs[usize::from(tab)];
        if let Some(work) = page.work.take() {
            self.truths[usize::from(work.intent)].told = Some(told);
            self.journals[usize::from(page.partition)].retain(|found| held_number(found) != Some(work.intent));
        }
    }

    /// A bug's second send, once for each page.
    fn resend(&mut self, setup: &Setup, tab: u8, fence_anew: bool) -> bool {
        let sent = self.tabs[usize::from(tab)].work.as_ref().is_some_and(|work| {
            work.sends > 1 || (work.sends == 1 && matches!(work.attempt.stage(), Stage::Verifying(_)))
        });
        if !sent {
            self.send(setup, tab, fence_anew);
        }
        !sent
    }

    fn send(&mut self, _setup: &Setup, tab: u8, fence_anew: bool) {
        let version = self.server.version();
        let Some(work) = &mut self.tabs[usize::from(tab)].work else {
            return;
        };
        work.sends += 1;
        let truth = &mut self.truths[usize::from(work.intent)];
        truth.sends += 1;
        self.flights.push(Flight {
            intent: work.intent,
            expected: if fence_anew { version } else { truth.view.order },
            listener: matches!(work.attempt.stage(), Stage::Sending).then_some(tab),
            by_browser: false,
            until: self.now + DELAY,
            answer: None,
        });
        self.flights.sort();
    }
}

/// The page in one tab, at work for the attempt that it follows.
struct Driver<'a> {
    state: &'a mut State,
    setup: &'a Setup,
    tab: u8,
}

impl Driver<'_> {
    fn work(&mut self) -> Option<&mut Work> {
        self.state.tabs[usize::from(self.tab)].work.as_mut()
    }
}

impl Interpreter for Driver<'_> {
    /// A token at hand takes no time. Where there may be none, getting one is an action of its own.
    fn prepare(&mut self) {
        if !self.setup.awaits_tokens() {
            self.state.heard(self.setup, self.tab, Event::Ready);
        }
    }

    /// The next action of the tab.
    fn record(&mut self) {}

    fn send(&mut self, ticket: Ticket) {
        drop(ticket);
        self.state.send(self.setup, self.tab, false);
    }

    fn note(&mut self) {
        self.state.note(self.setup, self.tab);
    }

    /// The session is the other model's.
    fn refresh_session(&mut self) {}

    fn read(&mut self, number: u32) {
        let began = self.state.now;
        if let Some(work) = self.work() {
            work.wake = None;
            work.reading = Some(Reading {
                number,
                began,
                order: None,
                history: None,
                payments: None,
            });
        }
    }

    fn wake_at(&mut self, at: Mono) {
        if let Some(work) = self.work() {
            work.wake = u16::try_from(at.0.div_ceil(TICK_MS)).ok();
        }
    }

    fn conclude(&mut self) {
        self.state.conclude(self.setup, self.tab);
    }
}

fn work(intent: u8, attempt: Attempt) -> Work {
    Work {
        intent,
        attempt: Arc::new(attempt),
        stored: None,
        wake: None,
        reading: None,
        failures: 0,
        sends: 0,
        known: Vec::new(),
    }
}

fn patience(setup: &Setup) -> Patience {
    Patience {
        settle_ms: setup.settle_ms(),
    }
}

pub fn held_number(found: &Found) -> Option<u8> {
    match found {
        Found::Record(record) => Some(number(record)),
        Found::Damaged(_) => None,
    }
}

/// Puts a record in its place; the journal keeps the order of the intents.
pub fn write(journal: &mut Vec<Arc<Found>>, record: Record) {
    let intent = number(&record);
    journal.retain(|found| held_number(found) != Some(intent));
    let place = journal.partition_point(|found| held_number(found).is_some_and(|held| held < intent));
    journal.insert(place, Arc::new(Found::Record(Box::new(record))));
}
