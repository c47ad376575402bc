//! What follows from an operation's row.

use super::evidence::{Rule, Settled};
use super::table::Operation;
use super::words::Words;
use crate::text::capital;

impl Operation {
    /// The operation as a heading, for example `Activating the order`.
    pub fn name(self) -> String {
        capital(self.doing())
    }

    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.key() == key)
    }

    /// The evidence rule of an operation that is judged by the order's records.
    pub const fn rule(self) -> Option<Rule> {
        match self.settled() {
            Settled::ByRecords(rule, _) => Some(*rule),
            Settled::Again | Settled::InSession | Settled::ByReference(_) => None,
        }
    }

    /// Can this operation move money beside what it is for?
    pub const fn may_move_money(self) -> bool {
        match self.rule() {
            Some(rule) => rule.beside_money,
            None => false,
        }
    }

    /// How its end is spoken of, if it is sent once on an order or makes one.
    pub const fn words(self) -> Option<&'static Words> {
        match self.settled() {
            Settled::ByRecords(_, words) | Settled::ByReference(words) => Some(words),
            Settled::Again | Settled::InSession => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_moves_of_one_endpoint_share_a_name_and_none_shares_a_key() {
        for (index, one) in Operation::ALL.iter().enumerate() {
            assert_eq!(Operation::by_key(one.key()), Some(*one));
            for other in &Operation::ALL[..index] {
                if one.api_name() == other.api_name() {
                    assert_eq!(one.api_name(), "updateOrderStatus", "{one:?} and {other:?}");
                    assert_eq!(one.class(), other.class());
                }
            }
        }
    }
}
