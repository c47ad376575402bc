//! Vendors and borrowers who act on their own.

use super::step::Step;
use crate::base::time::Stamp;
use crate::contract::settings::VendorsAnswer;
use crate::contract::status;
use crate::model::delivery::Sent;
use crate::model::moment::EVER;
use crate::model::order::Side;
use crate::problem::Problem;
use crate::store::orders::Stored;
use crate::store::{records, users};
use crate::writes::{self, Act};

/// The vendor's user answers, by the same rules as if it had pressed a button.
pub(super) fn vendor_answers(
    step: &Step<'_>,
    stored: Stored,
    answer: VendorsAnswer,
    vendor_id: &str,
    asked_at: Stamp,
) -> Result<(), Problem> {
    let order = &stored.order;
    let is_asked = match order.status_code {
        Some(status::ASSIGNED) => order.assigned_at == Some(asked_at),
        Some(status::CONDITIONS) => order
            .conditions
            .as_ref()
            .is_some_and(|terms| terms.proposed_by == Side::Client && terms.proposed_at == asked_at),
        _ => false,
    };
    if !is_asked || order.vendor_id() != Some(vendor_id) {
        return Ok(());
    }
    let Some(user) = users::of_vendor(step.tx, vendor_id)? else {
        return Ok(());
    };
    let act = Act {
        tx: step.tx,
        user: &user,
        moment: step.moment,
        operation: writes::OPERATION_OF_VENDORS.id(),
        intent: None,
        fenced: false,
        settings: step.settings,
        by_itself: true,
    };
    writes::by_itself(&act, stored, answer)
}

/// The borrower follows the link, accepts the terms and downloads the report.
pub(super) fn borrower_opens(step: &Step<'_>, mut stored: Stored, delivery_id: &str) -> Result<(), Problem> {
    let sent = records::get::<Sent>(step.tx, stored.row, EVER, delivery_id)?;
    let Some(mut sent) = sent.filter(|sent| sent.acknowledged_at.is_none()) else {
        return Ok(());
    };
    sent.acknowledged_at = Some(step.moment.at);
    sent.downloads += 1;
    records::save(step.tx, &sent)?;
    if let Some(delivery) = &mut stored.order.delivery {
        delivery.acknowledged = true;
        delivery.download_count += 1;
    }
    let summary = format!("{} acknowledged and downloaded the report", sent.name);
    step.audit(&stored, ["delivery", &summary, "Delivery"])?;
    step.finish(stored, "borrowerOpens", &summary, None)
}
