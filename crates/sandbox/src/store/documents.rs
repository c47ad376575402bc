//! What is filed with an order. Only the index cards exist, no contents.

use rusqlite::{Connection, params};
use serde::Serialize;

use crate::model::Actor;
use crate::problem::Problem;
use crate::store::history::actor_from;
use crate::store::spell;
use crate::time::Stamp;

/// A document about to be filed.
#[derive(Clone, Copy, Debug)]
pub struct NewDocument<'a> {
    pub name: &'a str,
    pub kind: &'a str,
    pub content_type: &'a str,
    pub size: i64,
    pub uploaded_at: Stamp,
    pub actor_id: &'a str,
}

/// A document as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub content_type: String,
    /// In bytes.
    pub size: i64,
    pub uploaded_at: Stamp,
    pub uploaded_by: Option<Actor>,
}

pub fn append(connection: &Connection, order_row: i64, document: NewDocument<'_>) -> Result<(), Problem> {
    connection
        .prepare_cached(
            "INSERT INTO documents (order_row, name, kind, content_type, size, uploaded_at, actor_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            order_row,
            document.name,
            document.kind,
            document.content_type,
            document.size,
            document.uploaded_at.0,
            document.actor_id
        ])?;
    Ok(())
}

pub fn list(connection: &Connection, order_row: i64) -> Result<Vec<Document>, Problem> {
    let documents = connection
        .prepare_cached(
            "SELECT d.seq, d.name, d.kind, d.content_type, d.size, d.uploaded_at,
             u.id, u.name, u.role FROM documents d JOIN users u ON u.id = d.actor_id
             WHERE d.order_row = ?1 ORDER BY d.seq DESC",
        )?
        .query_map([order_row], |row| {
            Ok(Document {
                id: spell("doc", row.get(0)?),
                name: row.get(1)?,
                kind: row.get(2)?,
                content_type: row.get(3)?,
                size: row.get(4)?,
                uploaded_at: Stamp(row.get(5)?),
                uploaded_by: actor_from(row, 6)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(documents)
}
