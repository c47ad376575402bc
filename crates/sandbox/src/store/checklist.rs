//! The reviewer's checklist: the same questions for every report, answered anew for each version.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::qc::Finding;
use crate::base::time::Stamp;
use crate::model::Actor;
use crate::problem::Problem;

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
    /// `pass`, `fail` or `notApplicable`.
    pub answer: Option<String>,
    pub note: Option<String>,
    pub answered_by: Option<Actor>,
    pub answered_at: Option<Stamp>,
}

/// All items with the answers given for a report; without a report all are open.
pub fn items(connection: &Connection, report_id: Option<&str>) -> Result<Vec<Item>, Problem> {
    ITEMS
        .iter()
        .map(|(id, section, question)| {
            let given = match report_id {
                Some(report_id) => given(connection, report_id, id)?,
                None => Given::default(),
            };
            Ok(Item {
                id,
                section,
                question,
                given,
            })
        })
        .collect()
}

fn given(connection: &Connection, report_id: &str, item_id: &str) -> Result<Given, Problem> {
    let doc: Option<String> = connection
        .prepare_cached("SELECT doc FROM checklist_answers WHERE report_id = ?1 AND item_id = ?2")?
        .query_row([report_id, item_id], |row| row.get(0))
        .optional()?;
    Ok(match doc {
        Some(doc) => serde_json::from_str(&doc)?,
        None => Given::default(),
    })
}

pub fn answer(connection: &Connection, report_id: &str, item_id: &str, given: &Given) -> Result<(), Problem> {
    connection
        .prepare_cached(
            "INSERT INTO checklist_answers (report_id, item_id, doc) VALUES (?1, ?2, ?3)
             ON CONFLICT (report_id, item_id) DO UPDATE SET doc = ?3",
        )?
        .execute(params![report_id, item_id, serde_json::to_string(given)?])?;
    Ok(())
}

/// What the reviewer marked as failed.
pub fn findings(connection: &Connection, report_id: &str) -> Result<Vec<Finding>, Problem> {
    let items = items(connection, Some(report_id))?;
    let failed = items.iter().filter(|item| item.given.answer.as_deref() == Some("fail"));
    Ok(failed
        .map(|item| Finding {
            id: format!("{report_id}-{}", item.id),
            source: "checklist".to_owned(),
            severity: "warning".to_owned(),
            code: "CHECKLIST".to_owned(),
            message: match &item.given.note {
                Some(note) => format!("{} {note}", item.question),
                None => item.question.to_owned(),
            },
            report_id: report_id.to_owned(),
            run_id: None,
            checklist_item_id: Some(item.id.to_owned()),
        })
        .collect())
}
