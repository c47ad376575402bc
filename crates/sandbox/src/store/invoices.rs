//! Invoices.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::model::Actor;
use crate::problem::Problem;
use crate::store::records::{self, EVER, Record};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    Open,
    Paid,
}

/// An invoice in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    pub id: String,
    pub number: String,
    /// `client` or `borrower`.
    pub bill_to: String,
    pub amount: Money,
    pub status: Status,
    pub created_at: Stamp,
    pub created_by: Option<Actor>,
    pub note: Option<String>,
    pub correlation_id: Option<String>,
}

impl Record for Invoice {
    const KIND: &'static str = "inv";

    fn id(&self) -> &str {
        &self.id
    }
}

/// The number of the invoice with this id.
pub fn number_of(id: &str) -> String {
    format!("INV-{:07}", super::unspell(Invoice::KIND, id).unwrap_or(0))
}

/// The order's invoices follow whether it is paid.
pub fn mark(connection: &Connection, order_row: i64, paid: bool) -> Result<(), Problem> {
    let wanted = if paid { Status::Paid } else { Status::Open };
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
