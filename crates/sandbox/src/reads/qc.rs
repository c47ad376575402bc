//! What reviewers look at: checklist, findings, reconsiderations.

use serde::Serialize;

use super::look::Look;
use super::shapes::dated;
use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::model::checklist::{ChecklistAnswer, Item};
use crate::model::report::Report;
use crate::model::review::{Finding, FindingSource, Run, Severity};
use crate::model::rov::Rov;
use crate::problem::Problem;
use crate::store::{checklist, records};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checklist {
    report_id: Option<String>,
    items: Vec<Item>,
    as_of: Stamp,
}

pub(super) fn checklist(look: &Look<'_>) -> Result<Answer, Problem> {
    let report_id = latest_report_id(look)?;
    Answer::json(&Checklist {
        items: checklist::items(look.connection, report_id.as_deref())?,
        report_id,
        as_of: look.call.now,
    })
}

pub(super) fn findings(look: &Look<'_>) -> Result<Answer, Problem> {
    let mut findings = match latest_report_id(look)? {
        Some(report_id) => {
            let items = checklist::items(look.connection, Some(&report_id))?;
            items.iter().filter_map(|item| failed(item, &report_id)).collect()
        }
        None => Vec::new(),
    };
    let runs = look.records::<Run>()?;
    findings.extend(runs.into_iter().flat_map(|run| run.findings));
    dated(findings, look.call.now)
}

/// What the reviewer marked as failed.
fn failed(item: &Item, report_id: &str) -> Option<Finding> {
    let is_failed = item.given.answer == Some(ChecklistAnswer::Fail);
    is_failed.then(|| Finding {
        id: format!("{report_id}-{}", item.id),
        source: FindingSource::Checklist,
        severity: Severity::Warning,
        code: "CHECKLIST".to_owned(),
        message: match &item.given.note {
            Some(note) => format!("{} {note}", item.question),
            None => item.question.to_owned(),
        },
        report_id: report_id.to_owned(),
        run_id: None,
        checklist_item_id: Some(item.id.to_owned()),
    })
}

pub(super) fn rovs(look: &Look<'_>) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    let now = look.call.now;
    let rovs = look.records::<Rov>()?;
    dated(rovs.into_iter().map(|rov| rov.seen_at(now)).collect(), now)
}

fn latest_report_id(look: &Look<'_>) -> Result<Option<String>, Problem> {
    let report: Option<Report> = records::latest(look.connection, look.stored.row, look.call.now)?;
    Ok(report.map(|report| report.id))
}
