//! What a list knows of an order. A different type from [`Order`](super::Order), so that a row is never taken for the
//! full record: no action is offered from a row alone.

use crate::ids::OrderRef;
use crate::status::Status;
use crate::time::Timestamp;

#[derive(Clone, PartialEq, Debug)]
pub struct Summary {
    pub at: OrderRef,
    pub number: Option<String>,
    pub status: Status,
    pub product: Option<String>,
    pub loan_number: String,
    pub borrower: String,
    pub address: String,
    pub vendor: Option<String>,
    pub branch: String,
    pub due_at: Option<Timestamp>,
    /// A calendar day, `YYYY-MM-DD`.
    pub due_date: Option<String>,
    pub updated_at: Option<Timestamp>,
    pub revisions: u32,
    pub client_reference: Option<String>,
}
