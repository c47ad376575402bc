//! How the agencies' portals judge a report: made up, but the same each time.

use crate::base::time::Stamp;
use crate::model::agency::{Filed, Finding, FindingSeverity, Gse, Portal, ReasonCode, SubmissionStatus};
use crate::model::id::unspell;

/// Half of the reports pass, a quarter with warnings, a quarter not at all; by the report, so that the
/// same one fares the same each time.
pub fn usual_outcome(report_id: &str) -> SubmissionStatus {
    match unspell("rep", report_id).unwrap_or(0) % 4 {
        0 | 1 => SubmissionStatus::Successful,
        2 => SubmissionStatus::SuccessfulWithWarnings,
        _ => SubmissionStatus::NotSuccessful,
    }
}

/// The portal's answer.
pub fn complete(filed: &mut Filed, status: SubmissionStatus, at: Stamp) {
    filed.move_to(status);
    let submission = &mut filed.submission;
    submission.completed_at = Some(at);
    for file in &mut submission.files {
        let address = format!(
            "https://{}.portal.example/ssr/{}/{}",
            submission.portal, submission.id, file.gse
        );
        file.ssr_url = Some(address);
    }
}

/// What the portal finds with this outcome; `hard_stop` adds one that nobody may override.
pub fn find(filed: &mut Filed, status: SubmissionStatus, hard_stop: bool) {
    let mut severities = Vec::new();
    if status == SubmissionStatus::NotSuccessful {
        severities.push(FindingSeverity::Fatal);
    }
    if matches!(
        status,
        SubmissionStatus::NotSuccessful | SubmissionStatus::SuccessfulWithWarnings
    ) {
        severities.push(FindingSeverity::Warning);
    }
    if hard_stop {
        severities.push(FindingSeverity::HardStop);
    }
    let submission = &filed.submission;
    let gse = submission.files.first().map_or(Gse::FannieMae, |file| file.gse);
    let finding = |(index, severity)| {
        let (code, message) = wording(severity, submission.portal);
        let is_fatal = severity == FindingSeverity::Fatal;
        Finding {
            id: format!("{}-{}", submission.id, index + 1),
            code: code.to_owned(),
            severity,
            message: message.to_owned(),
            gse,
            overridable: is_fatal,
            reason_codes: if is_fatal { reason_codes() } else { Vec::new() },
            overridden: None,
        }
    };
    filed.findings = severities.into_iter().enumerate().map(finding).collect();
}

fn wording(severity: FindingSeverity, portal: Portal) -> (&'static str, &'static str) {
    match (severity, portal) {
        (FindingSeverity::Fatal, Portal::Ucdp) => (
            "FNM0083",
            "The property is on a list of properties that need a justification.",
        ),
        (FindingSeverity::Fatal, Portal::Ead) => (
            "FHA201",
            "The effective date of the appraisal is outside the case's validity.",
        ),
        (FindingSeverity::HardStop, Portal::Ucdp) => ("9001", "The file cannot be read."),
        (FindingSeverity::HardStop, Portal::Ead) => ("FHA202", "The case number is not active."),
        (FindingSeverity::Info | FindingSeverity::Warning, Portal::Ucdp) => {
            ("FNM0101", "The appraiser's licence expires within 30 days.")
        }
        (FindingSeverity::Info | FindingSeverity::Warning, Portal::Ead) => {
            ("FHA310", "A comparable is older than six months.")
        }
    }
}

fn reason_codes() -> Vec<ReasonCode> {
    [
        ("A1", "The data is correct as reported"),
        ("A2", "Public records are out of date"),
        ("B1", "Explained in the addendum"),
    ]
    .map(|(code, label)| ReasonCode {
        code: code.to_owned(),
        label: label.to_owned(),
    })
    .to_vec()
}
