//! What the portals know of an order.

use serde::Serialize;

use super::order::Look;
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::input::call::Answer;
use crate::problem::Problem;
use crate::store::agency::{Filed, Finding, Submission};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    portal: &'a str,
    required: bool,
    submissions: Vec<Submission>,
    as_of: Stamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dashboard {
    submission: Submission,
    findings: Vec<Finding>,
    as_of: Stamp,
}

pub(super) fn answer(look: &Look<'_>, portal: &str) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    let now = look.call.now;
    if matches!(
        look.call.operation,
        Operation::GetUcdpDashboardDetails | Operation::GetEadDashboardDetails
    ) {
        let filed: Filed = look.named("submission")?;
        if filed.submission.portal != portal {
            return Err(Problem::not_found("submission"));
        }
        let filed = filed.seen_at(now);
        return Answer::json(&Dashboard {
            submission: filed.submission,
            findings: filed.findings,
            as_of: now,
        });
    }
    let filed = look.records::<Filed>()?;
    let agency = look.stored.order.agency.as_ref();
    Answer::json(&State {
        portal,
        required: agency.is_some_and(|agency| agency.required && agency.portal == portal),
        submissions: filed
            .into_iter()
            .filter(|filed| filed.submission.portal == portal)
            .map(|filed| filed.seen_at(now).submission)
            .collect(),
        as_of: now,
    })
}
