//! Invoices: one per order, once the report has been delivered and approved.

use serde_json::Value;

use super::act::Act;
use super::body::expected_version;
use super::done::Done;
use crate::base::money::Money;
use crate::input::{Fields, Mistakes};
use crate::model::entry::{Entry, EntryType};
use crate::model::invoice::{Invoice, InvoiceStatus, number_of};
use crate::problem::{Code, Problem};
use crate::rules::{invoices, settlement};
use crate::store::orders::Stored;
use crate::store::records;

pub(super) fn create(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let bill_to = fields.word(&mut mistakes, "billTo", "Must be \"client\" or \"borrower\".");
    let note = fields.optional_text(&mut mistakes, "note", "At most 1000 characters.", |text| {
        text.chars().count() <= 1_000
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_delivered_and_approved(&stored, "invoiced")?;
    if invoices::any(act.tx, stored.row)? {
        return Err(Problem::new(
            Code::DuplicateAction,
            "This order has been invoiced. Look at the invoice that is there.",
        ));
    }
    let amount = stored.order.fee.map_or(Money::ZERO, |fee| fee.total);
    let invoice = records::append(act.tx, stored.row, act.moment, |id| Invoice {
        number: number_of(&id),
        id,
        bill_to,
        amount,
        status: InvoiceStatus::Open,
        created_at: act.moment.at,
        created_by: Some(act.user.actor()),
        note,
        correlation_id: act.correlation_id(),
    })?;
    let summary = format!("Created invoice {} over {amount}", invoice.number);
    let entry = Entry::new(EntryType::Invoiced, &summary)
        .by(&act.user.id)
        .invoice(&invoice.id);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, None)
}

/// 400 as long as the money is not earned.
pub(super) fn require_delivered_and_approved(stored: &Stored, cannot: &str) -> Result<(), Problem> {
    let order = &stored.order;
    let missing = match (order.is_delivered(), order.is_approved()) {
        (true, true) => return Ok(()),
        (false, true) => "has not been delivered to the borrower",
        (true, false) => "has not been approved",
        (false, false) => "has been neither delivered nor approved",
    };
    Err(Problem::new(
        Code::BusinessRule,
        format!("The report {missing}, so the order cannot be {cannot} yet. Deliver and approve it first."),
    ))
}
