//! Order, history and payments, read together, each at a moment of its own.

use omnival_core::order::{Entry, Payment};
use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::evidence::{Evidence, Found};

use super::page::{At, Following};
use super::{FAULTS_END_MS, Happening, Session};

/// The parts of one reading, as they come in.
#[derive(Default)]
pub(super) struct Reading {
    pub found: Option<Found>,
    pub history: Vec<Entry>,
    pub payments: Vec<Payment>,
}

impl Session {
    pub(super) fn read(&mut self, page: usize, press: usize, read: u32) {
        if let Some(Following { reading, .. }) = self.following(page, press) {
            *reading = Reading::default();
        }
        let fails = self.now < self.presses[press].at + FAULTS_END_MS && self.rng.percent(20);
        let counts = self.rng.percent(80);
        for part in [At::ReadOrder, At::ReadHistory, At::ReadPayments] {
            let wait = self.rng.up_to(400);
            self.after(wait, press, Happening::At(page, part));
        }
        let failure = fails.then_some(counts);
        self.after(401, press, Happening::At(page, At::ReadEnds { read, failure }));
    }

    /// One part of the reading is answered, by the platform as it is at this moment.
    pub(super) fn read_part(&mut self, page: usize, press: usize, part: &At) {
        let now = self.now;
        let goal = &self.presses[press].intent.goal;
        let money = goal.operation().may_move_money();
        let server = &self.server;
        let following = self.pages[page].following.iter_mut().find(|one| one.press == press);
        let Some(Following { reading, .. }) = following else {
            return;
        };
        match part {
            At::ReadOrder => reading.found = Some(server.found(goal)),
            At::ReadHistory => reading.history = server.history(now),
            _ if money => reading.payments = server.payments(now),
            _ => {}
        }
    }

    pub(super) fn read_ended(&mut self, page: usize, press: usize, read: u32, failure: Option<bool>) -> Event {
        let reading = self.following(page, press).map(|following| &mut following.reading);
        let Reading {
            found,
            history,
            payments,
        } = reading.map(std::mem::take).unwrap_or_default();
        match (failure, found) {
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
        }
    }
}
