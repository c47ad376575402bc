//! The order history and the workflow audit log, as the contract shows them.

use serde::Serialize;
use serde_json::value::RawValue;

use super::actor::Actor;
use super::entry::{EntryType, Source};
use crate::base::time::Stamp;
use crate::contract::status::Code;

/// How the summary of a change begins that is a change of the order fee first.
pub const ORDER_FEE_CHANGED: &str = "Changed order fee ";

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// Whoever may see everything that is told of an order.
    All,
    /// A vendor: what the client pays is not told to it.
    Vendor,
}

/// An entry as the contract shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntryType,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub source: Source,
    pub from_status: Option<Code>,
    pub to_status: Option<Code>,
    pub reason: Option<String>,
    pub summary: String,
    pub correlation_id: Option<String>,
    /// Kept as it was written.
    pub refs: Box<RawValue>,
}

impl HistoryEntry {
    /// Leaves out of the summary what these eyes may not see.
    pub fn suit(&mut self, eyes: Eyes) {
        if eyes == Eyes::All || self.kind != EntryType::OrderUpdated {
            return;
        }
        if let Some(fee) = self.summary.strip_prefix(ORDER_FEE_CHANGED) {
            self.summary = match fee.split_once("; ") {
                Some((_, rest)) => format!("Changed {rest}"),
                None => "Changed the order".to_owned(),
            };
        }
    }
}

/// An entry about the report, as the report history shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: EntryType,
    pub occurred_at: Stamp,
    pub actor: Option<Actor>,
    pub report_id: Option<String>,
    pub summary: String,
}

/// A line of the workflow audit log: what automation did.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Audit {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub occurred_at: Stamp,
    pub summary: String,
    pub workflow: String,
}
