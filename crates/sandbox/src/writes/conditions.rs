//! The client's answer to a vendor's conditions, and what an agreement changes.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::{expected_version, version_only};
use super::done::Done;
use super::terms::{self, Terms};
use crate::contract::status;
use crate::input::{Fields, Mistakes};
use crate::model::entry::{Entry, EntryType};
use crate::model::order::{Conditions, Side};
use crate::problem::Problem;
use crate::rules::deadlines::RESPOND_MS;
use crate::rules::settlement;
use crate::store::orders::Stored;

pub(super) fn accept(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let expected = version_only(body)?;
    act.check_fence(&stored, expected)?;
    let terms = require_vendors_terms(&stored, "agreed")?;
    let summary = format!("Accepted the vendor's conditions: {}", terms::words(terms));
    let vendor_id = stored.order.vendor_id().unwrap_or_default().to_owned();
    terms::adopt(&mut stored.order);
    let entry = Entry::new(EntryType::ConditionsAccepted, &summary)
        .by(&act.user.id)
        .to(status::ACCEPTED)
        .vendor(&vendor_id);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, None)
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
    stored.order.conditions = Some(terms.propose(Side::Client, act.moment.at));
    if let Some(sla) = &mut stored.order.sla {
        sla.respond_by = Some(act.moment.at.plus(RESPOND_MS));
    }
    let mut entry = Entry::new(EntryType::ConditionsCountered, &summary)
        .by(&act.user.id)
        .to(status::CONDITIONS)
        .vendor(&vendor_id);
    if let Some(note) = &note {
        entry = entry.because(note);
    }
    act.tell(&mut stored, entry)?;
    act.ask_vendor(&stored)?;
    act.finish(stored, &summary, None)
}

fn require_vendors_terms<'s>(stored: &'s Stored, cannot: &str) -> Result<&'s Conditions, Problem> {
    require_status(stored, cannot, |code| code == status::CONDITIONS)?;
    terms::proposed_by(stored, Side::Vendor).ok_or_else(|| {
        state_conflict(
            stored,
            &format!("{cannot} while the vendor considers the client's offer"),
        )
    })
}
