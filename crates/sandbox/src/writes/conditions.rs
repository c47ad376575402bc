//! The client's answer to a vendor's conditions, and what an agreement changes.

use serde_json::Value;

use super::respond::Terms;
use super::{
    act::{Act, Done, expected_version, require_status, state_conflict, version_only},
    assign::RESPOND_MS,
};
use crate::base::time::Stamp;
use crate::contract::status;
use crate::input::{Fields, Mistakes};
use crate::model::{Conditions, Order};
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::history::Entry;
use crate::store::orders::Stored;

pub(super) fn accept(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let expected = version_only(body)?;
    act.check_fence(&stored, expected)?;
    let terms = require_vendors_terms(&stored, "agreed")?;
    let summary = format!("Accepted the vendor's conditions: {}", words(terms));
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    adopt(&mut stored.order);
    let entry = Entry::new("conditionsAccepted", &summary)
        .by(&act.user.id)
        .to(status::ACCEPTED)
        .vendor(&vendor_id);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, "acceptConditions", &summary, None)
}

pub(super) fn counter(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let terms = Terms::read(act, &fields, &mut mistakes, "note");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_vendors_terms(&stored, "countered")?;
    terms.check()?;
    let summary = format!("Countered: {}", terms.words());
    let note = terms.notes.clone().filter(|note| !note.trim().is_empty());
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    stored.order.conditions = Some(terms.propose("client", act.moment.at));
    if let Some(sla) = &mut stored.order.sla {
        sla.respond_by = Some(act.moment.at.plus(RESPOND_MS));
    }
    let mut entry = Entry::new("conditionsCountered", &summary)
        .by(&act.user.id)
        .to(status::CONDITIONS)
        .vendor(&vendor_id);
    if let Some(note) = &note {
        entry = entry.because(note);
    }
    act.tell(&mut stored, entry)?;
    act.ask_vendor(&stored)?;
    act.finish(stored, "counterConditions", &summary, None)
}

/// The terms on the table, if this side put them there.
pub(super) fn proposed_by<'s>(stored: &'s Stored, side: &str) -> Option<&'s Conditions> {
    stored
        .order
        .conditions
        .as_ref()
        .filter(|terms| terms.proposed_by == side)
}

pub(super) fn words(terms: &Conditions) -> String {
    Terms {
        fee: terms.fee,
        due_date: terms.due_date,
        notes: None,
    }
    .words()
}

fn require_vendors_terms<'s>(stored: &'s Stored, cannot: &str) -> Result<&'s Conditions, Problem> {
    require_status(stored, cannot, |code| code == status::CONDITIONS)?;
    proposed_by(stored, "vendor").ok_or_else(|| {
        state_conflict(
            stored,
            &format!("{cannot} while the vendor considers the client's offer"),
        )
    })
}

/// What was proposed holds from now on. A term that was not named stays as it was. What is owed is to be
/// settled anew.
pub(super) fn adopt(order: &mut Order) {
    let Some(terms) = order.conditions.take() else {
        return;
    };
    if let (Some(agreed), Some(fee)) = (terms.fee, &mut order.fee) {
        fee.vendor_charges = agreed;
        // The portion stays within the order fee.
        fee.order_fee = fee.order_fee.max(agreed);
        fee.total = fee.order_fee + fee.technology_fee;
    }
    if let Some(day) = terms.due_date {
        set_due_date(order, day);
    }
}

/// The clock follows the day, and keeps what it stood still.
pub(super) fn set_due_date(order: &mut Order, day: jiff::civil::Date) {
    order.due_date = Some(day);
    if let Some(sla) = &mut order.sla {
        sla.due_at = Stamp::end_of(day).plus(sla.paused_ms);
    }
}
