//! The conflict screen as data: what the operator saw, what was tried, what is true now, and who made the difference.

use super::attempt::Intent;
use super::evidence::{Baseline, Evidence};
use crate::order::{Entry, Order};

/// One line of the comparison. `differs` when the order changed between the press and now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub field: &'static str,
    pub before: String,
    pub tried: Option<String>,
    pub now: String,
    pub differs: bool,
}

const NOTHING: &str = "—";

/// The order's facts that an action can change, each as plain text.
fn facts(order: &Order) -> [(&'static str, String); 7] {
    let or_nothing = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or(NOTHING).to_owned();
    [
        ("Status", order.status.label().into_owned()),
        ("Order number", or_nothing(order.number.as_deref())),
        (
            "Vendor",
            or_nothing(order.vendor.as_ref().map(|vendor| vendor.name.as_str())),
        ),
        ("Due date", or_nothing(order.due_date.as_deref())),
        (
            "Fee",
            order
                .fee
                .as_ref()
                .map_or_else(|| NOTHING.to_owned(), |fee| fee.total.plain()),
        ),
        (
            "Hold reason",
            or_nothing(order.hold.as_ref().map(|hold| hold.reason.as_str())),
        ),
        (
            "Payment",
            or_nothing(order.payment.as_ref().map(|payment| payment.status.as_str())),
        ),
    ]
}

/// Compares the order at the press with the order now. Lines that are empty on every side are left out; the status
/// is always there, and so is everything that was asked for: what the operator typed must not be lost here.
pub fn rows(intent: &Intent, now: Option<&Order>) -> Vec<Row> {
    let before = intent.baseline.order.as_ref().map(facts);
    let now = now.map(facts);
    let names = before.as_ref().or(now.as_ref());
    let value = |side: &Option<[(&'static str, String); 7]>, index: usize| {
        side.as_ref()
            .map_or_else(|| NOTHING.to_owned(), |facts| facts[index].1.clone())
    };
    let facts = names
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(index, (field, _))| {
            let (before, now) = (value(&before, index), value(&now, index));
            let tried = intent
                .asked
                .iter()
                .find(|(asked, _)| asked == field)
                .map(|(_, value)| value.clone());
            Row {
                field,
                differs: before != now,
                before,
                tried,
                now,
            }
        })
        .filter(|row| {
            row.field == "Status" || row.tried.is_some() || row.differs || row.now != NOTHING && row.field == "Vendor"
        });
    let is_fact = |field: &str| names.is_some_and(|names| names.iter().any(|(name, _)| *name == field));
    let others = intent
        .asked
        .iter()
        .filter(|(field, _)| !is_fact(field))
        .map(|(field, tried)| Row {
            field,
            before: NOTHING.to_owned(),
            tried: Some(tried.clone()),
            now: NOTHING.to_owned(),
            differs: false,
        });
    facts.chain(others).collect()
}

/// The entries that explain the difference, newest first.
pub fn explanations<'a>(evidence: &'a Evidence, baseline: &'a Baseline) -> Vec<&'a Entry> {
    evidence.news(baseline).collect()
}
