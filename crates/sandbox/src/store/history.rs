//! The order history and the workflow audit log: written once, never changed.

use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde_json::value::RawValue;

use super::orders::Stored;
use super::users::actor_from;
use crate::base::time::Stamp;
use crate::model::entry::{Entry, EntryType, Refs};
use crate::model::history::{Audit, Eyes, HistoryEntry, ReportEntry};
use crate::model::id::{spell, unspell};
use crate::model::moment::Moment;
use crate::problem::Problem;

/// Which entries to show, newest first.
#[derive(Clone, Debug)]
pub struct Window<'a> {
    pub now: Stamp,
    /// Only entries newer than this one.
    pub after: Option<i64>,
    /// Only entries older than this one.
    pub before: Option<i64>,
    pub kind: Option<&'a str>,
    pub limit: usize,
    pub eyes: Eyes,
}

/// What keeps a query on `history h` to what these eyes may see.
fn condition(eyes: Eyes) -> String {
    match eyes {
        Eyes::All => String::new(),
        Eyes::Vendor => format!(" AND h.type NOT IN ({})", quoted(&EntryType::ABOUT_MONEY)),
    }
}

/// The types as SQL texts; their names hold nothing that would have to be escaped.
fn quoted(types: &[EntryType]) -> String {
    let quoted: Vec<String> = types.iter().map(|kind| format!("'{kind}'")).collect();
    quoted.join(", ")
}

pub fn seq_of(id: &str) -> Option<i64> {
    unspell("evt", id)
}

/// Whether the order has an entry with this key.
pub fn exists(connection: &Connection, order_row: i64, seq: i64) -> Result<bool, Problem> {
    let exists = connection
        .prepare_cached("SELECT 1 FROM history WHERE seq = ?1 AND order_row = ?2")?
        .exists(params![seq, order_row])?;
    Ok(exists)
}

/// Writes the entry and moves the order as it says, so that the two cannot disagree. The order
/// itself is not saved.
pub fn tell(connection: &Connection, stored: &mut Stored, moment: Moment<'_>, entry: Entry<'_>) -> Result<(), Problem> {
    let from_status = entry.to_status.and(stored.order.status_code);
    let refs = match entry.refs == Refs::default() {
        true => None,
        false => Some(serde_json::to_string(&entry.refs)?),
    };
    connection
        .prepare_cached(
            "INSERT INTO history (order_row, type, occurred_at, visible_at, actor_id, source,
             from_status, to_status, reason, summary, correlation_id, vendor_id, refs)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            stored.row,
            entry.kind,
            moment.at.0,
            moment.visible_at.0,
            entry.actor_id,
            entry.source,
            from_status,
            entry.to_status,
            entry.reason,
            entry.summary,
            moment.correlation_id,
            entry.refs.vendor_id,
            refs,
        ])?;
    if entry.to_status.is_some() {
        stored.order.status_code = entry.to_status;
    }
    Ok(())
}

const SELECT: &str = "SELECT h.seq, h.type, h.occurred_at, h.source, h.from_status, h.to_status,
    h.reason, h.summary, h.correlation_id, h.refs, u.id, u.name, u.role
    FROM history h LEFT JOIN users u ON u.id = h.actor_id
    WHERE h.order_row = ? AND h.visible_at <= ?";

/// The entries in the window, and whether older ones exist beyond its limit.
pub fn list(
    connection: &Connection,
    order_row: i64,
    window: &Window<'_>,
) -> Result<(Vec<HistoryEntry>, bool), Problem> {
    let mut sql = String::from(SELECT);
    sql.push_str(&condition(window.eyes));
    let mut values: Vec<Value> = vec![order_row.into(), window.now.0.into()];
    if let Some(seq) = window.after {
        sql.push_str(" AND h.seq > ?");
        values.push(seq.into());
    }
    if let Some(seq) = window.before {
        sql.push_str(" AND h.seq < ?");
        values.push(seq.into());
    }
    if let Some(kind) = window.kind {
        sql.push_str(" AND h.type = ?");
        values.push(kind.to_owned().into());
    }
    // One more than asked for, to learn whether there is more.
    sql.push_str(" ORDER BY h.seq DESC LIMIT ?");
    values.push(i64::try_from(window.limit + 1).unwrap_or(i64::MAX).into());
    let mut statement = connection.prepare_cached(&sql)?;
    let mut items = statement
        .query_map(params_from_iter(values), entry_from)?
        .collect::<Result<Vec<_>, _>>()?;
    let has_older = items.len() > window.limit;
    items.truncate(window.limit);
    items.iter_mut().for_each(|entry| entry.suit(window.eyes));
    Ok((items, has_older))
}

pub fn get(
    connection: &Connection,
    order_row: i64,
    now: Stamp,
    seq: i64,
    eyes: Eyes,
) -> Result<Option<HistoryEntry>, Problem> {
    let mut entry = connection
        .prepare_cached(&format!("{SELECT}{} AND h.seq = ?", condition(eyes)))?
        .query_row([order_row, now.0, seq], entry_from)
        .optional()?;
    if let Some(entry) = &mut entry {
        entry.suit(eyes);
    }
    Ok(entry)
}

/// What happened to the order's report, newest first.
pub fn list_of_reports(connection: &Connection, order_row: i64, now: Stamp) -> Result<Vec<ReportEntry>, Problem> {
    let entries = connection
        .prepare_cached(&format!(
            "SELECT h.seq, h.type, h.occurred_at, h.refs ->> 'reportId', h.summary, u.id, u.name, u.role
             FROM history h LEFT JOIN users u ON u.id = h.actor_id
             WHERE h.order_row = ?1 AND h.visible_at <= ?2 AND h.type IN ({}) ORDER BY h.seq DESC",
            quoted(&EntryType::ABOUT_THE_REPORT)
        ))?
        .query_map([order_row, now.0], |row| {
            Ok(ReportEntry {
                id: spell("evt", row.get(0)?),
                kind: row.get(1)?,
                occurred_at: Stamp(row.get(2)?),
                report_id: row.get(3)?,
                summary: row.get(4)?,
                actor: actor_from(row, 5)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(entries)
}

/// The key of the order's latest entry of a type, 0 if there is none.
pub fn latest_of(connection: &Connection, order_row: i64, kind: EntryType) -> Result<i64, Problem> {
    let seq = connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM history WHERE order_row = ?1 AND type = ?2")?
        .query_row(params![order_row, kind], |row| row.get(0))?;
    Ok(seq)
}

/// The vendors that have declined this order.
pub fn decliners(connection: &Connection, order_row: i64) -> Result<Vec<String>, Problem> {
    let ids = connection
        .prepare_cached(
            "SELECT DISTINCT vendor_id FROM history
             WHERE order_row = ?1 AND type = ?2 AND vendor_id IS NOT NULL",
        )?
        .query_map(params![order_row, EntryType::Declined], |row| row.get(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(ids)
}

fn entry_from(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    Ok(HistoryEntry {
        id: spell("evt", row.get(0)?),
        kind: row.get(1)?,
        occurred_at: Stamp(row.get(2)?),
        actor: actor_from(row, 10)?,
        source: row.get(3)?,
        from_status: row.get(4)?,
        to_status: row.get(5)?,
        reason: row.get(6)?,
        summary: row.get(7)?,
        correlation_id: row.get(8)?,
        refs: RawValue::from_string(row.get::<_, Option<String>>(9)?.unwrap_or_else(|| "{}".to_owned()))
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(9, Type::Text, Box::new(error)))?,
    })
}

/// Writes an audit line: the kind of thing done, what it was, and which workflow did it.
pub fn audit(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    [kind, summary, workflow]: [&str; 3],
) -> Result<(), Problem> {
    connection
        .prepare_cached(
            "INSERT INTO audits (order_row, type, occurred_at, visible_at, summary, workflow)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            order_row,
            kind,
            moment.at.0,
            moment.visible_at.0,
            summary,
            workflow
        ])?;
    Ok(())
}

pub fn list_audits(connection: &Connection, order_row: i64, now: Stamp) -> Result<Vec<Audit>, Problem> {
    let audits = connection
        .prepare_cached(
            "SELECT seq, type, occurred_at, summary, workflow FROM audits
             WHERE order_row = ?1 AND visible_at <= ?2 ORDER BY seq DESC",
        )?
        .query_map([order_row, now.0], |row| {
            Ok(Audit {
                id: spell("aud", row.get(0)?),
                kind: row.get(1)?,
                occurred_at: Stamp(row.get(2)?),
                summary: row.get(3)?,
                workflow: row.get(4)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(audits)
}
