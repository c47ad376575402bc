//! The inspection: agreed, moved, done.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::expected_version;
use super::done::Done;
use crate::base::time::{DAY, Stamp};
use crate::contract::status;
use crate::input::{Fields, Mistakes};
use crate::model::entry::{Entry, EntryType};
use crate::model::order::Inspection;
use crate::problem::{Code, FieldError, Problem};
use crate::rules::slots;
use crate::store::orders::Stored;

pub(super) fn schedule(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let slot_id = fields.id(&mut mistakes, "slotId");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    let code = require_status(&stored, "scheduled for inspection", |code| {
        matches!(
            code,
            status::ACCEPTED | status::IN_PROGRESS | status::INSPECTION_SCHEDULED
        )
    })?;
    let slot = slots::on_offer(&stored.order, act.moment.at)
        .into_iter()
        .find(|slot| slot.id == slot_id && slot.available)
        .ok_or_else(|| {
            Problem::new(
                Code::SlotTaken,
                "This time is not free any more. Load the times again and choose another one.",
            )
        })?;
    stored.order.inspection = Some(Inspection {
        scheduled_at: Some(slot.starts_at),
        completed_at: None,
        time_zone: slots::time_zone(&stored.order).to_owned(),
    });
    let done = match code {
        status::INSPECTION_SCHEDULED => "Moved the inspection to",
        _ => "Scheduled the inspection for",
    };
    let summary = format!("{done} {}", slot.starts_at);
    tell(
        act,
        &mut stored,
        EntryType::InspectionScheduled,
        &summary,
        status::INSPECTION_SCHEDULED,
    )?;
    act.finish(stored, &summary, None)
}

pub(super) fn complete(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let mut mistakes = Mistakes::default();
    let (completed_at, expected) = match body {
        None => (None, None),
        Some(_) => {
            let fields = Fields::of_body(body)?;
            (
                fields.optional_moment(&mut mistakes, "completedAt"),
                expected_version(&fields, &mut mistakes),
            )
        }
    };
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "marked as inspected", |code| {
        code == status::INSPECTION_SCHEDULED
    })?;
    let scheduled_at = stored
        .order
        .inspection
        .as_ref()
        .and_then(|inspection| inspection.scheduled_at);
    if let Some(moment) = completed_at {
        check_moment(moment, scheduled_at, act.moment.at)?;
    }
    let completed_at = completed_at.unwrap_or(act.moment.at);
    stored.order.inspection = Some(Inspection {
        scheduled_at,
        completed_at: Some(completed_at),
        time_zone: slots::time_zone(&stored.order).to_owned(),
    });
    let summary = format!("Inspected the property at {completed_at}");
    tell(
        act,
        &mut stored,
        EntryType::InspectionCompleted,
        &summary,
        status::INSPECTED,
    )?;
    act.finish(stored, &summary, None)
}

/// 422 for a moment that cannot be when it was done.
fn check_moment(moment: Stamp, scheduled_at: Option<Stamp>, now: Stamp) -> Result<(), Problem> {
    let message = if moment > now {
        "This moment lies in the future."
    } else if scheduled_at.is_some_and(|scheduled_at| moment < scheduled_at.plus(-DAY)) {
        "This moment lies more than a day before the agreed time. Move the inspection first."
    } else {
        return Ok(());
    };
    let error = FieldError {
        field: "completedAt".to_owned(),
        message: message.to_owned(),
    };
    Err(Problem::not_processable("The inspection cannot have been completed then.").with_errors(vec![error]))
}

fn tell(act: &Act<'_>, stored: &mut Stored, kind: EntryType, summary: &str, to: status::Code) -> Result<(), Problem> {
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    let entry = Entry::new(kind, summary).by(&act.user.id).to(to).vendor(&vendor_id);
    act.tell(stored, entry)
}
