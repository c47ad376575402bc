//! One attempt and what belongs to it.

use omnival_core::ids::OrderId;
use omnival_core::message::{self, Message};
use omnival_core::order::Order;
use omnival_core::recovery::attempt::{Attempt, Stage};
use omnival_core::recovery::evidence::{How, Verdict};
use omnival_core::session::refresh::Serial;

#[derive(Clone, PartialEq)]
pub struct Tracked {
    pub attempt: Attempt,
    /// The order as a 2xx answer gave it.
    pub answered: Option<Order>,
    /// The operator has put it away.
    pub dismissed: bool,
    pub(super) serial: Option<Serial>,
}

impl Tracked {
    pub fn is_open(&self) -> bool {
        !matches!(self.attempt.stage(), Stage::Concluded(_))
    }

    /// What the operator is told about its end.
    pub fn told(&self) -> Option<Message> {
        let end = self.attempt.conclusion()?;
        Some(message::conclusion(&self.attempt.intent, end, self.answered.as_ref()))
    }

    /// The platform answered that it was carried out, and nothing is left to do: a passing word is enough.
    pub fn ended_well(&self) -> bool {
        self.attempt.conclusion().is_some_and(|end| {
            end.verdict == Verdict::Done(How::Answered)
                && !message::charge_failed(&self.attempt.intent, end, self.answered.as_ref())
        })
    }

    pub fn is_unknown(&self) -> bool {
        self.attempt.is_unknown()
    }

    pub(super) fn is_about(&self, order: &OrderId) -> bool {
        self.attempt.intent.at.as_ref().is_some_and(|at| at.order == *order)
    }
}
