//! The order history and the workflow audit log: written once, never changed.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter, types::Value};
use serde::Serialize;

use crate::model::Actor;
use crate::problem::Problem;
use crate::status::Code;
use crate::store::orders::Stored;
use crate::store::{spell, unspell};
use crate::time::Stamp;

/// What happened, without its moment. By default a person did it and the status stayed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    kind: &'a str,
    summary: &'a str,
    actor_id: Option<&'a str>,
    source: &'a str,
    to_status: Option<Code>,
    reason: Option<&'a str>,
    vendor_id: Option<&'a str>,
    payment_seq: Option<i64>,
    report_id: Option<&'a str>,
    submission_id: Option<&'a str>,
}

impl<'a> Entry<'a> {
    pub fn new(kind: &'a str, summary: &'a str) -> Self {
        Self {
            kind,
            summary,
            actor_id: None,
            source: "user",
            to_status: None,
            reason: None,
            vendor_id: None,
            payment_seq: None,
            report_id: None,
            submission_id: None,
        }
    }

    #[must_use]
    pub fn by(self, user_id: &'a str) -> Self {
        Self {
            actor_id: Some(user_id),
            ..self
        }
    }

    #[must_use]
    pub fn by_automation(self) -> Self {
        Self {
            source: "automation",
            ..self
        }
    }

    #[must_use]
    pub fn by_partner(self) -> Self {
        Self {
            source: "partner",
            ..self
        }
    }

    /// The order moved to this status.
    #[must_use]
    pub fn to(self, status: Code) -> Self {
        Self {
            to_status: Some(status),
            ..self
        }
    }

    #[must_use]
    pub fn because(self, reason: &'a str) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }

    #[must_use]
    pub fn vendor(self, vendor_id: &'a str) -> Self {
        Self {
            vendor_id: Some(vendor_id),
            ..self
        }
    }

    #[must_use]
    pub fn payment(self, seq: i64) -> Self {
        Self {
            payment_seq: Some(seq),
            ..self
        }
    }

    #[must_use]
    pub fn report(self, report_id: &'a str) -> Self {
        Self {
            report_id: Some(report_id),
            ..self
        }
    }

    #[must_use]
    pub fn submission(self, submission_id: &'a str) -> Self {
        Self {
            submission_id: Some(submission_id),
            ..self
        }
    }
}

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
    pub refs: Refs,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refs {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission_id: Option<String>,
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
}

pub fn seq_of(id: &str) -> Option<i64> {
    unspell("evt", id)
}

/// Writes the entry and moves the order as it says, so that the two cannot disagree. The order
/// itself is not saved.
pub fn tell(connection: &Connection, stored: &mut Stored, moment: Moment<'_>, entry: Entry<'_>) -> Result<(), Problem> {
    let from_status = entry.to_status.and(stored.order.status_code);
    connection
        .prepare_cached(
            "INSERT INTO history (order_row, type, occurred_at, visible_at, actor_id, source,
             from_status, to_status, reason, summary, correlation_id, vendor_id, payment_id,
             report_id, submission_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
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
            entry.vendor_id,
            entry.payment_seq.map(super::payments::id_of),
            entry.report_id,
            entry.submission_id,
        ])?;
    if entry.to_status.is_some() {
        stored.order.status_code = entry.to_status;
    }
    Ok(())
}

const SELECT: &str = "SELECT h.seq, h.type, h.occurred_at, h.source, h.from_status, h.to_status,
    h.reason, h.summary, h.correlation_id, h.vendor_id, h.report_id, h.payment_id,
    h.submission_id, u.id, u.name, u.role
    FROM history h LEFT JOIN users u ON u.id = h.actor_id
    WHERE h.order_row = ? AND h.visible_at <= ?";

/// The entries in the window, and whether older ones exist beyond its limit.
pub fn list(
    connection: &Connection,
    order_row: i64,
    window: &Window<'_>,
) -> Result<(Vec<HistoryEntry>, bool), Problem> {
    let mut sql = String::from(SELECT);
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
    Ok((items, has_older))
}

pub fn get(connection: &Connection, order_row: i64, now: Stamp, seq: i64) -> Result<Option<HistoryEntry>, Problem> {
    let entry = connection
        .prepare_cached(&format!("{SELECT} AND h.seq = ?"))?
        .query_row([order_row, now.0, seq], entry_from)
        .optional()?;
    Ok(entry)
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
        actor: actor_from(row, 13)?,
        source: row.get(3)?,
        from_status: row.get(4)?,
        to_status: row.get(5)?,
        reason: row.get(6)?,
        summary: row.get(7)?,
        correlation_id: row.get(8)?,
        refs: Refs {
            vendor_id: row.get(9)?,
            report_id: row.get(10)?,
            payment_id: row.get(11)?,
            submission_id: row.get(12)?,
        },
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
