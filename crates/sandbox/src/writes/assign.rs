//! Assignment and reassignment.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::expected_version;
use super::done::Done;
use crate::contract::status;
use crate::input::{Fields, Mistakes};
use crate::model::entry::{Entry, EntryType};
use crate::model::vendor::Vendor;
use crate::problem::{Code, Problem};
use crate::rules::deadlines::RESPOND_MS;
use crate::rules::{eligibility, fees};
use crate::store::orders::Stored;
use crate::store::reference;

/// Who brings the order to the vendor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    User,
    Automation,
}

pub(super) fn assign(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let vendor_id = fields.id(&mut mistakes, "vendorId");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;

    act.check_fence(&stored, expected)?;
    let code = require_status(&stored, "assigned", status::allows_assignment)?;
    let holder = stored.order.vendor.as_ref().map(|vendor| &vendor.id);
    if holder == Some(&vendor_id) && code != status::DECLINED {
        return Err(Problem::new(
            Code::DuplicateAction,
            "This vendor has the order already. Reload it before you decide again.",
        ));
    }
    let vendor = eligibility::require_eligible(act.tx, &stored, &vendor_id)?;
    hand_over(act, &mut stored, &vendor, By::User)?;
    let summary = format!("Assigned to {}", vendor.name);
    act.finish(stored, &summary, None)
}

/// Gives the order to a vendor who is eligible, and starts the time it has to answer.
pub(super) fn hand_over(act: &Act<'_>, stored: &mut Stored, vendor: &Vendor, by: By) -> Result<(), Problem> {
    let is_first = stored.order.vendor.is_none();
    let summary = match by {
        By::User => format!("Assigned to {}", vendor.name),
        By::Automation => format!("Assigned to {}, picked in advance", vendor.name),
    };
    let kind = match is_first {
        true => EntryType::Assigned,
        false => EntryType::Reassigned,
    };
    let entry = Entry::new(kind, &summary).to(status::ASSIGNED).vendor(&vendor.id);
    let entry = match by {
        By::User => entry.by(&act.user.id),
        By::Automation => entry.by_automation(),
    };
    act.tell(stored, entry)?;

    let now = act.moment.at;
    let order = &mut stored.order;
    if !is_first {
        order.reassignment_count += 1;
    }
    order.vendor = Some(vendor.part());
    order.assigned_at = Some(now);
    // What the last vendor asked for or arranged does not bind the next one.
    order.conditions = None;
    order.inspection = None;
    if let Some(sla) = &mut order.sla {
        sla.respond_by = Some(now.plus(RESPOND_MS));
    }
    if let (Some(product), Some(property)) = (&order.product, &order.property)
        && let Some(product) = reference::product(act.tx, &order.client_id, &product.id)?
        && let Some(fee) = &mut order.fee
    {
        // The client's price stands; only the vendor's portion inside it is another.
        let resolved = fees::resolve(&product, &property.zip, vendor.surcharge).fee;
        fee.vendor_charges = resolved.vendor_charges.min(fee.order_fee);
    }
    let told = format!("Asked {} to answer within 24 hours", vendor.name);
    act.audit(stored, ["assignment", &told, "Vendor notification"])?;
    act.ask_vendor(stored)
}
