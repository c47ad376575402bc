//! Invoices.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::id::unspell;
use super::record::Record;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum InvoiceStatus {
        Open = "open",
        Paid = "paid",
    }

    /// Who is asked to pay.
    pub enum BillTo {
        Client = "client",
        Borrower = "borrower",
    }
}

/// An invoice in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invoice {
    pub id: String,
    pub number: String,
    pub bill_to: BillTo,
    pub amount: Money,
    pub status: InvoiceStatus,
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
    format!("INV-{:07}", unspell(Invoice::KIND, id).unwrap_or(0))
}
