//! An order's own records, one document each.

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::time::Stamp;
use crate::model::id::{spell, unspell};
use crate::model::moment::Moment;
use crate::model::record::Record;
use crate::problem::Problem;

/// Writes a new record; `make` is given its id.
pub fn append<T: Record>(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    make: impl FnOnce(String) -> T,
) -> Result<T, Problem> {
    let seq: i64 = connection
        .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM records")?
        .query_row([], |row| row.get(0))?;
    let record = make(spell(T::KIND, seq));
    connection
        .prepare_cached("INSERT INTO records (seq, order_row, kind, visible_at, doc) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            seq,
            order_row,
            T::KIND,
            moment.visible_at.0,
            serde_json::to_string(&record)?
        ])?;
    Ok(record)
}

/// Replaces what is kept of a record.
pub fn save<T: Record>(connection: &Connection, record: &T) -> Result<(), Problem> {
    let Some(seq) = unspell(T::KIND, record.id()) else {
        return Err(Problem::internal("a record with a foreign id"));
    };
    connection
        .prepare_cached("UPDATE records SET doc = ?2 WHERE seq = ?1")?
        .execute(params![seq, serde_json::to_string(record)?])?;
    Ok(())
}

/// The order's records of a kind that can be seen at `now`, newest first.
pub fn list<T: Record>(connection: &Connection, order_row: i64, now: Stamp) -> Result<Vec<T>, Problem> {
    connection
        .prepare_cached(
            "SELECT doc FROM records WHERE order_row = ?1 AND kind = ?2 AND visible_at <= ?3 ORDER BY seq DESC",
        )?
        .query_map(params![order_row, T::KIND, now.0], |row| row.get::<_, String>(0))?
        .map(|doc| Ok(serde_json::from_str(&doc?)?))
        .collect()
}

/// One record of the order.
pub fn get<T: Record>(connection: &Connection, order_row: i64, now: Stamp, id: &str) -> Result<Option<T>, Problem> {
    let Some(seq) = unspell(T::KIND, id) else {
        return Ok(None);
    };
    let doc: Option<String> = connection
        .prepare_cached("SELECT doc FROM records WHERE seq = ?1 AND order_row = ?2 AND kind = ?3 AND visible_at <= ?4")?
        .query_row(params![seq, order_row, T::KIND, now.0], |row| row.get(0))
        .optional()?;
    Ok(match doc {
        Some(doc) => Some(serde_json::from_str(&doc)?),
        None => None,
    })
}

/// The order's newest record of a kind.
pub fn latest<T: Record>(connection: &Connection, order_row: i64, now: Stamp) -> Result<Option<T>, Problem> {
    let doc: Option<String> = connection
        .prepare_cached(
            "SELECT doc FROM records WHERE order_row = ?1 AND kind = ?2 AND visible_at <= ?3
             ORDER BY seq DESC LIMIT 1",
        )?
        .query_row(params![order_row, T::KIND, now.0], |row| row.get(0))
        .optional()?;
    Ok(match doc {
        Some(doc) => Some(serde_json::from_str(&doc)?),
        None => None,
    })
}
