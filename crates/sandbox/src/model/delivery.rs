//! Reports sent out.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::record::Record;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    /// To whom.
    pub enum DeliveryParty {
        Borrower = "borrower",
        Other = "other",
    }
}

/// A report that was sent to somebody, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    pub id: String,
    pub to: DeliveryParty,
    pub name: String,
    pub email: String,
    pub report_id: String,
    pub sent_at: Stamp,
    pub sent_by: Option<Actor>,
    pub acknowledged_at: Option<Stamp>,
    pub downloads: i64,
    pub correlation_id: Option<String>,
}

impl Record for Sent {
    const KIND: &'static str = "dlv";

    fn id(&self) -> &str {
        &self.id
    }
}
