//! Reconsiderations of value.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::record::Record;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::base::words::words;
use crate::contract::status::Code;

words! {
    /// For whom the value is disputed.
    pub enum RovParty {
        Borrower = "borrower",
        Client = "client",
    }

    pub enum RovStatus {
        Open = "open",
        Approved = "approved",
        Denied = "denied",
    }
}

/// Somebody disputes the value; in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rov {
    pub id: String,
    pub party: RovParty,
    pub reason: String,
    pub comparables: Vec<Comparable>,
    pub report_id: String,
    pub submitted_by: Option<Actor>,
    pub submitted_at: Stamp,
    pub status: RovStatus,
    pub decision: Option<Decision>,
    /// Where the order stood, and where it returns to if this is denied.
    pub prior_status: Code,
    pub correlation_id: Option<String>,
}

impl Record for Rov {
    const KIND: &'static str = "rov";

    fn id(&self) -> &str {
        &self.id
    }
}

/// A sale that the report did not consider.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparable {
    pub address: String,
    pub sale_date: Date,
    pub sale_price: Money,
    pub note: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    pub by: Option<Actor>,
    pub at: Stamp,
    pub note: String,
    pub correlation_id: Option<String>,
    /// From when on a read may show it; not part of what is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visible_at: Option<Stamp>,
}

impl Rov {
    /// As it can be seen at `now`: a decision that the lag still hides has not been made.
    pub fn seen_at(mut self, now: Stamp) -> Self {
        let visible_at = self.decision.as_mut().and_then(|decision| decision.visible_at.take());
        if visible_at.is_some_and(|visible_at| visible_at > now) {
            self.decision = None;
            self.status = RovStatus::Open;
        }
        self
    }
}
