//! What is filed with an order, and who may see it.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::users::actor_from;
use crate::base::time::Stamp;
use crate::model::document::{Access, Document, NewDocument, Party};
use crate::model::id::{spell, unspell};
use crate::model::moment::Moment;
use crate::problem::Problem;

/// Files a document and answers its id.
pub fn append(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    document: NewDocument<'_>,
) -> Result<String, Problem> {
    connection
        .prepare_cached(
            "INSERT INTO documents (order_row, name, kind, content_type, size, uploaded_at, visible_at, actor_id,
             correlation_id, for_vendor, for_client)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            order_row,
            document.name,
            document.kind,
            document.content_type,
            i64::try_from(document.size).unwrap_or(i64::MAX),
            moment.at.0,
            moment.visible_at.0,
            document.actor_id,
            moment.correlation_id,
            document.access.vendor,
            document.access.client
        ])?;
    Ok(spell("doc", connection.last_insert_rowid()))
}

const SELECT: &str = "SELECT d.seq, d.name, d.kind, d.content_type, d.size, d.uploaded_at, d.for_vendor,
    d.for_client, d.correlation_id, u.id, u.name, u.role FROM documents d JOIN users u ON u.id = d.actor_id
    WHERE d.order_row = ?1 AND d.visible_at <= ?2";

/// The order's documents that can be seen at `now`, newest first.
pub fn list(connection: &Connection, order_row: i64, now: Stamp) -> Result<Vec<Document>, Problem> {
    let documents = connection
        .prepare_cached(&format!("{SELECT} ORDER BY d.seq DESC"))?
        .query_map([order_row, now.0], document_from)?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(documents)
}

pub fn get(connection: &Connection, order_row: i64, now: Stamp, id: &str) -> Result<Option<Document>, Problem> {
    let Some(seq) = unspell("doc", id) else {
        return Ok(None);
    };
    let document = connection
        .prepare_cached(&format!("{SELECT} AND d.seq = ?3"))?
        .query_row([order_row, now.0, seq], document_from)
        .optional()?;
    Ok(document)
}

pub fn set_access(connection: &Connection, id: &str, party: Party, may_see: bool) -> Result<(), Problem> {
    let column = match party {
        Party::Vendor => "for_vendor",
        Party::Client => "for_client",
    };
    connection
        .prepare_cached(&format!("UPDATE documents SET {column} = ?2 WHERE seq = ?1"))?
        .execute(params![unspell("doc", id), may_see])?;
    Ok(())
}

fn document_from(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: spell("doc", row.get(0)?),
        name: row.get(1)?,
        kind: row.get(2)?,
        content_type: row.get(3)?,
        size: row.get(4)?,
        uploaded_at: Stamp(row.get(5)?),
        access: Access {
            vendor: row.get(6)?,
            client: row.get(7)?,
        },
        correlation_id: row.get(8)?,
        uploaded_by: actor_from(row, 9)?,
    })
}
