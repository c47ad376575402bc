//! Order, history and payments, read together, each at a moment of its own.

use omnival_core::order::{Entry, Payment};
use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::evidence::{Evidence, Found};

use super::{FAULTS_END_MS, Happening, Session};

/// The parts of one reading, as they come in.
#[derive(Default)]
pub(super) struct Reading {
    pub found: Option<Found>,
    pub history: Vec<Entry>,
    pub payments: Vec<Payment>,
}

impl Session {
    /// Order, history and payments are read in parallel, so each at a moment of its own.
    pub(super) fn read(&mut self, read: u32, pressed: u64) {
        self.reading = Reading::default();
        let parts = [self.rng.up_to(400), self.rng.up_to(400), self.rng.up_to(400)];
        let fails = self.now < pressed + FAULTS_END_MS && self.rng.percent(20);
        let counts = self.rng.percent(80);
        self.after(parts[0], Happening::ReadOrder);
        self.after(parts[1], Happening::ReadHistory);
        self.after(parts[2], Happening::ReadPayments);
        let failure = fails.then_some(counts);
        self.after(401, Happening::ReadEnds { read, failure });
    }

    pub(super) fn read_ended(&mut self, read: u32, failure: Option<bool>) -> Event {
        let Reading {
            found,
            history,
            payments,
        } = std::mem::take(&mut self.reading);
        match (failure, found) {
            (None, Some(found)) => {
                let evidence = Evidence {
                    found,
                    history,
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
