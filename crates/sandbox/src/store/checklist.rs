//! The answers of the reviewer's checklist.

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::checklist::{Given, ITEMS, Item};
use crate::problem::Problem;

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
