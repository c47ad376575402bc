//! What the agencies' portals have given out for a loan.

use rusqlite::{Connection, OptionalExtension, params};

use crate::model::agency::Portal;
use crate::model::id::unspell;
use crate::problem::Problem;

/// The document file id that a portal has given out for a loan.
pub fn document_file_id(connection: &Connection, loan_id: &str, portal: Portal) -> Result<Option<String>, Problem> {
    let id = connection
        .prepare_cached("SELECT document_file_id FROM agency_files WHERE loan_id = ?1 AND portal = ?2")?
        .query_row(params![loan_id, portal], |row| row.get(0))
        .optional()?;
    Ok(id)
}

/// The same, given out now if the loan has none yet.
pub fn issue_document_file_id(connection: &Connection, loan_id: &str, portal: Portal) -> Result<String, Problem> {
    if let Some(id) = document_file_id(connection, loan_id, portal)? {
        return Ok(id);
    }
    let number = unspell("loan", loan_id).unwrap_or(0);
    let id = match portal {
        Portal::Ead => format!("EA{:08}", 20_000_000 + number),
        Portal::Ucdp => format!("DF{:08}", 10_000_000 + number),
    };
    connection
        .prepare_cached("INSERT INTO agency_files (loan_id, portal, document_file_id) VALUES (?1, ?2, ?3)")?
        .execute(params![loan_id, portal, id])?;
    Ok(id)
}

/// Takes an appraisal number of a loan for an order; false if another order has it.
pub fn take_appraisal(
    connection: &Connection,
    loan_id: &str,
    portal: Portal,
    number: i64,
    order_row: i64,
) -> Result<bool, Problem> {
    connection
        .prepare_cached(
            "INSERT INTO agency_appraisals (loan_id, portal, number, order_row) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![loan_id, portal, number, order_row])?;
    let holder: i64 = connection
        .prepare_cached("SELECT order_row FROM agency_appraisals WHERE loan_id = ?1 AND portal = ?2 AND number = ?3")?
        .query_row(params![loan_id, portal, number], |row| row.get(0))?;
    Ok(holder == order_row)
}
