//! What seeded documents and reports say: written from the order when somebody asks for them.

use crate::base::pdf;
use crate::model::order::Order;

/// A version of an order's report, as the seed's vendors write them.
pub fn report(order: &Order, version: i64) -> Vec<u8> {
    let mut title = head(order);
    title.insert(0, format!("Appraisal report, version {version}"));
    let facts = vec![
        "Summary of facts".to_owned(),
        format!("Property: {}", order.address()),
        "This document was made up by a sandbox. It values nothing.".to_owned(),
    ];
    pdf::write(&[title, facts])
}

/// A document that was filed with an order.
pub fn document(order: &Order, name: &str) -> Vec<u8> {
    let mut lines = head(order);
    lines.insert(0, name.to_owned());
    pdf::write(&[lines])
}

/// Only what activation has fixed for good, so that the same bytes come each time.
fn head(order: &Order) -> Vec<String> {
    vec![
        format!("Order {}", order.order_number.as_deref().unwrap_or(&order.id)),
        order.address(),
        format!("Loan {}", order.loan.number),
    ]
}
