//! Cancellation: terminal; gives back what was paid, less what the work so far costs.

use serde_json::Value;

use super::{Act, Done, reason_and_version, require_status};
use crate::fees;
use crate::model::{Cancel, PaymentStatus};
use crate::money::Money;
use crate::problem::Problem;
use crate::random;
use crate::status;
use crate::store::history::Entry;
use crate::store::orders::Stored;
use crate::store::payments::{self, NewPayment};

pub(super) fn cancel(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let (reason, expected) = reason_and_version(body)?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "cancelled", |code| !status::is_closed(code))?;

    let taken = match &stored.order.payment {
        Some(payment) if payment.status == PaymentStatus::Paid => payments::latest_taken(act.tx, stored.row)?,
        _ => None,
    };
    let amount_taken = taken.as_ref().map(|(_, amount, _)| *amount);
    let (fee_applied, refunded) = fees::on_cancelling(&stored.order, amount_taken);
    let order = &mut stored.order;
    order.cancel = Some(Cancel {
        reason: reason.clone(),
        by: act.user.actor(),
        at: act.moment.at,
        fee_applied,
        refunded,
    });
    order.hold = None;
    if let Some(sla) = &mut order.sla {
        sla.respond_by = None;
    }
    let entry = Entry::new("cancelled", "Cancelled the order")
        .by(&act.user.id)
        .to(status::CANCELLED)
        .because(&reason);
    act.tell(&mut stored, entry)?;
    match (taken, refunded) {
        (Some((charge, _, method)), Some(amount)) => {
            refund(act, &mut stored, charge, &method, amount)?;
        }
        _ => {
            if let Some(payment) = &mut stored.order.payment {
                (payment.status, payment.amount_due) = fees::owed_after_cancelling(fee_applied);
            }
        }
    }
    let summary = match refunded {
        Some(amount) => format!("Cancelled, refunded {amount}"),
        None => "Cancelled".to_owned(),
    };
    act.finish(stored, "cancelOrder", &summary, refunded.map(|amount| -amount))
}

fn refund(act: &Act<'_>, stored: &mut Stored, charge: i64, method: &str, amount: Money) -> Result<(), Problem> {
    let reference = format!("re_{}", random::hex(5));
    let seq = payments::append(
        act.tx,
        stored.row,
        act.moment,
        NewPayment {
            kind: "refund",
            status: "succeeded",
            amount,
            method,
            reference: Some(&reference),
            actor_id: &act.user.id,
            related_seq: Some(charge),
        },
    )?;
    if let Some(payment) = &mut stored.order.payment {
        payment.status = PaymentStatus::Refunded;
        payment.amount_due = Money::ZERO;
    }
    let entry = Entry::new("refunded", "Refunded what was paid")
        .by_automation()
        .payment(seq);
    act.tell(stored, entry)
}
