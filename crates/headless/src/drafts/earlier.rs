//! What became of a form that was sent before: its draft is looked for by its reference, among the orders of the loan for
//! which it was sent. Until that is settled nothing may be created from this form, and a reading that failed settles
//! nothing.

use omnival_core::ids::{LoanId, OrderRef};
use omnival_core::order::Summary;
use omnival_core::time::Mono;

use crate::api::Failure;

/// How far the look has come.
#[derive(Clone, PartialEq, Debug)]
enum Look<F> {
    Nothing,
    Reading,
    Failed(F),
    /// Read, and not among the loan's orders.
    Absent,
    Found(OrderRef),
}

/// The orders of `loan` are to be read, to look for `reference` among them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    pub loan: LoanId,
    reference: String,
    turn: u32,
    began: Mono,
}

/// What is to be done after a look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    Nothing,
    /// It never arrived: the form is free, and may be sent again.
    Release,
    /// It may arrive until then: look once more, if the look still counts.
    LookAt(Mono),
}

/// What stands at the top of the form.
#[derive(Clone, PartialEq, Debug)]
pub enum Panel<'a, F = Failure> {
    Nothing,
    /// A quiet word.
    Words(&'static str),
    /// The draft is there: open it.
    Found(&'a OrderRef),
    /// The platform said that it created the draft, and does not list it.
    Unlisted,
    Failed(&'a F),
}

/// The look of one form.
#[derive(Clone, PartialEq, Debug)]
pub struct Earlier<F = Failure> {
    look: Look<F>,
    /// Of several looks, the one that began last counts.
    turn: u32,
    /// The platform said that it was created: that it is not listed proves nothing then.
    was_created: bool,
    /// What an earlier page sent has arrived by then, or never will.
    settles_at: Mono,
}

impl<F> Earlier<F> {
    /// For a form that opens now.
    pub const fn new(now: Mono, settle_ms: u64) -> Self {
        Self {
            look: Look::Nothing,
            turn: 0,
            was_created: false,
            settles_at: now.plus(settle_ms),
        }
    }

    /// Looks for what was sent, if anything was; this look is the one that counts.
    pub fn begin(&mut self, sent: Option<&LoanId>, reference: &str, now: Mono) -> Option<Question> {
        let loan = sent?.clone();
        self.turn += 1;
        self.look = Look::Reading;
        Some(Question {
            loan,
            reference: reference.to_owned(),
            turn: self.turn,
            began: now,
        })
    }

    /// Carried out by the platform's own word, but the answer's body was lost. A look is to follow.
    pub const fn was_created(&mut self) {
        self.was_created = true;
    }

    /// The loan's orders were read, or not. `is_followed`: an attempt to create this very draft is on record, here or in
    /// another tab; it settles the draft itself.
    pub fn end(&mut self, question: &Question, end: Result<Vec<Summary>, F>, is_followed: bool) -> Next {
        if !self.counts(question) {
            return Next::Nothing;
        }
        let is_it = |order: &Summary| order.client_reference.as_ref() == Some(&question.reference);
        let found = end.map(|orders| orders.into_iter().find(is_it));
        self.look = match found {
            Err(failure) => Look::Failed(failure),
            Ok(Some(order)) => Look::Found(order.at),
            Ok(None) => Look::Absent,
        };
        let is_absent = matches!(self.look, Look::Absent);
        if !is_absent || self.was_created {
            Next::Nothing
        } else if question.began < self.settles_at {
            Next::LookAt(self.settles_at)
        } else if is_followed {
            Next::Nothing
        } else {
            self.release();
            Next::Release
        }
    }

    /// Is it still the look that counts?
    pub const fn counts(&self, question: &Question) -> bool {
        question.turn == self.turn
    }

    /// The operator is back, and the last look has failed: another one follows.
    pub const fn is_due_on_return(&self) -> bool {
        matches!(self.look, Look::Failed(_))
    }

    /// Settled: nothing of this form exists. Looks under way end unseen.
    pub fn release(&mut self) {
        self.turn += 1;
        self.look = Look::Nothing;
    }

    /// An attempt that is followed tells of itself in a panel of its own.
    pub fn panel(&self, is_followed: bool) -> Panel<'_, F> {
        match &self.look {
            Look::Found(at) => Panel::Found(at),
            Look::Absent if self.was_created => Panel::Unlisted,
            Look::Failed(failure) => Panel::Failed(failure),
            Look::Reading if !is_followed => Panel::Words("Looking for the draft that was sent…"),
            Look::Absent if !is_followed => Panel::Words(
                "The draft that was sent has not arrived so far. It is looked for once more when it cannot arrive any more.",
            ),
            Look::Nothing | Look::Reading | Look::Absent => Panel::Nothing,
        }
    }
}
