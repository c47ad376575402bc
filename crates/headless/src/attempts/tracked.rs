//! One attempt of this page, as views draw it.

use omnival_core::ids::OrderId;
use omnival_core::message::{self, Message, Tone};
use omnival_core::order::Order;
use omnival_core::recovery::attempt::{Attempt, Stage};
use omnival_core::recovery::evidence::{How, Verdict};
use omnival_core::recovery::outcome::Reply;

#[derive(Clone, PartialEq, Debug)]
pub struct Tracked {
    pub attempt: Attempt,
    /// The order as a 2xx answer gave it.
    pub answered: Option<Order>,
    /// The operator has put it away.
    pub is_dismissed: bool,
}

impl Tracked {
    pub(super) const fn new(attempt: Attempt) -> Self {
        Self {
            attempt,
            answered: None,
            is_dismissed: false,
        }
    }

    pub const fn is_open(&self) -> bool {
        !matches!(self.attempt.stage(), Stage::Concluded(_))
    }

    /// Was it let in, so that it may have been sent?
    pub(super) const fn was_admitted(&self) -> bool {
        match self.attempt.stage() {
            Stage::Preparing | Stage::Recording { .. } => false,
            Stage::Sending | Stage::Verifying(_) => true,
            Stage::Concluded(end) => !matches!(end.reply, Reply::NotSent(_)),
        }
    }

    /// It ended without anybody knowing how.
    pub fn is_unknown(&self) -> bool {
        self.attempt.is_unknown()
    }

    /// What the operator is told about its end.
    pub fn message(&self) -> Option<Message> {
        let end = self.attempt.conclusion()?;
        Some(message::conclusion(&self.attempt.intent, end, self.answered.as_ref()))
    }

    /// The platform answered that it was carried out, and nothing is left to do: a passing word is enough.
    pub fn ended_well(&self) -> bool {
        let answered = |verdict: &Verdict| *verdict == Verdict::Done(How::Answered);
        self.attempt.conclusion().is_some_and(|end| answered(&end.verdict)) && !self.is_unpaid()
    }

    /// The order was activated, and the charge that belongs to it refused.
    pub fn is_unpaid(&self) -> bool {
        let intent = &self.attempt.intent;
        let end = self.attempt.conclusion();
        end.is_some_and(|end| end.is_unpaid(intent, self.answered.as_ref()))
    }

    /// How its end looks, and the word for it that styles use.
    pub fn tone(&self) -> Option<(Tone, &'static str)> {
        let end = self.attempt.conclusion()?;
        Some(if self.is_unpaid() {
            (Tone::Warning, "unpaid")
        } else {
            message::tone(&end.verdict)
        })
    }

    pub fn is_about(&self, order: &OrderId) -> bool {
        self.attempt.intent.at.as_ref().is_some_and(|at| at.order == *order)
    }
}
