//! The reviewer's checklist: the same questions for every report, answered anew for each version.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum ChecklistAnswer {
        Pass = "pass",
        Fail = "fail",
        NotApplicable = "notApplicable",
    }
}

/// Id, section, question.
pub const ITEMS: [(&str, &str, &str); 12] = [
    ("subject-address", "Subject", "Does the address match the order?"),
    (
        "subject-legal",
        "Subject",
        "Does the legal description match the title?",
    ),
    (
        "subject-photos",
        "Subject",
        "Are there photographs of the front, the rear and the street?",
    ),
    (
        "market-area",
        "Market",
        "Is the neighbourhood described without steering language?",
    ),
    ("market-trend", "Market", "Is the market trend supported by data?"),
    ("market-zoning", "Market", "Is the zoning stated, and is the use legal?"),
    (
        "comps-distance",
        "Comparables",
        "Are the comparables from the market area?",
    ),
    (
        "comps-age",
        "Comparables",
        "Did all comparables close within twelve months?",
    ),
    ("comps-adjust", "Comparables", "Are the adjustments explained?"),
    (
        "value-reconciled",
        "Conclusion",
        "Is the value reconciled with all approaches?",
    ),
    (
        "value-conditions",
        "Conclusion",
        "Are the conditions of the value stated?",
    ),
    (
        "value-signature",
        "Conclusion",
        "Is the report signed and dated by a licensed appraiser?",
    ),
];

pub fn is_item(id: &str) -> bool {
    ITEMS.iter().any(|(known, ..)| *known == id)
}

/// An item with its answer, in the contract's shape.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub id: &'static str,
    pub section: &'static str,
    pub question: &'static str,
    #[serde(flatten)]
    pub given: Given,
}

/// What was answered, if anything was.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    pub answer: Option<ChecklistAnswer>,
    pub note: Option<String>,
    pub answered_by: Option<Actor>,
    pub answered_at: Option<Stamp>,
}
