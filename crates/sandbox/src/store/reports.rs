//! The versions of an order's report. None is ever overwritten.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::base::random;
use crate::base::time::Stamp;
use crate::model::Actor;
use crate::problem::Problem;
use crate::store::history::Moment;
use crate::store::qc::Revision;
use crate::store::records::{self, EVER, Record};
use sha2::{Digest, Sha256};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    Submitted,
    Accepted,
    RevisionRequested,
    /// A newer version is there.
    Superseded,
}

/// A version of the report, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub id: String,
    /// Counted from 1 within the order.
    pub version: i64,
    pub name: String,
    pub content_type: String,
    /// In bytes.
    pub size: usize,
    /// Of the content, in lower-case hex.
    pub sha256: String,
    pub submitted_at: Stamp,
    pub submitted_by: Actor,
    pub status: Status,
    pub correlation_id: Option<String>,
}

impl Record for Report {
    const KIND: &'static str = "rep";

    fn id(&self) -> &str {
        &self.id
    }
}

/// A file about to become the next version.
pub struct NewReport<'a> {
    pub name: &'a str,
    pub content_type: &'a str,
    pub bytes: &'a [u8],
    pub by: Actor,
}

/// Files the next version; it supersedes the earlier ones and resolves what was asked of them.
pub fn submit(
    connection: &Connection,
    order_row: i64,
    moment: Moment<'_>,
    new: NewReport<'_>,
) -> Result<Report, Problem> {
    let earlier: Vec<Report> = records::list(connection, order_row, EVER)?;
    let report = records::append(connection, order_row, moment, |id| Report {
        id,
        version: earlier.first().map_or(1, |latest| latest.version + 1),
        name: new.name.to_owned(),
        content_type: new.content_type.to_owned(),
        size: new.bytes.len(),
        sha256: random::encode_hex(&Sha256::digest(new.bytes)),
        submitted_at: moment.at,
        submitted_by: new.by,
        status: Status::Submitted,
        correlation_id: moment.correlation_id.map(str::to_owned),
    })?;
    for mut old in earlier {
        if old.status != Status::Superseded {
            old.status = Status::Superseded;
            records::save(connection, &old)?;
        }
    }
    for mut revision in records::list::<Revision>(connection, order_row, EVER)? {
        if revision.resolved_by_report_id.is_none() {
            revision.resolved_by_report_id = Some(report.id.clone());
            records::save(connection, &revision)?;
        }
    }
    Ok(report)
}

pub fn latest(connection: &Connection, order_row: i64) -> Result<Option<Report>, Problem> {
    records::latest(connection, order_row, EVER)
}

pub fn set_status(connection: &Connection, mut report: Report, status: Status) -> Result<(), Problem> {
    report.status = status;
    records::save(connection, &report)
}
