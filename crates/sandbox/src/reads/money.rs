//! What an order costs, what came in, and what was invoiced.

use serde::Serialize;

use super::look::Look;
use super::shapes::dated;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::model::invoice::Invoice;
use crate::model::order::Fee;
use crate::model::payment::Payee;
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::payments;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct InvoiceData {
    fee: Option<Fee>,
    amount_due: Money,
    paid: Money,
    invoices: Vec<Invoice>,
    gate: Gate,
    as_of: Stamp,
}

/// What collecting waits for.
#[derive(Serialize)]
struct Gate {
    delivered: bool,
    approved: bool,
}

/// What came in, or what the vendor was paid; only the second is for the vendor's eyes.
pub(super) fn payments(look: &Look<'_>, payee: Payee) -> Result<Answer, Problem> {
    match payee {
        Payee::Client => look.user.require_not_vendor()?,
        Payee::Vendor => {}
    }
    let now = look.call.now;
    dated(payments::list(look.connection, look.stored.row, now, payee)?, now)
}

pub(super) fn invoice(look: &Look<'_>) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    Answer::json(&look.named::<Invoice>("invoice")?)
}

pub(super) fn invoice_data(look: &Look<'_>) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    let order = &look.stored.order;
    Answer::json(&InvoiceData {
        fee: order.fee,
        amount_due: order.payment.as_ref().map_or(Money::ZERO, |payment| payment.amount_due),
        paid: settlement::paid(&payments::kept(look.connection, look.stored.row)?),
        invoices: look.records()?,
        gate: Gate {
            delivered: order.is_delivered(),
            approved: order.is_approved(),
        },
        as_of: look.call.now,
    })
}
