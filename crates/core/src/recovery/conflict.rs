//! The conflict screen as data: what the operator saw, what was tried, what is true now, and who made the difference.

use std::borrow::Cow;

use super::attempt::Intent;
use super::evidence::{Baseline, Evidence};
use super::snapshot::{FIELDS, NOTHING, facts};
use crate::order::{Entry, Order};

/// One line of the comparison. `differs` when the order changed between the press and now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    pub field: Cow<'static, str>,
    pub before: String,
    pub tried: Option<String>,
    pub now: String,
    pub differs: bool,
}

/// Compares the order at the press with the order now. Lines that are empty on every side are left out; the status
/// is always there, and so is everything that was asked for: what the operator typed must not be lost here.
pub fn rows(intent: &Intent, now: Option<&Order>) -> Vec<Row> {
    let before = intent.baseline.order.as_ref().map(|before| &before.facts);
    let now = now.map(facts);
    let value = |side: Option<&[String; 7]>, index: usize| {
        side.map_or_else(|| NOTHING.to_owned(), |facts| facts[index].clone())
    };
    let names: &[&'static str] = if before.is_some() || now.is_some() {
        &FIELDS
    } else {
        &[]
    };
    let facts = names
        .iter()
        .enumerate()
        .map(|(index, field)| {
            let (before, now) = (value(before, index), value(now.as_ref(), index));
            let tried = intent
                .asked
                .iter()
                .find(|(asked, _)| asked == field)
                .map(|(_, value)| value.clone());
            Row {
                field: Cow::Borrowed(*field),
                differs: before != now,
                before,
                tried,
                now,
            }
        })
        .filter(|row| {
            row.field == "Status" || row.tried.is_some() || row.differs || row.now != NOTHING && row.field == "Vendor"
        });
    let is_fact = |field: &str| names.contains(&field);
    let others = intent
        .asked
        .iter()
        .filter(|(field, _)| !is_fact(field))
        .map(|(field, tried)| Row {
            field: field.clone(),
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
