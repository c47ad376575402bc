//! Portals and the CrossCheck: they start, and some time later they answer.

use super::step::Step;
use crate::model::agency::{AgencyStatus, Filed, SubmissionStatus};
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::EVER;
use crate::model::review::{Run, RunStatus};
use crate::problem::Problem;
use crate::rules::{crosscheck, portal};
use crate::store::orders::Stored;
use crate::store::records;

pub(super) fn crosscheck_ends(step: &Step<'_>, stored: &Stored, run_id: &str) -> Result<(), Problem> {
    let run = records::get::<Run>(step.tx, stored.row, EVER, run_id)?;
    let Some(mut run) = run.filter(|run| run.status == RunStatus::Running) else {
        return Ok(());
    };
    crosscheck::complete(&mut run, step.moment.at);
    records::save(step.tx, &run)?;
    let summary = match run.findings.len() {
        0 => "Finished without a finding".to_owned(),
        1 => "Finished with one finding".to_owned(),
        count => format!("Finished with {count} findings"),
    };
    step.audit(stored, ["crosscheck", &summary, "CrossCheck"])?;
    step.enter(stored, "crosscheckEnds", &summary, None)
}

/// The portal has taken the submission up.
pub(super) fn starts(step: &Step<'_>, mut stored: Stored, submission_id: &str) -> Result<(), Problem> {
    let filed = records::get::<Filed>(step.tx, stored.row, EVER, submission_id)?;
    let Some(mut filed) = filed.filter(|filed| filed.submission.status == SubmissionStatus::Received) else {
        return Ok(());
    };
    filed.move_to(SubmissionStatus::InProgress);
    records::save(step.tx, &filed)?;
    follow(&mut stored, &filed);
    step.finish(stored, "portalStarts", "The portal is checking the report", None)
}

pub(super) fn answers(
    step: &Step<'_>,
    stored: Stored,
    submission_id: &str,
    outcome: SubmissionStatus,
    hard_stop: bool,
) -> Result<(), Problem> {
    let filed = records::get::<Filed>(step.tx, stored.row, EVER, submission_id)?;
    let Some(mut filed) = filed.filter(|filed| filed.submission.status.is_open()) else {
        return Ok(());
    };
    portal::find(&mut filed, outcome, hard_stop);
    conclude(step, stored, filed, outcome)
}

/// Accepted now, if nothing that stands in the way was left.
pub(super) fn reconsiders(step: &Step<'_>, stored: Stored, submission_id: &str) -> Result<(), Problem> {
    let filed = records::get::<Filed>(step.tx, stored.row, EVER, submission_id)?;
    let Some(filed) = filed.filter(|filed| filed.submission.status == SubmissionStatus::OverrideRequested) else {
        return Ok(());
    };
    let is_blocked = filed.findings.iter().any(|finding| finding.stands_in_the_way());
    let outcome = match is_blocked {
        true => SubmissionStatus::NotSuccessful,
        false => SubmissionStatus::SuccessfulWithWarnings,
    };
    conclude(step, stored, filed, outcome)
}

fn conclude(step: &Step<'_>, mut stored: Stored, mut filed: Filed, outcome: SubmissionStatus) -> Result<(), Problem> {
    portal::complete(&mut filed, outcome, step.moment.at);
    records::save(step.tx, &filed)?;
    follow(&mut stored, &filed);
    let portal = filed.submission.portal.title();
    let summary = match outcome {
        SubmissionStatus::Successful => format!("{portal} accepted the report"),
        SubmissionStatus::SuccessfulWithWarnings => format!("{portal} accepted the report with warnings"),
        SubmissionStatus::Received
        | SubmissionStatus::InProgress
        | SubmissionStatus::NotSuccessful
        | SubmissionStatus::OverrideRequested => format!("{portal} did not accept the report"),
    };
    let entry = Entry::new(EntryType::AgencyResult, &summary)
        .by_partner()
        .submission(&filed.submission.id)
        .report(&filed.submission.report_id);
    step.tell(&mut stored, entry)?;
    step.finish(stored, "portalAnswers", &summary, None)
}

/// The order repeats the state of its latest submission, unless a newer report has made it void.
fn follow(stored: &mut Stored, filed: &Filed) {
    if let Some(agency) = &mut stored.order.agency
        && agency.status != AgencyStatus::NotSubmitted
    {
        agency.status = filed.submission.status.into();
    }
}
