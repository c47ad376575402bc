//! By which record it is known, after a doubtful answer, that an operation was carried out, and where that is kept.
//!
//! Source: `x-evidence` in the contract.

use super::words::Words;
use crate::status::Status;

/// Where an operation keeps a record of its own, beside the order history.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ledger {
    Reports,
    Documents,
    Runs,
    Revisions,
    Rovs,
    /// The decisions among the reconsiderations of value.
    Decisions,
    Deliveries,
    Submissions,
    /// The overrides within the agency submissions.
    Overrides,
    Invoices,
    Payments,
}

/// What tells a record of one attempt from another of the same kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Term {
    Report,
    Rov,
    /// The payment that is refunded.
    Payment,
    Submission,
    Amount,
    Reference,
    Recipient,
    /// The name and the size of a file, as one text.
    File,
    Text,
}

impl Term {
    /// With the journal's word for each.
    pub const ALL: [(&'static str, Self); 9] = [
        ("report", Self::Report),
        ("rov", Self::Rov),
        ("payment", Self::Payment),
        ("submission", Self::Submission),
        ("amount", Self::Amount),
        ("reference", Self::Reference),
        ("recipient", Self::Recipient),
        ("file", Self::File),
        ("text", Self::Text),
    ];
}

/// The records of an order that tell of one operation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The history's words for it.
    pub kinds: &'static [&'static str],
    /// Where it leads, if it moves the order.
    pub leads_to: &'static [Status],
    /// Its own records, and the word that tells them from others in the same list.
    pub ledger: Option<(Ledger, &'static str)>,
    /// What tells one attempt's record from another's.
    pub terms: &'static [Term],
    /// It can move money beside what it is for: then a doubtful answer is not settled without the payment history.
    /// Operations that are for moving money have their own records there.
    pub beside_money: bool,
}

impl Rule {
    /// Told by the order history.
    pub(super) const fn entry(kinds: &'static [&'static str], leads_to: &'static [Status]) -> Self {
        Self {
            kinds,
            leads_to,
            ledger: None,
            terms: &[],
            beside_money: false,
        }
    }

    /// Told by a list of its own too.
    pub(super) const fn kept(self, ledger: Ledger, word: &'static str) -> Self {
        Self {
            ledger: Some((ledger, word)),
            ..self
        }
    }

    pub(super) const fn by(self, terms: &'static [Term]) -> Self {
        Self { terms, ..self }
    }

    pub(super) const fn beside_money(self) -> Self {
        Self {
            beside_money: true,
            ..self
        }
    }
}

/// What settles a doubtful answer.
#[derive(Clone, Copy, Debug)]
pub enum Settled {
    /// Asking again: it changes nothing, or nothing more.
    Again,
    /// The rules of the session.
    InSession,
    /// The new draft's client reference, among the orders of its loan.
    ByReference(Words),
    /// The order's records.
    ByRecords(Rule, Words),
}
