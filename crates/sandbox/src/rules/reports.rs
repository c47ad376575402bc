//! A new version of a report supersedes the earlier ones. None is ever overwritten.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::base::random;
use crate::model::actor::Actor;
use crate::model::moment::{EVER, Moment};
use crate::model::report::{Report, ReportStatus};
use crate::model::review::Revision;
use crate::problem::Problem;
use crate::store::records;

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
        status: ReportStatus::Submitted,
        correlation_id: moment.correlation_id.map(str::to_owned),
    })?;
    for mut old in earlier {
        if old.status != ReportStatus::Superseded {
            old.status = ReportStatus::Superseded;
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

pub fn set_status(connection: &Connection, mut report: Report, status: ReportStatus) -> Result<(), Problem> {
    report.status = status;
    records::save(connection, &report)
}
