//! Invoices follow the payment of their order.

use rusqlite::Connection;

use crate::model::invoice::{Invoice, InvoiceStatus};
use crate::model::moment::EVER;
use crate::problem::Problem;
use crate::store::records;

/// The order's invoices follow whether it is paid.
pub fn mark(connection: &Connection, order_row: i64, paid: bool) -> Result<(), Problem> {
    let wanted = if paid { InvoiceStatus::Paid } else { InvoiceStatus::Open };
    for mut invoice in records::list::<Invoice>(connection, order_row, EVER)? {
        if invoice.status != wanted {
            invoice.status = wanted;
            records::save(connection, &invoice)?;
        }
    }
    Ok(())
}

pub fn any(connection: &Connection, order_row: i64) -> Result<bool, Problem> {
    Ok(records::latest::<Invoice>(connection, order_row, EVER)?.is_some())
}
