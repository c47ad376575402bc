//! The one send of an attempt, and what browser, network, platform and colleagues make of it.

use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::outcome::{Loss, Reply};

use super::super::LONGEST_PROCESSING_MS;
use super::super::server::Act;
use super::{Happening, Session, World};
use crate::given::answered;

const TIMEOUT_MS: u64 = 20_000;

impl Session {
    pub(super) fn act(&mut self) -> Act {
        let assign = self.vendor("");
        let acts = [
            Act::Goal(assign),
            Act::Goal(Goal::Hold),
            Act::Goal(Goal::Reactivate),
            Act::Goal(Goal::Activate),
            Act::Accept,
            Act::Update,
            Act::Comment,
            Act::Comment,
            Act::Goal(Goal::Cancel),
        ];
        self.rng.pick(&acts).clone()
    }

    pub(super) fn colleague(&mut self, act: &Act) {
        let lag = self.lag();
        if self.server.colleague(act, self.now, lag) {
            self.note(|| format!("a colleague: {act:?}, in history after {lag} ms"));
        }
    }

    /// The call leaves this page.
    pub(super) fn send(&mut self, page: usize, press: usize) {
        let arrives = |answers| Happening::World(World::Arrives { page, answers });
        let money = self.presses[press].intent.goal.operation().may_move_money();
        if self.faults.charges_alone && money && self.rng.percent(40) {
            let answer = if self.rng.percent(50) { answered(500) } else { lost() };
            self.after(200, press, Happening::World(World::ChargesAndBreaks));
            return self.reply(400, page, press, answer);
        }
        let mut left = 0;
        let repeats = self.faults.resends && self.rng.percent(60);
        if repeats {
            // The connection dies under the first copy, and the browser sends the request again by itself.
            left += 1 + self.rng.up_to(5_000);
            if self.rng.percent(70) {
                self.after(left, press, arrives(false));
            }
            left += 1 + self.rng.up_to(100);
        }
        let processing = self.rng.up_to(LONGEST_PROCESSING_MS);
        let quick = self.rng.up_to(2_000);
        let error = *self.rng.pick(&[500, 502, 503, 504, 408, 302]);
        match self.rng.up_to(if repeats { 9 } else { 10 }) {
            0 | 1 => {
                // Answered, or given up before the answer comes.
                self.after(left + processing, press, arrives(true));
                self.reply(left + TIMEOUT_MS, page, press, Reply::Lost(Loss::Timeout));
            }
            2 => self.reply(left + quick, page, press, lost()),
            3 => {
                self.after(left + quick, press, arrives(false));
                self.reply(left + quick + 1, page, press, lost());
            }
            4 | 5 => {
                self.after(left + processing, press, arrives(false));
                self.reply(left + quick, page, press, lost());
            }
            6 => self.reply(left + quick, page, press, answered(error)),
            7 => {
                self.after(left + quick, press, arrives(false));
                self.reply(left + quick + 1, page, press, answered(error));
            }
            8 => {
                self.after(left + processing, press, arrives(false));
                self.reply(left + quick, page, press, answered(error));
            }
            9 => self.reply(left + quick, page, press, answered(401)),
            _ => {
                let refusal = *self.rng.pick(&[400, 403, 404, 422, 429]);
                self.reply(left + quick, page, press, answered(refusal));
            }
        }
    }

    /// A copy of the request reaches the platform, which carries it out or refuses.
    pub(super) fn arrive(&mut self, page: usize, press: usize, answers: bool) {
        let (intent, lag) = (self.presses[press].intent.clone(), self.lag());
        let id = intent.id.as_str();
        let expected = intent.baseline.order.as_ref().and_then(|order| order.version);
        let status = self.server.receive(&intent.goal, id, expected, self.now, lag);
        self.note(|| format!("the platform receives {id}: {status}, in history after {lag} ms"));
        if status == 201 && intent.goal.operation().may_move_money() && self.rng.percent(30) {
            let pending = self.rng.percent(50);
            let payment = if pending { "pending" } else { "succeeded" };
            self.server.charge(id, payment, self.now, lag);
            self.after(60_000, press, Happening::World(World::PaymentsSettle));
        }
        if answers {
            let wait = self.rng.up_to(300);
            self.reply(wait, page, press, answered(status));
        }
    }

    /// Money moves in the name of this press, and then the platform breaks.
    pub(super) fn charge_alone(&mut self, press: usize) {
        let (lag, status) = (self.lag(), *self.rng.pick(&["pending", "succeeded"]));
        let id = self.presses[press].intent.id.clone();
        self.server.charge(id.as_str(), status, self.now, lag);
        self.note(|| format!("a charge ({status}) is recorded, then the platform breaks"));
    }
}

fn lost() -> Reply {
    Reply::Lost(Loss::Network)
}
