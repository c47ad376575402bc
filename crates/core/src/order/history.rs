//! Records that tell what happened to an order. A type that we do not know is kept as the server named it.

use crate::ids::{EntryId, PaymentId, UserId, VendorId};
use crate::money::Money;
use crate::operation::Term;
use crate::time::Timestamp;
use crate::words::{PaymentKind, TransferStatus};

pub use crate::words::Source;

/// Who did something.
#[derive(Clone, PartialEq, Debug)]
pub struct Actor {
    pub id: UserId,
    pub name: String,
    pub role: String,
}

/// One entry of the order history.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    pub id: EntryId,
    /// The platform's word for the kind of entry, for example `activated`.
    pub kind: String,
    pub occurred_at: Option<Timestamp>,
    pub actor: Option<Actor>,
    pub source: Source,
    pub from: Option<i32>,
    pub to: Option<i32>,
    pub reason: Option<String>,
    pub summary: String,
    pub correlation: Option<String>,
    pub vendor: Option<VendorId>,
    /// What it says about what it was about.
    pub terms: Vec<(Term, String)>,
    /// Of a payment: whether it is pending, succeeded or failed. None in the history.
    pub state: Option<TransferStatus>,
}

impl Entry {
    pub fn is_by(&self, user: &UserId) -> bool {
        self.source == Source::User && self.actor.as_ref().is_some_and(|actor| actor.id == *user)
    }

    /// Does what it says agree with `terms`? What it does not mention contradicts nothing.
    pub fn agrees_with(&self, terms: &[(Term, String)]) -> bool {
        terms.iter().all(|(term, wanted)| {
            let said = self.terms.iter().find(|(said, _)| said == term);
            said.is_none_or(|(_, said)| said == wanted)
        })
    }

    /// A person may have done it, and the history does not say who.
    pub fn names_nobody(&self) -> bool {
        self.actor.is_none() && !matches!(self.source, Source::Automation | Source::Partner)
    }

    /// The name to show: a person, or what acted instead of one.
    pub fn who(&self) -> &str {
        match (&self.actor, &self.source) {
            (Some(actor), _) => &actor.name,
            (None, Source::Automation) => "Automation",
            (None, Source::Partner) => "A partner system",
            (None, _) => "Somebody the history does not name",
        }
    }
}

/// A record of the payment history.
#[derive(Clone, PartialEq, Debug)]
pub struct Payment {
    pub id: PaymentId,
    pub kind: PaymentKind,
    pub status: TransferStatus,
    pub amount: Option<Money>,
    pub method: String,
    pub occurred_at: Option<Timestamp>,
    pub actor: Option<Actor>,
    /// Of a payment that was recorded: its own number, for example a check's.
    pub reference: Option<String>,
    /// Of a refund: the payment that it gives back.
    pub refund_of: Option<String>,
    pub correlation: Option<String>,
}
