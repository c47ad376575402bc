//! The one send of an attempt, and what browser, network and platform make of it.

use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};

use super::super::LONGEST_PROCESSING_MS;
use super::{Happening, Session};
use crate::given::answered;

const TIMEOUT_MS: u64 = 20_000;

impl Session {
    /// The one send, and what the browser and the network make of it.
    pub(super) fn send(&mut self, goal: &Goal) {
        let mut left = self.rng.up_to(self.faults.renewal_ms);
        if self.rng.percent(5) {
            return self.after(left, Happening::Reply(Reply::NotSent(NotSent::Offline)));
        }
        if self.faults.charges_alone && goal.operation().may_move_money() && self.rng.percent(40) {
            let answer = if self.rng.percent(50) { answered(500) } else { lost() };
            self.after(left + 200, Happening::ChargesAndBreaks);
            return self.after(left + 400, Happening::Reply(answer));
        }
        let repeats = self.faults.resends && self.rng.percent(60);
        if repeats {
            // The connection dies under the first copy, and the browser sends the request again by itself.
            left += 1 + self.rng.up_to(5_000);
            if self.rng.percent(70) {
                self.after(left, Happening::Arrives { answers: false });
            }
            left += 1 + self.rng.up_to(100);
        }
        let processing = self.rng.up_to(LONGEST_PROCESSING_MS);
        let quick = self.rng.up_to(2_000);
        let arrives = |answers| Happening::Arrives { answers };
        let error = *self.rng.pick(&[500, 502, 503, 504, 408, 302]);
        match self.rng.up_to(if repeats { 9 } else { 10 }) {
            0 | 1 => {
                // Answered, or given up before the answer comes.
                self.after(left + processing, arrives(true));
                self.after(left + TIMEOUT_MS, Happening::Reply(Reply::Lost(Loss::Timeout)));
            }
            2 => self.after(left + quick, Happening::Reply(lost())),
            3 => {
                self.after(left + quick, arrives(false));
                self.after(left + quick + 1, Happening::Reply(lost()));
            }
            4 | 5 => {
                self.after(left + processing, arrives(false));
                self.after(left + quick, Happening::Reply(lost()));
            }
            6 => self.after(left + quick, Happening::Reply(answered(error))),
            7 => {
                self.after(left + quick, arrives(false));
                self.after(left + quick + 1, Happening::Reply(answered(error)));
            }
            8 => {
                self.after(left + processing, arrives(false));
                self.after(left + quick, Happening::Reply(answered(error)));
            }
            9 => self.after(left + quick, Happening::Reply(answered(401))),
            _ => {
                let refusal = *self.rng.pick(&[400, 403, 404, 422, 429]);
                self.after(left + quick, Happening::Reply(answered(refusal)));
            }
        }
    }
}

fn lost() -> Reply {
    Reply::Lost(Loss::Network)
}
