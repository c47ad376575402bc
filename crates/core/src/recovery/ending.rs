//! How an attempt ended: with all that was read, where it ended; and as the journal keeps it, without a sentence. What an
//! operator is told is worded when it is shown, by [`message`](crate::message), from either.

use super::evidence::{Evidence, Found, Goal, Verdict};
use super::intent::Intent;
use super::outcome::Reply;
use crate::order::{Entry, Order, Status};
use crate::words::PaymentStatus;

#[derive(Clone, PartialEq, Debug)]
pub struct Conclusion {
    pub verdict: Verdict,
    pub reply: Reply,
    /// What was last read of order and records; the reason for the verdict unless the platform's answer was enough.
    pub evidence: Option<Evidence>,
}

/// As it is written down.
#[derive(Clone, PartialEq, Debug)]
pub struct Ending {
    pub reply: Reply,
    pub end: End,
    /// Nobody knows what became of it, and the operator has not said that they made sure.
    pub unsettled: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub enum End {
    Judged {
        verdict: Verdict,
        facts: Facts,
    },
    /// Earlier versions of the console wrote down the sentences themselves: they are shown as they were told.
    Worded {
        /// The verdict's word, as styles use it.
        word: String,
        happened: String,
        next: String,
    },
}

/// What the sentences about a verdict name of the platform's records, beside the verdict itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// Who carried it out, if somebody else did.
    pub by: Option<String>,
    /// Where the order had gone, if it had moved; none if it was not there any more.
    pub moved_to: Option<Status>,
    /// What was to be created was there more than once.
    pub several: bool,
    /// The order was activated, and the charge that belongs to it refused.
    pub unpaid: bool,
}

impl Conclusion {
    /// `answered` is the order as a 2xx answer gave it.
    pub fn facts(&self, intent: &Intent, answered: Option<&Order>) -> Facts {
        let evidence = self.evidence.as_ref();
        let order = evidence.and_then(Evidence::order);
        Facts {
            by: match &self.verdict {
                Verdict::DoneByOther(id) => evidence
                    .and_then(|evidence| evidence.entry(id))
                    .map(|entry| Entry::who(entry).to_owned()),
                _ => None,
            },
            moved_to: order
                .filter(|_| self.verdict == Verdict::Moved)
                .map(|order| order.status),
            several: matches!(
                evidence.map(|evidence| &evidence.found),
                Some(Found::Created(found)) if found.len() > 1
            ),
            unpaid: self.is_unpaid(intent, answered),
        }
    }

    /// Was the order activated, and the charge that belongs to it refused? `answered` is the order as a 2xx answer gave it.
    pub fn is_unpaid(&self, intent: &Intent, answered: Option<&Order>) -> bool {
        let order = self.evidence.as_ref().and_then(Evidence::order).or(answered);
        let failed = order
            .and_then(|order| order.payment.as_ref())
            .is_some_and(|payment| payment.status == PaymentStatus::Failed);
        failed && intent.goal == Goal::Activate && matches!(self.verdict, Verdict::Done(_))
    }
}

impl Ending {
    /// `answered` is the order as a 2xx answer gave it.
    pub fn of(intent: &Intent, end: &Conclusion, answered: Option<&Order>) -> Self {
        Self {
            reply: end.reply.clone(),
            unsettled: end.verdict == Verdict::StillUnknown,
            end: End::Judged {
                verdict: end.verdict.clone(),
                facts: end.facts(intent, answered),
            },
        }
    }
}
