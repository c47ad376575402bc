//! Does this record tell of that operation? Reads the rules of the [operations](crate::operation::Rule).
//!
//! A record counts by its kind or, where the kind is a word that no rule knows, by the status that it led to: a platform
//! may name its entries differently, and "not carried out" must not rest on a name.

use crate::operation::{Ledger, Operation, Rule};
use crate::order::Entry;

/// Is this a word that some rule knows? Then it is no other operation's record, wherever it led.
fn is_known(kind: &str) -> bool {
    Operation::ALL
        .iter()
        .filter_map(|operation| operation.rule())
        .any(|rule| rule.kinds.contains(&kind))
}

impl Rule {
    /// Does this entry of the order history record such an operation?
    pub fn is_told_by(&self, entry: &Entry) -> bool {
        let kind = entry.kind.as_str();
        let led_there = || {
            entry.from != entry.to && self.leads_to.iter().any(|status| entry.to == status.code()) && !is_known(kind)
        };
        self.kinds.contains(&kind) || led_there()
    }

    /// Is this record of its own list one of such an operation?
    pub fn is_kept_as(&self, record: &Entry) -> bool {
        self.ledger.is_some_and(|(_, word)| record.kind == word)
    }

    /// Only its own record tells how it ended: a charge that the history mentions may be pending, or may have failed.
    pub const fn only_its_record_proves(&self) -> bool {
        matches!(self.ledger, Some((Ledger::Payments, _)))
    }
}
