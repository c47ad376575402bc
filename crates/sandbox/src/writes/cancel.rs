//! Cancellation: terminal; gives back what was paid, less what the work so far costs.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::reason_and_version;
use super::done::Done;
use crate::base::money::Money;
use crate::base::random;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::order::{Cancel, PaymentStatus};
use crate::model::payment::{Kept, NewPayment, Payee, PaymentKind, TransactionStatus};
use crate::problem::Problem;
use crate::rules::{fees, settlement};
use crate::store::orders::Stored;
use crate::store::payments;

pub(super) fn cancel(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let (reason, expected) = reason_and_version(body)?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "cancelled", |code| !status::is_closed(code))?;

    let kept = payments::kept(act.tx, stored.row)?;
    let paid = settlement::paid(&kept);
    let (fee_applied, refunded) = fees::on_cancelling(&stored.order, (paid > Money::ZERO).then_some(paid));
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
    let entry = Entry::new(EntryType::Cancelled, "Cancelled the order")
        .by(&act.user.id)
        .to(status::CANCELLED)
        .because(&reason);
    act.tell(&mut stored, entry)?;
    match refunded {
        Some(amount) => give_back(act, &mut stored, &kept, amount)?,
        None => {
            if let Some(payment) = &mut stored.order.payment {
                let (status, owed) = fees::owed_after_cancelling(fee_applied);
                (payment.status, payment.amount_due) = (status, owed - paid.min(owed));
            }
        }
    }
    let summary = match refunded {
        Some(amount) => format!("Cancelled, refunded {amount}"),
        None => "Cancelled".to_owned(),
    };
    act.finish(stored, &summary, refunded.map(|amount| -amount))
}

/// Gives `amount` back, the latest payment first, no more of each than is left of it.
fn give_back(act: &Act<'_>, stored: &mut Stored, kept: &[Kept], amount: Money) -> Result<(), Problem> {
    let mut left = amount;
    for payment in kept.iter().rev().filter(|payment| payment.is_taken()) {
        let part = left.min(payment.amount - payment.refunded);
        if part > Money::ZERO {
            refund(act, stored, payment, part)?;
            left = left - part;
        }
    }
    if let Some(payment) = &mut stored.order.payment {
        payment.status = PaymentStatus::Refunded;
        payment.amount_due = Money::ZERO;
    }
    Ok(())
}

fn refund(act: &Act<'_>, stored: &mut Stored, payment: &Kept, amount: Money) -> Result<(), Problem> {
    let reference = format!("re_{}", random::hex(5));
    let new = NewPayment {
        kind: PaymentKind::Refund,
        status: TransactionStatus::Succeeded,
        amount,
        method: payment.method,
        reference: Some(&reference),
        actor_id: Some(&act.user.id),
        related_seq: Some(payment.seq),
        payee: Payee::Client,
    };
    let seq = payments::append(act.tx, stored.row, act.moment, new)?;
    let entry = Entry::new(EntryType::Refunded, "Refunded what was paid")
        .by_automation()
        .payment(seq);
    act.tell(stored, entry)
}
