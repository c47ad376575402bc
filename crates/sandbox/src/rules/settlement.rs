//! What is owed on an order, and whether it is over: judged anew after every write, from the records.

use rusqlite::Connection;

use super::invoices;
use crate::base::money::Money;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::moment::Moment;
use crate::model::order::{Order, PaymentStatus};
use crate::model::payment::{Kept, NewPayment, Payee, PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::problem::Problem;
use crate::store::orders::{self, Stored};
use crate::store::{history, payments};

/// What has come in and stayed.
pub fn paid(kept: &[Kept]) -> Money {
    kept.iter()
        .filter(|payment| payment.is_taken())
        .fold(Money::ZERO, |sum, payment| sum + payment.amount - payment.refunded)
}

/// Brings the order's payment in line with its records. To be called after the entry that tells of the
/// change.
pub fn settle(connection: &Connection, moment: Moment<'_>, stored: &mut Stored) -> Result<(), Problem> {
    let kept = payments::kept(connection, stored.row)?;
    let paid = paid(&kept);
    let owed = owed(&stored.order);
    let marked = history::latest_of(connection, stored.row, EntryType::MarkedPaid)?;
    // A refund opens again what was marked as paid before it.
    let is_marked = marked > history::latest_of(connection, stored.row, EntryType::Refunded)?;
    let is_paid = is_marked || (paid >= owed && paid > Money::ZERO);
    let is_waiting = kept.iter().any(Kept::is_pending_charge);
    let last = kept
        .iter()
        .rev()
        .find(|payment| payment.kind != PaymentKind::PaymentLink);
    let is_asked_for = stored.order.is_delivered() || invoices::any(connection, stored.row)?;
    let Some(payment) = &mut stored.order.payment else {
        return Ok(());
    };
    payment.status = match last {
        _ if is_paid => PaymentStatus::Paid,
        _ if is_waiting => PaymentStatus::Pending,
        Some(last) if last.kind == PaymentKind::Refund => PaymentStatus::Refunded,
        Some(last) if last.status == TransactionStatus::Failed => PaymentStatus::Failed,
        _ if is_asked_for => PaymentStatus::Due,
        _ => PaymentStatus::NotDue,
    };
    payment.amount_due = match is_paid {
        true => Money::ZERO,
        false => (owed - paid).max(Money::ZERO),
    };
    payment.paid_at = match is_paid {
        true => payment.paid_at.or(Some(moment.at)),
        false => None,
    };
    invoices::mark(connection, stored.row, is_paid)
}

/// What the order costs in all; on a cancelled one, what cancelling costs.
fn owed(order: &Order) -> Money {
    match &order.cancel {
        Some(cancel) => cancel.fee_applied.unwrap_or(Money::ZERO),
        None => order.fee.map_or(Money::ZERO, |fee| fee.total),
    }
}

/// Saves the order as the next version; completes it if nothing is open any more.
pub fn seal(connection: &Connection, moment: Moment<'_>, stored: &mut Stored) -> Result<(), Problem> {
    if is_complete(&stored.order) {
        complete(connection, moment, stored)?;
    }
    stored.order.version += 1;
    stored.order.updated_at = moment.at;
    orders::save(connection, stored)
}

fn is_complete(order: &Order) -> bool {
    let is_submitted = order
        .agency
        .as_ref()
        .is_none_or(|agency| !agency.required || agency.status.is_accepted());
    order.status_code == Some(status::REPORT_ACCEPTED) && order.is_delivered() && is_submitted && order.is_paid()
}

fn complete(connection: &Connection, moment: Moment<'_>, stored: &mut Stored) -> Result<(), Problem> {
    let summary = "Delivered, submitted where required, and paid";
    let entry = Entry::new(EntryType::Completed, summary)
        .by_automation()
        .to(status::COMPLETED);
    history::tell(connection, stored, moment, entry)?;
    let line = ["completion", "All conditions are met", "Completion"];
    history::audit(connection, stored.row, moment, line)?;
    pay_vendor(connection, moment, stored)
}

/// The vendor's portion goes out when the order is complete.
pub fn pay_vendor(connection: &Connection, moment: Moment<'_>, stored: &Stored) -> Result<(), Problem> {
    let Some(fee) = stored.order.fee.filter(|_| stored.order.vendor.is_some()) else {
        return Ok(());
    };
    let reference = format!("vp_{:010}", stored.row);
    let payment = NewPayment {
        kind: PaymentKind::Received,
        status: TransactionStatus::Succeeded,
        amount: fee.vendor_charges,
        method: PaymentMethodKind::Ach,
        reference: Some(&reference),
        actor_id: None,
        related_seq: None,
        payee: Payee::Vendor,
    };
    payments::append(connection, stored.row, moment, payment)?;
    Ok(())
}
