//! Order, history and payments, read together, each at a moment of its own.

use omnival_core::order::{Entry, Payment};
use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::evidence::{Evidence, Found};

use super::page::{At, Following};
use super::{FAULTS_END_MS, Happening, Session};

#[derive(Clone, Copy)]
pub(super) enum Part {
    Order,
    History,
    Payments,
}

/// The parts of one reading, as they come in.
#[derive(Default)]
pub(super) struct Reading {
    /// No two readings of a session have the same.
    id: u32,
    pub found: Option<Found>,
    pub history: Vec<Entry>,
    pub payments: Vec<Payment>,
}

impl Session {
    pub(super) fn read(&mut self, page: usize, press: usize, read: u32) {
        self.readings += 1;
        let id = self.readings;
        if let Some(Following { reading, .. }) = self.following(page, press) {
            *reading = Reading {
                id,
                ..Reading::default()
            };
        }
        let fails = self.now < self.presses[press].at + FAULTS_END_MS && self.rng.percent(20);
        let counts = self.rng.percent(80);
        for part in [Part::Order, Part::History, Part::Payments] {
            let wait = self.rng.up_to(400);
            self.after(wait, press, Happening::At(page, At::Reads { id, part }));
        }
        let failure = fails.then_some(counts);
        self.after(401, press, Happening::At(page, At::ReadEnds { id, read, failure }));
    }

    /// One part of the reading is answered, by the platform as it is at this moment.
    pub(super) fn read_part(&mut self, page: usize, press: usize, id: u32, part: Part) {
        let now = self.now;
        let goal = &self.presses[press].intent.goal;
        let money = goal.operation().may_move_money();
        let server = &self.server;
        let following = self.pages[page].following.iter_mut().find(|one| one.press == press);
        let Some(Following { reading, .. }) = following.filter(|one| one.reading.id == id) else {
            return;
        };
        match part {
            Part::Order => reading.found = Some(server.found(goal)),
            Part::History => reading.history = server.history(now),
            Part::Payments if money => reading.payments = server.payments(now),
            Part::Payments => {}
        }
    }

    /// None for a reading of an attempt that this page has let go of, and perhaps follows again since.
    pub(super) fn read_ended(
        &mut self,
        page: usize,
        press: usize,
        (id, read): (u32, u32),
        failure: Option<bool>,
    ) -> Option<Event> {
        let reading = self.following(page, press).map(|following| &mut following.reading);
        let Reading {
            found,
            history,
            payments,
            ..
        } = reading.filter(|reading| reading.id == id).map(std::mem::take)?;
        Some(match (failure, found) {
            (None, Some(found)) => {
                let evidence = Evidence {
                    found,
                    history,
                    records: Vec::new(),
                    payments,
                };
                Event::ReadBack(read, evidence)
            }
            (failure, _) => Event::ReadFailed {
                read,
                counts: failure.unwrap_or(true),
            },
        })
    }
}
