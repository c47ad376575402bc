//! The order history and the workflow audit log: written once, never changed.

mod entry;

use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::time::Stamp;
use crate::contract::status::Code;
use crate::model::Actor;
use crate::problem::Problem;
use crate::store::orders::Stored;
use crate::store::{spell, unspell};

pub use entry::Entry;
use entry::Refs;

/// When and by which request something is written, and from when on it can be read.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    pub at: Stamp,
    pub visible_at: Stamp,
    pub correlation_id: Option<&'a str>,
}

/// An entry as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub source: String,
    pub from_status: Option<Code>,
    pub to_status: Option<Code>,
    pub reason: Option<String>,
    pub summary: String,
    pub correlation_id: Option<String>,
    /// Kept as it was written.
    pub refs: Box<RawValue>,
}

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

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Whoever may see everything that is told of an order.
    All,
    /// A vendor: what the client pays is not told to it.
    Vendor,
}

impl Eyes {
    /// What keeps a query on `history h` to what these eyes may see.
    fn condition(self) -> &'static str {
        match self {
            Eyes::All => "",
            Eyes::Vendor => {
                " AND h.type NOT IN ('invoiced', 'paymentCollected', 'paymentFailed', 'paymentLinkSent',
                 'paymentReceived', 'markedPaid', 'refunded')"
            }
        }
    }
}

/// How the summary of a change begins that is a change of the order fee first.
pub const ORDER_FEE_CHANGED: &str = "Changed order fee ";

pub fn seq_of(id: &str) -> Option<i64> {
    unspell("evt", id)
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
    sql.push_str(window.eyes.condition());
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
        .prepare_cached(&format!("{SELECT}{} AND h.seq = ?", eyes.condition()))?
        .query_row([order_row, now.0, seq], entry_from)
        .optional()?;
    if let Some(entry) = &mut entry {
        entry.suit(eyes);
    }
    Ok(entry)
}

impl HistoryEntry {
    /// Leaves out of the summary what these eyes may not see.
    fn suit(&mut self, eyes: Eyes) {
        if eyes == Eyes::All || self.kind != "orderUpdated" {
            return;
        }
        if let Some(fee) = self.summary.strip_prefix(ORDER_FEE_CHANGED) {
            self.summary = match fee.split_once("; ") {
                Some((_, rest)) => format!("Changed {rest}"),
                None => "Changed the order".to_owned(),
            };
        }
    }
}

/// An entry about the report, as the report history shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub report_id: Option<String>,
    pub summary: String,
}

/// What happened to the order's report, newest first.
pub fn list_of_reports(connection: &Connection, order_row: i64, now: Stamp) -> Result<Vec<ReportEntry>, Problem> {
    let entries = connection
        .prepare_cached(
            "SELECT h.seq, h.type, h.occurred_at, h.refs ->> 'reportId', h.summary, u.id, u.name, u.role
             FROM history h LEFT JOIN users u ON u.id = h.actor_id
             WHERE h.order_row = ?1 AND h.visible_at <= ?2 AND h.type IN ('reportSubmitted', 'reportAccepted',
             'revisionRequested', 'clientRevisionRequested', 'rovSubmitted', 'rovDecided', 'delivered')
             ORDER BY h.seq DESC",
        )?
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
pub fn latest_of(connection: &Connection, order_row: i64, kind: &str) -> Result<i64, Problem> {
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
             WHERE order_row = ?1 AND type = 'declined' AND vendor_id IS NOT NULL",
        )?
        .query_map([order_row], |row| row.get(0))?
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

/// The joined user's id, name and role from three columns starting at `first`.
pub(super) fn actor_from(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Actor>> {
    let id: Option<String> = row.get(first)?;
    id.map(|id| {
        Ok(Actor {
            id,
            name: row.get(first + 1)?,
            role: row.get(first + 2)?,
        })
    })
    .transpose()
}

/// A line of the workflow audit log: what automation did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub occurred_at: Stamp,
    pub summary: String,
    pub workflow: String,
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
