//! The review: checklist, CrossCheck, and the revisions that are asked for.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::expected_version;
use super::done::Done;
use super::reports;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_filled};
use crate::model::checklist::{ChecklistAnswer, Given, ITEMS, is_item};
use crate::model::entry::{Entry, EntryType};
use crate::model::report::{Report, ReportStatus};
use crate::model::review::{Revision, RevisionSource, RevisionType, Run, RunStatus};
use crate::model::task::Task;
use crate::problem::Problem;
use crate::rules::reports as versions;
use crate::store::orders::Stored;
use crate::store::{checklist, records};

pub(super) fn answer_item(act: &Act<'_>, stored: Stored, item_id: &str, body: Option<&Value>) -> Result<Done, Problem> {
    if !is_item(item_id) {
        return Err(Problem::not_found("checklist item"));
    }
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    fields.must_have(&mut mistakes, "answer");
    fields.must_have(&mut mistakes, "note");
    let hint = "Must be \"pass\", \"fail\", \"notApplicable\" or null.";
    let answer = fields.optional_word::<ChecklistAnswer>(&mut mistakes, "answer", hint);
    let note = fields.optional_text(&mut mistakes, "note", "At most 1000 characters.", |text| {
        text.chars().count() <= 1_000
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "reviewed", |code| code == status::REPORT_SUBMITTED)?;
    let report = versions::latest(act.tx, stored.row)?.ok_or_else(|| Problem::not_found("report"))?;
    let given = Given {
        answered_by: answer.is_some().then(|| act.user.actor()),
        answered_at: answer.is_some().then_some(act.moment.at),
        answer,
        note,
    };
    checklist::answer(act.tx, &report.id, item_id, &given)?;
    let words = given.answer.map_or("nothing", ChecklistAnswer::name);
    let summary = format!("Answered {item_id} of {} with {words}", report.id);
    act.enter(&stored, &summary, None)?;
    let item = checklist::items(act.tx, Some(&report.id))?
        .into_iter()
        .find(|item| item.id == item_id)
        .ok_or_else(|| Problem::not_found("checklist item"))?;
    Ok(Done::Part(serde_json::to_value(item)?))
}

pub(super) fn crosscheck(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let report = reports::named(act, &stored, &fields, &mut mistakes)?;
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let report = report.ok_or_else(|| Problem::not_found("report"))?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "checked", |code| code == status::REPORT_SUBMITTED)?;
    reports::require_latest(act, &stored, &report)?;
    let run = records::append(act.tx, stored.row, act.moment, |id| Run {
        id,
        report_id: report.id.clone(),
        status: RunStatus::Running,
        started_at: act.moment.at,
        started_by: Some(act.user.actor()),
        completed_at: None,
        correlation_id: act.correlation_id(),
        findings: Vec::new(),
    })?;
    let task = Task::CrossCheckEnds { run_id: run.id.clone() };
    act.schedule(&stored, act.settings.agency_delay_ms, &task)?;
    let summary = format!("Started a CrossCheck of report version {}", report.version);
    let entry = Entry::new(EntryType::CrossCheckRun, &summary)
        .by(&act.user.id)
        .to(status::REPORT_SUBMITTED)
        .run(&run.id)
        .report(&report.id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

pub(super) fn request_revision(act: &Act<'_>, stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let asked = Asked::read(act, &stored, body, true)?;
    act.check_fence(&stored, asked.expected)?;
    require_status(&stored, "sent back for revision", |code| {
        code == status::REPORT_SUBMITTED
    })?;
    reports::require_latest(act, &stored, &asked.report)?;
    let how = (EntryType::RevisionRequested, RevisionSource::Qc);
    ask(act, stored, asked, status::REVISION, how)
}

pub(super) fn request_client_revision(act: &Act<'_>, stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let asked = Asked::read(act, &stored, body, false)?;
    act.check_fence(&stored, asked.expected)?;
    require_status(&stored, "sent back for revision", |code| {
        code == status::REPORT_ACCEPTED
    })?;
    reports::require_latest(act, &stored, &asked.report)?;
    let how = (EntryType::ClientRevisionRequested, RevisionSource::Client);
    ask(act, stored, asked, status::CLIENT_REVISION, how)
}

struct Asked {
    report: Report,
    kind: RevisionType,
    reason: String,
    items: Vec<String>,
    expected: Option<i64>,
}

impl Asked {
    fn read(act: &Act<'_>, stored: &Stored, body: Option<&Value>, with_items: bool) -> Result<Self, Problem> {
        let fields = Fields::of_body(body)?;
        let mut mistakes = Mistakes::default();
        let report = reports::named(act, stored, &fields, &mut mistakes)?;
        let kind = fields.word(&mut mistakes, "type", "Choose one of the revision types.");
        let reason = fields.text(
            &mut mistakes,
            "reason",
            "Give a reason of 10 to 2000 characters.",
            is_detailed,
        );
        let items = match with_items {
            true => fields.texts(
                &mut mistakes,
                "checklistItemIds",
                0..=ITEMS.len(),
                "Name items of the checklist, each once.",
                is_item,
            ),
            false => Vec::new(),
        };
        let expected = expected_version(&fields, &mut mistakes);
        mistakes.check()?;
        Ok(Self {
            report: report.ok_or_else(|| Problem::not_found("report"))?,
            kind,
            reason,
            items,
            expected,
        })
    }
}

/// What a revision and a dispute need: enough words to act on.
pub(super) fn is_detailed(text: &str) -> bool {
    text.chars().count() >= 10 && is_filled(text, 2_000)
}

/// Opens a revision, by the type of its entry and its source.
fn ask(
    act: &Act<'_>,
    mut stored: Stored,
    asked: Asked,
    to: status::Code,
    (entry_kind, source): (EntryType, RevisionSource),
) -> Result<Done, Problem> {
    let summary = format!("Requested a revision of report version {}", asked.report.version);
    let reason = asked.reason.clone();
    let revision = open(act, &mut stored, asked.report, source, |revision| {
        revision.kind = asked.kind;
        revision.reason = asked.reason;
        revision.checklist_item_ids = asked.items;
    })?;
    let entry = Entry::new(entry_kind, &summary)
        .by(&act.user.id)
        .to(to)
        .because(&reason)
        .report(&revision.report_id)
        .revision(&revision.id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

/// Writes the record and marks the report; `fill` says what is asked.
pub(super) fn open(
    act: &Act<'_>,
    stored: &mut Stored,
    report: Report,
    source: RevisionSource,
    fill: impl FnOnce(&mut Revision),
) -> Result<Revision, Problem> {
    let revision = records::append(act.tx, stored.row, act.moment, |id| {
        let mut revision = Revision {
            id,
            report_id: report.id.clone(),
            kind: RevisionType::Other,
            reason: String::new(),
            source,
            requested_by: Some(act.user.actor()),
            requested_at: act.moment.at,
            checklist_item_ids: Vec::new(),
            resolved_by_report_id: None,
            correlation_id: act.correlation_id(),
        };
        fill(&mut revision);
        revision
    })?;
    versions::set_status(act.tx, report, ReportStatus::RevisionRequested)?;
    stored.order.revision_count += 1;
    Ok(revision)
}
