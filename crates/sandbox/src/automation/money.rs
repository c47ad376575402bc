//! Money that takes its time.

use super::step::Step;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::payment::{Kept, TransactionStatus};
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::orders::Stored;
use crate::store::payments;

pub(super) fn charge_settles(step: &Step<'_>, mut stored: Stored, seq: i64) -> Result<(), Problem> {
    let Some(charge) = pending(step, &stored, seq)? else {
        return Ok(());
    };
    if stored.order.status_code == Some(status::CANCELLED) {
        payments::set_status(step.tx, seq, TransactionStatus::Failed)?;
        let summary = format!("The payment of {} was withdrawn: the order is cancelled", charge.amount);
        let entry = Entry::new(EntryType::PaymentFailed, &summary)
            .by_automation()
            .payment(seq);
        step.tell(&mut stored, entry)?;
        return step.finish(stored, "chargeSettles", &summary, None);
    }
    payments::set_status(step.tx, seq, TransactionStatus::Succeeded)?;
    let summary = format!("The payment of {} has settled", charge.amount);
    let entry = Entry::new(EntryType::PaymentCollected, &summary)
        .by_automation()
        .payment(seq);
    step.tell(&mut stored, entry)?;
    settlement::settle(step.tx, step.moment, &mut stored)?;
    step.finish(stored, "chargeSettles", &summary, Some(charge.amount))
}

pub(super) fn link_is_paid(step: &Step<'_>, mut stored: Stored, seq: i64) -> Result<(), Problem> {
    let Some(link) = pending(step, &stored, seq)? else {
        return Ok(());
    };
    // What was paid in another way meanwhile is not paid again.
    let is_over = matches!(stored.order.status_code, Some(status::CANCELLED | status::REJECTED));
    if is_over || stored.order.is_paid() {
        payments::set_status(step.tx, seq, TransactionStatus::Failed)?;
        return step.enter(&stored, "linkIsPaid", "The payment link is not needed any more", None);
    }
    payments::set_status(step.tx, seq, TransactionStatus::Succeeded)?;
    let summary = format!("The borrower paid {} by the link", link.amount);
    let entry = Entry::new(EntryType::PaymentCollected, &summary)
        .by_automation()
        .payment(seq);
    step.tell(&mut stored, entry)?;
    settlement::settle(step.tx, step.moment, &mut stored)?;
    step.finish(stored, "linkIsPaid", &summary, Some(link.amount))
}

fn pending(step: &Step<'_>, stored: &Stored, seq: i64) -> Result<Option<Kept>, Problem> {
    let kept = payments::kept(step.tx, stored.row)?;
    Ok(kept
        .into_iter()
        .find(|payment| payment.seq == seq && payment.status == TransactionStatus::Pending))
}
