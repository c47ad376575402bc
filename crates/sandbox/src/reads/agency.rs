//! What the portals know of an order.

use serde::Serialize;

use super::look::Look;
use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::model::agency::{Filed, Finding, Portal, Submission};
use crate::problem::Problem;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State {
    portal: Portal,
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

pub(super) fn dashboard(look: &Look<'_>, portal: Portal) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    let now = look.call.now;
    let filed: Filed = look.named("submission")?;
    if filed.submission.portal != portal {
        return Err(Problem::not_found("submission"));
    }
    let filed = filed.seen_at(now);
    Answer::json(&Dashboard {
        submission: filed.submission,
        findings: filed.findings,
        as_of: now,
    })
}

pub(super) fn submissions(look: &Look<'_>, portal: Portal) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    let now = look.call.now;
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
