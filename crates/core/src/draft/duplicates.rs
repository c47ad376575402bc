//! Is there such an order already? Orders of the same loan or at the same address, before another one is created.
//!
//! Never a prohibition: a second order on a loan can be right. One for the same product that is still in the works is
//! asked about, once and by name.

use crate::ids::OrderId;
use crate::order::{Status, Summary};

/// What is about to be created, or edited.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Empty while none is chosen.
    pub loan: &'a str,
    /// By name, as lists know it; `None` while none is chosen.
    pub product: Option<&'a str>,
    pub street: &'a str,
    pub zip: &'a str,
    pub own: Own<'a>,
}

/// What the draft itself looks like in a list: it is no duplicate of itself.
#[derive(Clone, Copy, Debug)]
pub enum Own<'a> {
    /// Under which it is, or will be, created; empty while it has none.
    Reference(&'a str),
    Order(&'a OrderId),
}

/// An order like the one that is asked about. Invariant: in the same loan or at the same address, and not given up.
#[derive(Clone, PartialEq, Debug)]
pub struct Twin {
    pub order: Summary,
    pub loan: bool,
    pub address: bool,
    pub product: bool,
}

impl Twin {
    /// Creating another one needs a word of the operator's.
    pub fn is_asked_about(&self) -> bool {
        self.loan && self.product && !self.order.status.is_closed()
    }

    /// `same loan, address and product`
    pub fn words(&self) -> String {
        let same: Vec<_> = [
            (self.loan, "loan"),
            (self.address, "address"),
            (self.product, "product"),
        ]
        .into_iter()
        .filter_map(|(is, what)| is.then_some(what))
        .collect();
        let mut words = String::from("same ");
        for (index, what) in same.iter().enumerate() {
            words.push_str(match index {
                0 => "",
                _ if index + 1 == same.len() => " and ",
                _ => ", ",
            });
            words.push_str(what);
        }
        words
    }
}

/// The twins among these orders, each once, those that are asked about first; otherwise in the order given.
pub fn twins(asked: Asked<'_>, orders: impl IntoIterator<Item = Summary>) -> Vec<Twin> {
    let mut found: Vec<Twin> = Vec::new();
    for order in orders {
        let is_own = match asked.own {
            Own::Reference(reference) => !reference.is_empty() && order.client_reference.as_deref() == Some(reference),
            Own::Order(id) => order.at.order == *id,
        };
        let given_up = matches!(order.status, Status::Cancelled | Status::Rejected);
        if is_own || given_up || found.iter().any(|twin| twin.order.at.order == order.at.order) {
            continue;
        }
        let twin = Twin {
            loan: !asked.loan.is_empty() && order.at.loan.as_str() == asked.loan,
            address: is_at(&order.address, asked.street, asked.zip),
            product: asked
                .product
                .is_some_and(|product| order.product.as_deref() == Some(product)),
            order,
        };
        if twin.loan || twin.address {
            found.push(twin);
        }
    }
    found.sort_by_key(|twin| !twin.is_asked_about());
    found
}

/// Something is asked about that the operator has not agreed to by name.
pub fn unanswered(twins: &[Twin], agreed: &[OrderId]) -> bool {
    twins
        .iter()
        .any(|twin| twin.is_asked_about() && !agreed.contains(&twin.order.at.order))
}

/// What to search orders for: the street without its last word, which people write in several ways.
pub fn search_for(street: &str) -> String {
    const LONGEST: usize = 100;
    let words: Vec<_> = street.split_whitespace().collect();
    let kept = if words.len() > 2 { words.len() - 1 } else { words.len() };
    let text = words[..kept].join(" ");
    text.chars().take(LONGEST).collect()
}

/// `address` is a list's one line: street, city, state and ZIP code.
fn is_at(address: &str, street: &str, zip: &str) -> bool {
    let (address, street) = (words(address), words(street));
    let zip: String = zip.trim().chars().take(5).collect();
    let rest = address.strip_prefix(street.as_slice());
    !street.is_empty() && !zip.is_empty() && rest.is_some_and(|rest| rest.contains(&zip))
}

/// In small letters, without punctuation, and with the usual short forms.
fn words(text: &str) -> Vec<String> {
    const SHORT: [(&str, &str); 12] = [
        ("street", "st"),
        ("avenue", "ave"),
        ("road", "rd"),
        ("drive", "dr"),
        ("lane", "ln"),
        ("court", "ct"),
        ("boulevard", "blvd"),
        ("place", "pl"),
        ("north", "n"),
        ("south", "s"),
        ("east", "e"),
        ("west", "w"),
    ];
    text.split(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            let word = word.to_ascii_lowercase();
            let short = SHORT.iter().find(|(long, _)| *long == word);
            short.map_or(word, |(_, short)| (*short).to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::ids::{ClientId, LoanId, OrderRef};

    const ASKED: Asked<'static> = Asked {
        loan: "loan-1",
        product: Some("1004 URAR"),
        street: "12 Elm Street",
        zip: "78701",
        own: Own::Reference(""),
    };

    fn order(id: &str, loan: &str, status: Status) -> Summary {
        Summary {
            at: OrderRef {
                client: ClientId::new("cli"),
                loan: LoanId::new(loan),
                order: OrderId::new(id),
            },
            number: None,
            status,
            product: Some("1004 URAR".to_owned()),
            loan_number: String::new(),
            borrower: String::new(),
            address: "12 Elm St, Austin, TX 78701".to_owned(),
            vendor: None,
            branch: String::new(),
            due_at: None,
            due_date: None,
            updated_at: None,
            revisions: 0,
            client_reference: Some("ref-1".to_owned()),
        }
    }

    fn found(asked: Asked<'_>, order: Summary) -> Option<Twin> {
        twins(asked, [order]).pop()
    }

    #[test]
    fn loan_address_and_product_are_told_apart() {
        let twin = found(ASKED, order("a", "loan-1", Status::Draft)).unwrap();
        assert_eq!((twin.loan, twin.address, twin.product), (true, true, true));
        assert_eq!(twin.words(), "same loan, address and product");
        let twin = found(ASKED, order("a", "loan-2", Status::Draft)).unwrap();
        assert_eq!(twin.words(), "same address and product");
        let mut other = order("a", "loan-1", Status::Draft);
        other.address = "9 Oak Ave, Austin, TX 78701".to_owned();
        other.product = None;
        assert_eq!(found(ASKED, other.clone()).unwrap().words(), "same loan");
        other.at.loan = LoanId::new("loan-2");
        assert_eq!(found(ASKED, other), None, "the product alone makes no twin");
    }

    #[test]
    fn only_the_same_loan_and_product_in_the_works_is_asked_about() {
        for status in Status::PRINTED {
            let Some(twin) = found(ASKED, order("a", "loan-1", status)) else {
                assert!(matches!(status, Status::Cancelled | Status::Rejected), "{status:?}");
                continue;
            };
            assert_eq!(twin.is_asked_about(), status != Status::Completed, "{status:?}");
        }
        let unknown = found(ASKED, order("a", "loan-1", Status::Unknown(99))).unwrap();
        assert!(unknown.is_asked_about(), "what is not known may be in the works");
        assert!(
            !found(ASKED, order("a", "loan-2", Status::Draft))
                .unwrap()
                .is_asked_about()
        );
        let no_product = Asked { product: None, ..ASKED };
        assert!(
            !found(no_product, order("a", "loan-1", Status::Draft))
                .unwrap()
                .is_asked_about()
        );
    }

    #[test]
    fn a_draft_is_no_twin_of_itself() {
        let own = order("a", "loan-1", Status::Draft);
        let by_reference = Asked {
            own: Own::Reference("ref-1"),
            ..ASKED
        };
        assert_eq!(found(by_reference, own.clone()), None);
        let another = Asked {
            own: Own::Reference("ref-2"),
            ..ASKED
        };
        assert!(found(another, own.clone()).is_some(), "another draft of the same loan");
        let id = OrderId::new("a");
        assert_eq!(
            found(
                Asked {
                    own: Own::Order(&id),
                    ..ASKED
                },
                own.clone()
            ),
            None
        );
        for reference in [None, Some(String::new())] {
            let unnamed = Summary {
                client_reference: reference,
                ..own.clone()
            };
            assert!(
                found(ASKED, unnamed).is_some(),
                "an order without a reference is nobody's own"
            );
        }
    }

    #[test]
    fn each_order_comes_once_and_what_is_asked_about_first() {
        let orders = [
            order("far", "loan-2", Status::Draft),
            order("near", "loan-1", Status::InProgress),
            order("far", "loan-2", Status::Draft),
        ];
        let found = twins(ASKED, orders);
        let ids: Vec<_> = found.iter().map(|twin| twin.order.at.order.as_str()).collect();
        assert_eq!(ids, ["near", "far"]);
    }

    #[test]
    fn agreeing_counts_for_the_orders_that_were_shown() {
        let found = twins(
            ASKED,
            [order("a", "loan-1", Status::Draft), order("b", "loan-1", Status::Draft)],
        );
        let id = |id| OrderId::new(id);
        assert!(unanswered(&found, &[]));
        assert!(unanswered(&found, &[id("a")]), "another one came since");
        assert!(!unanswered(&found, &[id("a"), id("b")]));
        assert!(!unanswered(&[], &[]));
    }

    #[test]
    fn addresses_agree_however_they_are_written() {
        for (address, street, zip, same) in [
            ("12 Elm St, Austin, TX 78701", "12 elm st.", "78701", true),
            ("12 Elm Street, Austin, TX 78701-1234", "12 Elm St", "78701", true),
            ("12 Elm St, Austin, TX 78701", "12 Elm St", "78701-0001", true),
            ("12 North Elm St, Austin, TX 78701", "12 N. Elm St", "78701", true),
            ("112 Elm St, Austin, TX 78701", "12 Elm St", "78701", false),
            ("12 Elm St, Austin, TX 78702", "12 Elm St", "78701", false),
            ("12 Elm Stables, Austin, TX 78701", "12 Elm St", "78701", false),
            ("78701 Elm St, Austin, TX 78702", "78701 Elm St", "78701", false),
            ("12 Elm St, Austin, TX 78701", "", "78701", false),
            ("12 Elm St, Austin, TX 78701", "12 Elm St", "", false),
        ] {
            assert_eq!(is_at(address, street, zip), same, "{address} / {street} {zip}");
        }
    }

    #[test]
    fn the_search_leaves_out_what_is_written_in_several_ways() {
        assert_eq!(search_for(" 12  Elm   Street "), "12 Elm");
        assert_eq!(search_for("12 Broadway"), "12 Broadway");
        assert_eq!(search_for(""), "");
        assert_eq!(search_for(&"ä".repeat(300)).chars().count(), 100);
    }
}
