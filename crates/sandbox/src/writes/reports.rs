//! The report: submitted version by version, accepted in its latest one.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::{expected_version, version_only};
use super::done::Done;
use crate::contract::status;
use crate::input::form::{PDF, Upload, ZIP};
use crate::input::{Fields, Mistakes};
use crate::model::agency::AgencyStatus;
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::EVER;
use crate::model::report::{Report, ReportStatus};
use crate::problem::{Code, Problem};
use crate::rules::reports as versions;
use crate::rules::reports::NewReport;
use crate::store::orders::Stored;
use crate::store::{contents, records};

pub(super) fn submit(
    act: &Act<'_>,
    mut stored: Stored,
    body: Option<&Value>,
    file: Option<&Upload>,
) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    if file.is_none() {
        mistakes.add("file", "This part is required.");
    }
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let file = file.ok_or_else(|| Problem::field("file", "This part is required."))?;
    let content_type = file.check(&[PDF, ZIP])?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "given a report", |code| {
        matches!(code, status::INSPECTED | status::REVISION | status::CLIENT_REVISION)
    })?;
    let new = NewReport {
        name: &file.name,
        content_type,
        bytes: &file.bytes,
        by: act.user.actor(),
    };
    let report = versions::submit(act.tx, stored.row, act.moment, new)?;
    contents::keep(act.tx, &report.id, &file.bytes)?;
    // What was sent out and submitted was an earlier version.
    stored.order.delivery = None;
    if let Some(agency) = &mut stored.order.agency {
        agency.status = AgencyStatus::NotSubmitted;
    }
    let summary = format!("Submitted report version {}: {}", report.version, report.name);
    let entry = Entry::new(EntryType::ReportSubmitted, &summary)
        .by(&act.user.id)
        .to(status::REPORT_SUBMITTED)
        .report(&report.id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

pub(super) fn accept(
    act: &Act<'_>,
    mut stored: Stored,
    report_id: &str,
    body: Option<&Value>,
) -> Result<Done, Problem> {
    let report =
        records::get::<Report>(act.tx, stored.row, EVER, report_id)?.ok_or_else(|| Problem::not_found("report"))?;
    let expected = version_only(body)?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "accepted", |code| code == status::REPORT_SUBMITTED)?;
    require_latest(act, &stored, &report)?;
    let summary = format!("Accepted report version {}", report.version);
    let id = report.id.clone();
    versions::set_status(act.tx, report, ReportStatus::Accepted)?;
    let entry = Entry::new(EntryType::ReportAccepted, &summary)
        .by(&act.user.id)
        .to(status::REPORT_ACCEPTED)
        .report(&id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

/// The report that a body's `reportId` names; a mistake if the order has none such.
pub(super) fn named(
    act: &Act<'_>,
    stored: &Stored,
    fields: &Fields<'_>,
    mistakes: &mut Mistakes,
) -> Result<Option<Report>, Problem> {
    let id = fields.id(mistakes, "reportId");
    if id.is_empty() {
        return Ok(None);
    }
    let report = records::get::<Report>(act.tx, stored.row, EVER, &id)?;
    if report.is_none() {
        mistakes.add(fields.path("reportId"), "This order has no such report.");
    }
    Ok(report)
}

/// 409 if there is a newer version.
pub(super) fn require_latest(act: &Act<'_>, stored: &Stored, report: &Report) -> Result<(), Problem> {
    let latest = versions::latest(act.tx, stored.row)?;
    if latest.is_some_and(|latest| latest.id == report.id) {
        return Ok(());
    }
    Err(Problem::new(
        Code::StateConflict,
        "There is a newer version of the report. Reload the order and look at that one.",
    ))
}
