//! The vendor's answer to an assignment.

use super::{Act, Done, require_status};
use crate::problem::Problem;
use crate::status;
use crate::store::history::Entry;
use crate::store::orders::Stored;

pub(super) fn accept(act: &Act<'_>, mut stored: Stored) -> Result<Done, Problem> {
    require_status(&stored, "accepted", |code| code == status::ASSIGNED)?;
    if let Some(sla) = &mut stored.order.sla {
        sla.respond_by = None;
    }
    let vendor_id = stored.order.vendor.as_ref().map(|vendor| vendor.id.clone());
    let mut entry = Entry::new("accepted", "Accepted the order")
        .by(&act.user.id)
        .to(status::ACCEPTED);
    if let Some(vendor_id) = &vendor_id {
        entry = entry.vendor(vendor_id);
    }
    act.tell(&mut stored, entry)?;
    act.finish(stored, "acceptOrder", "Accepted the order", None)
}
