//! What an order costs, what came in, and what was invoiced.

use serde::Serialize;

use super::order::Look;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::input::call::Answer;
use crate::model::Fee;
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::invoices::Invoice;
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

pub(super) fn answer(look: &Look<'_>) -> Result<Answer, Problem> {
    look.user.require_not_vendor()?;
    if look.call.operation == Operation::GetInvoice {
        return Answer::json(&look.named::<Invoice>("invoice")?);
    }
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
