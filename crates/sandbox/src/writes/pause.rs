//! Hold and reactivation: the clock stands still in between.

use serde_json::Value;

use super::act::{Act, require_status, state_conflict};
use super::body::reason_and_version;
use super::done::Done;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::order::Hold;
use crate::problem::Problem;
use crate::store::orders::Stored;

pub(super) fn hold(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let (reason, expected) = reason_and_version(body)?;
    act.check_fence(&stored, expected)?;
    let prior_status = require_status(&stored, "put on hold", status::is_active)?;
    stored.order.hold = Some(Hold {
        reason: reason.clone(),
        by: act.user.actor(),
        at: act.moment.at,
        prior_status,
    });
    let entry = Entry::new(EntryType::Held, "Put on hold")
        .by(&act.user.id)
        .to(status::ON_HOLD)
        .because(&reason);
    act.tell(&mut stored, entry)?;
    act.finish(stored, "Put on hold", None)
}

pub(super) fn reactivate(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let (reason, expected) = reason_and_version(body)?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "reactivated", |code| code == status::ON_HOLD)?;
    let Some(hold) = stored.order.hold.take() else {
        return Err(state_conflict(&stored, "reactivated"));
    };
    let paused = (act.moment.at.0 - hold.at.0).max(0);
    if let Some(sla) = &mut stored.order.sla {
        sla.paused_ms += paused;
        sla.due_at = sla.due_at.plus(paused);
        sla.respond_by = sla.respond_by.map(|moment| moment.plus(paused));
    }
    let entry = Entry::new(EntryType::Reactivated, "Reactivated the order")
        .by(&act.user.id)
        .to(hold.prior_status)
        .because(&reason);
    act.tell(&mut stored, entry)?;
    let summary = format!("Reactivated to “{}”", status::name(hold.prior_status));
    act.finish(stored, &summary, None)
}
