//! What reviewers look at: checklist, findings, CrossCheck runs, revisions, reconsiderations.

use serde::Serialize;

use super::dispatch::dated;
use super::order::Look;
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::input::call::Answer;
use crate::problem::Problem;
use crate::store::checklist::{self, Item};
use crate::store::qc::{Revision, Run};
use crate::store::records;
use crate::store::reports::Report;
use crate::store::rovs::Rov;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Checklist {
    report_id: Option<String>,
    items: Vec<Item>,
    as_of: Stamp,
}

pub(super) fn answer(look: &Look<'_>) -> Result<Answer, Problem> {
    let now = look.call.now;
    match look.call.operation {
        Operation::GetChecklist => {
            let report_id = latest_report_id(look)?;
            Answer::json(&Checklist {
                items: checklist::items(look.connection, report_id.as_deref())?,
                report_id,
                as_of: now,
            })
        }
        Operation::ListFindings => {
            let mut findings = match latest_report_id(look)? {
                Some(report_id) => checklist::findings(look.connection, &report_id)?,
                None => Vec::new(),
            };
            let runs = look.records::<Run>()?;
            findings.extend(runs.into_iter().flat_map(|run| run.findings));
            dated(findings, now)
        }
        Operation::ListCrossCheckRuns => dated(look.records::<Run>()?, now),
        Operation::GetCrossCheckRun => Answer::json(&look.named::<Run>("CrossCheck run")?),
        Operation::ListRevisions => dated(look.records::<Revision>()?, now),
        Operation::GetLatestRevision => Answer::json(&look.latest::<Revision>("revision")?),
        Operation::ListRovs => {
            look.user.require_not_vendor()?;
            let rovs = look.records::<Rov>()?;
            dated(rovs.into_iter().map(|rov| rov.seen_at(now)).collect(), now)
        }
        other => Err(Problem::internal(format!("{} is no read of an order", other.id()))),
    }
}

fn latest_report_id(look: &Look<'_>) -> Result<Option<String>, Problem> {
    let report: Option<Report> = records::latest(look.connection, look.stored.row, look.call.now)?;
    Ok(report.map(|report| report.id))
}
