//! Reconsiderations of value: submitted while the report stands accepted, decided by a reviewer.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::expected_version;
use super::done::Done;
use super::qc;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_filled};
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::EVER;
use crate::model::review::{RevisionSource, RevisionType};
use crate::model::rov::{Comparable, Decision, Rov, RovParty, RovStatus};
use crate::problem::{Code, Problem};
use crate::rules::deadlines;
use crate::rules::reports as versions;
use crate::store::orders::Stored;
use crate::store::records;

const MAX_COMPARABLES: usize = 5;

pub(super) fn submit(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let party = fields.word(&mut mistakes, "party", "Must be \"borrower\" or \"client\".");
    let hint = "Give a reason of 10 to 2000 characters.";
    let reason = fields.text(&mut mistakes, "reason", hint, qc::is_detailed);
    let comparables = fields.list(&mut mistakes, "comparables", 0..=MAX_COMPARABLES, |fields, mistakes| {
        read_comparable(act, fields, mistakes)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    let prior_status = require_status(&stored, "disputed", |code| code == status::REPORT_ACCEPTED)?;
    let Some(report) = versions::latest(act.tx, stored.row)? else {
        return Err(state_conflict(&stored, "disputed without a report"));
    };
    let to = match party {
        RovParty::Borrower => status::ROV_BORROWER,
        RovParty::Client => status::ROV_CLIENT,
    };
    let summary = format!("Asked for a reconsideration of value for the {party}");
    let rov = records::append(act.tx, stored.row, act.moment, |id| Rov {
        id,
        party,
        reason: reason.clone(),
        comparables: comparables.into_iter().flatten().collect(),
        report_id: report.id.clone(),
        submitted_by: Some(act.user.actor()),
        submitted_at: act.moment.at,
        status: RovStatus::Open,
        decision: None,
        prior_status,
        correlation_id: act.correlation_id(),
    })?;
    let entry = Entry::new(EntryType::RovSubmitted, &summary)
        .by(&act.user.id)
        .to(to)
        .because(&reason)
        .rov(&rov.id)
        .report(&report.id);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

/// `None` if it has a mistake.
fn read_comparable(act: &Act<'_>, fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<Comparable> {
    let address = fields.text(mistakes, "address", "At most 200 characters.", |text| {
        is_filled(text, 200)
    });
    let sale_date = fields.date(mistakes, "saleDate");
    if sale_date.is_some_and(|day| deadlines::is_ahead(day, act.moment.at)) {
        mistakes.add(fields.path("saleDate"), "This day lies in the future.");
    }
    let sale_price = fields.price(mistakes, "salePrice");
    let note = fields.optional_text(mistakes, "note", "At most 1000 characters.", |text| {
        text.chars().count() <= 1_000
    });
    Some(Comparable {
        address,
        sale_date: sale_date?,
        sale_price: sale_price?,
        note,
    })
}

pub(super) fn decide(act: &Act<'_>, mut stored: Stored, rov_id: &str, body: Option<&Value>) -> Result<Done, Problem> {
    let mut rov =
        records::get::<Rov>(act.tx, stored.row, EVER, rov_id)?.ok_or_else(|| Problem::not_found("reconsideration"))?;
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let approved = fields.boolean(&mut mistakes, "approved");
    let note = fields.text(&mut mistakes, "note", "Give a note of 3 to 2000 characters.", |text| {
        text.chars().count() >= 3 && is_filled(text, 2_000)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let approved = approved.unwrap_or_default();
    act.check_fence(&stored, expected)?;
    require_status(&stored, "decided on", |code| {
        matches!(code, status::ROV_BORROWER | status::ROV_CLIENT)
    })?;
    if rov.status != RovStatus::Open {
        return Err(Problem::new(
            Code::DuplicateAction,
            "This reconsideration has been decided. Reload the order and look at the open one.",
        ));
    }
    rov.status = if approved {
        RovStatus::Approved
    } else {
        RovStatus::Denied
    };
    rov.decision = Some(Decision {
        by: Some(act.user.actor()),
        at: act.moment.at,
        note: note.clone(),
        correlation_id: act.correlation_id(),
        visible_at: Some(act.moment.visible_at),
    });
    records::save(act.tx, &rov)?;
    let summary = match approved {
        true => "Approved the reconsideration: the report is to be revised",
        false => "Denied the reconsideration",
    };
    let revision = match approved {
        true => Some(reopen(act, &mut stored, &rov, &note)?),
        false => None,
    };
    let mut entry = Entry::new(EntryType::RovDecided, summary)
        .by(&act.user.id)
        .to(if approved { status::REVISION } else { rov.prior_status })
        .because(&note)
        .rov(&rov.id);
    if let Some(revision_id) = &revision {
        entry = entry.revision(revision_id);
    }
    act.tell(&mut stored, entry)?;
    act.finish(stored, summary, None)
}

/// Opens the revision that an approval asks for, and answers its id.
fn reopen(act: &Act<'_>, stored: &mut Stored, rov: &Rov, note: &str) -> Result<String, Problem> {
    let Some(report) = versions::latest(act.tx, stored.row)? else {
        return Err(state_conflict(stored, "reopened without a report"));
    };
    let kind = match rov.comparables.is_empty() {
        true => RevisionType::Clarification,
        false => RevisionType::AdditionalComparables,
    };
    let revision = qc::open(act, stored, report, RevisionSource::Rov, |revision| {
        revision.kind = kind;
        revision.reason = note.to_owned();
    })?;
    Ok(revision.id)
}
