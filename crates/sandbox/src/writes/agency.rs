//! Submissions to UCDP and EAD, and overrides of what the portals object to. The portal's answer comes
//! later, from its side.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::expected_version;
use super::done::Done;
use super::reports;
use crate::contract::settings::AgencyOutcome;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_filled};
use crate::model::agency::{
    AgencyStatus, Filed, FindingOverride, Gse, GseFile, Override, Portal, Submission, SubmissionStatus,
};
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::EVER;
use crate::model::report::Report;
use crate::model::task::Task;
use crate::problem::{Code, FieldError, Problem};
use crate::rules::portal;
use crate::store::orders::Stored;
use crate::store::{agency, records};

const MAX_OVERRIDES: usize = 50;
/// Whom UCDP takes submissions for.
const UCDP_GSES: [Gse; 2] = [Gse::FannieMae, Gse::FreddieMac];

/// What a body asks for.
struct Asked {
    report: Report,
    appraisal_number: i64,
    gses: Vec<Gse>,
    document_file_id: Option<String>,
    expected: Option<i64>,
}

impl Asked {
    fn read(act: &Act<'_>, stored: &Stored, body: Option<&Value>, portal: Portal) -> Result<Self, Problem> {
        let fields = Fields::of_body(body)?;
        let mut mistakes = Mistakes::default();
        let report = reports::named(act, stored, &fields, &mut mistakes)?;
        let mut appraisal_number = 1;
        let mut document_file_id = None;
        let mut gses = vec![Gse::Fha];
        match portal {
            Portal::Ucdp => {
                fields.text(&mut mistakes, "businessUnit", "At most 40 characters.", |text| {
                    is_filled(text, 40)
                });
                appraisal_number = fields.integer(&mut mistakes, "appraisalNumber", 1..=3).unwrap_or(1);
                let hint = "Name \"fannieMae\", \"freddieMac\" or both, each once.";
                let names = fields.texts(&mut mistakes, "gses", 1..=2, hint, |text| {
                    UCDP_GSES.iter().any(|gse| gse.name() == text)
                });
                gses = names.iter().filter_map(|name| Gse::by_name(name)).collect();
                document_file_id = fields.optional_id(&mut mistakes, "documentFileId");
            }
            Portal::Ead => {
                let hint = "Enter a case number such as 123-4567890.";
                fields.text(&mut mistakes, "fhaCaseNumber", hint, is_case_number);
            }
        }
        fields.optional_text(&mut mistakes, "note", "At most 1000 characters.", |text| {
            text.chars().count() <= 1_000
        });
        let expected = expected_version(&fields, &mut mistakes);
        mistakes.check()?;
        Ok(Self {
            report: report.ok_or_else(|| Problem::not_found("report"))?,
            appraisal_number,
            gses,
            document_file_id,
            expected,
        })
    }
}

fn is_case_number(text: &str) -> bool {
    text.len() == 11
        && text.bytes().enumerate().all(|(index, byte)| match index {
            3 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

pub(super) fn submit(act: &Act<'_>, mut stored: Stored, body: Option<&Value>, portal: Portal) -> Result<Done, Problem> {
    let asked = Asked::read(act, &stored, body, portal)?;
    act.check_fence(&stored, asked.expected)?;
    require_status(&stored, "submitted to an agency", |code| {
        code == status::REPORT_ACCEPTED
    })?;
    reports::require_latest(act, &stored, &asked.report)?;
    let order = &stored.order;
    if order.agency.as_ref().map(|agency| agency.portal) != Some(portal) {
        let detail = format!("A loan of this type does not go to {}.", portal.title());
        return Err(Problem::not_processable(detail));
    }
    let earlier = records::latest::<Filed>(act.tx, stored.row, EVER)?;
    if earlier.is_some_and(|filed| filed.submission.status.is_open()) {
        return Err(Problem::new(
            Code::DuplicateAction,
            format!(
                "{} has not answered the last submission yet. Wait for its answer.",
                portal.title()
            ),
        ));
    }
    check_file_id(act, &stored, portal, asked.document_file_id.as_deref())?;
    let number = asked.appraisal_number;
    if portal == Portal::Ucdp && !agency::take_appraisal(act.tx, &order.loan_id, portal, number, stored.row)? {
        return Err(Problem::new(
            Code::AppraisalTaken,
            format!("Another order of this loan has been submitted as appraisal {number}. Choose another number."),
        ));
    }
    let file_id = agency::issue_document_file_id(act.tx, &order.loan_id, portal)?;
    let filed = file(act, &stored, portal, &asked, &file_id)?;
    plan_answer(act, &stored, &filed)?;
    if let Some(agency) = &mut stored.order.agency {
        agency.status = AgencyStatus::Received;
        agency.document_file_id = Some(file_id);
    }
    let summary = match portal {
        Portal::Ucdp => format!("Submitted to UCDP as appraisal {number}"),
        Portal::Ead => "Submitted to EAD".to_owned(),
    };
    let entry = Entry::new(EntryType::AgencySubmitted, &summary)
        .by(&act.user.id)
        .submission(&filed.submission.id)
        .report(&asked.report.id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

/// 422 for a document file id that the portal did not give out for this loan.
fn check_file_id(act: &Act<'_>, stored: &Stored, portal: Portal, named: Option<&str>) -> Result<(), Problem> {
    let known = agency::document_file_id(act.tx, &stored.order.loan_id, portal)?;
    if named.is_none() || named == known.as_deref() {
        return Ok(());
    }
    let message = match &known {
        Some(known) => format!("The portal knows this loan as {known}. Use that one, or none."),
        None => "The portal has given out no id for this loan yet. Leave this empty.".to_owned(),
    };
    let error = FieldError {
        field: "documentFileId".to_owned(),
        message,
    };
    Err(Problem::not_processable("The document file id is not this loan's.").with_errors(vec![error]))
}

fn file(act: &Act<'_>, stored: &Stored, portal: Portal, asked: &Asked, file_id: &str) -> Result<Filed, Problem> {
    records::append(act.tx, stored.row, act.moment, |id| Filed {
        submission: Submission {
            id,
            portal,
            report_id: asked.report.id.clone(),
            appraisal_number: asked.appraisal_number,
            status: SubmissionStatus::Received,
            files: asked
                .gses
                .iter()
                .map(|gse| GseFile {
                    gse: *gse,
                    document_file_id: Some(file_id.to_owned()),
                    status: SubmissionStatus::Received,
                    ssr_url: None,
                })
                .collect(),
            submitted_at: act.moment.at,
            submitted_by: Some(act.user.actor()),
            completed_at: None,
            correlation_id: act.correlation_id(),
            overrides: Vec::new(),
        },
        findings: Vec::new(),
        overrides_visible_at: std::collections::BTreeMap::new(),
    })
}

/// The portal takes it up at half of its time, and answers at the end.
fn plan_answer(act: &Act<'_>, stored: &Stored, filed: &Filed) -> Result<(), Problem> {
    let submission_id = filed.submission.id.clone();
    let delay = act.settings.agency_delay_ms;
    let start = Task::PortalStarts {
        submission_id: submission_id.clone(),
    };
    act.schedule(stored, delay / 2, &start)?;
    let outcome = match act.settings.agency_outcome {
        AgencyOutcome::Mixed => portal::usual_outcome(&filed.submission.report_id),
        AgencyOutcome::Successful => SubmissionStatus::Successful,
        AgencyOutcome::SuccessfulWithWarnings => SubmissionStatus::SuccessfulWithWarnings,
        AgencyOutcome::NotSuccessful | AgencyOutcome::HardStop => SubmissionStatus::NotSuccessful,
    };
    let answer = Task::PortalAnswers {
        submission_id,
        outcome,
        hard_stop: act.settings.agency_outcome == AgencyOutcome::HardStop,
    };
    act.schedule(stored, delay, &answer)
}

pub(super) fn override_findings(
    act: &Act<'_>,
    mut stored: Stored,
    report_id: &str,
    body: Option<&Value>,
    portal: Portal,
) -> Result<Done, Problem> {
    if records::get::<Report>(act.tx, stored.row, EVER, report_id)?.is_none() {
        return Err(Problem::not_found("report"));
    }
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let submission_id = fields.id(&mut mistakes, "submissionId");
    let filed = records::get::<Filed>(act.tx, stored.row, EVER, &submission_id)?
        .filter(|filed| filed.submission.portal == portal && filed.submission.report_id == report_id);
    if filed.is_none() && !submission_id.is_empty() {
        mistakes.add("submissionId", "There is no such submission of this report.");
    }
    let wanted = fields.list(&mut mistakes, "overrides", 1..=MAX_OVERRIDES, Wanted::read);
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let mut filed = filed.ok_or_else(|| Problem::not_found("submission"))?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "overridden", |code| code == status::REPORT_ACCEPTED)?;
    let latest = records::latest::<Filed>(act.tx, stored.row, EVER)?;
    let is_latest = latest.is_some_and(|latest| latest.submission.id == filed.submission.id);
    if !is_latest || filed.submission.status != SubmissionStatus::NotSuccessful {
        return Err(Problem::new(
            Code::StateConflict,
            "Only the latest submission can be overridden, and only while it is not successful. Reload it.",
        ));
    }
    check_wanted(&filed, &wanted)?;
    for want in wanted {
        apply(act, &mut filed, want);
    }
    filed.move_to(SubmissionStatus::OverrideRequested);
    records::save(act.tx, &filed)?;
    if let Some(agency) = &mut stored.order.agency {
        agency.status = AgencyStatus::OverrideRequested;
    }
    let task = Task::PortalReconsiders { submission_id };
    act.schedule(&stored, act.settings.agency_delay_ms, &task)?;
    let summary = format!("Asked {} to override what it found", portal.title());
    let entry = Entry::new(EntryType::AgencyOverridden, &summary)
        .by(&act.user.id)
        .submission(&filed.submission.id)
        .report(report_id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

struct Wanted {
    finding_id: String,
    reason_code: String,
    comment: Option<String>,
}

impl Wanted {
    fn read(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Self {
        Self {
            finding_id: fields.id(mistakes, "findingId"),
            reason_code: fields.text(mistakes, "reasonCode", "At most 40 characters.", |text| {
                is_filled(text, 40)
            }),
            comment: fields.optional_text(mistakes, "comment", "At most 1000 characters.", |text| {
                text.chars().count() <= 1_000
            }),
        }
    }
}

/// 422 with everything that cannot be overridden in this way.
fn check_wanted(filed: &Filed, wanted: &[Wanted]) -> Result<(), Problem> {
    let mut errors = Vec::new();
    for (index, want) in wanted.iter().enumerate() {
        let finding = filed.findings.iter().find(|finding| finding.id == want.finding_id);
        let is_repeated = wanted[..index].iter().any(|other| other.finding_id == want.finding_id);
        let (member, message) = match finding {
            None => ("findingId", "The submission has no such finding."),
            Some(_) if is_repeated => ("findingId", "Override each finding once."),
            Some(finding) if !finding.overridable => {
                ("findingId", "This finding cannot be overridden. Correct the report.")
            }
            Some(finding) if finding.overridden.is_some() => ("findingId", "This finding has been overridden."),
            Some(finding) if !finding.reason_codes.iter().any(|known| known.code == want.reason_code) => {
                ("reasonCode", "The portal does not take this reason for this finding.")
            }
            Some(_) => continue,
        };
        errors.push(FieldError {
            field: format!("overrides[{index}].{member}"),
            message: message.to_owned(),
        });
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::not_processable("Some findings cannot be overridden like this. Nothing was sent.").with_errors(errors))
}

fn apply(act: &Act<'_>, filed: &mut Filed, want: Wanted) {
    let by = Some(act.user.actor());
    if let Some(finding) = filed.findings.iter_mut().find(|finding| finding.id == want.finding_id) {
        finding.overridden = Some(FindingOverride {
            reason_code: want.reason_code.clone(),
            comment: want.comment.clone(),
            by: by.clone(),
            at: act.moment.at,
        });
    }
    filed
        .overrides_visible_at
        .insert(want.finding_id.clone(), act.moment.visible_at);
    filed.submission.overrides.push(Override {
        finding_id: want.finding_id,
        reason_code: want.reason_code,
        comment: want.comment,
        by,
        at: act.moment.at,
        correlation_id: act.correlation_id(),
    });
}
