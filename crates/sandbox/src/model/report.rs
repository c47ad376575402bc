//! The versions of an order's report.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::record::Record;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum ReportStatus {
        Submitted = "submitted",
        Accepted = "accepted",
        RevisionRequested = "revisionRequested",
        /// A newer version is there.
        Superseded = "superseded",
    }
}

/// A version of the report, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub id: String,
    /// Counted from 1 within the order.
    pub version: i64,
    pub name: String,
    pub content_type: String,
    /// In bytes.
    pub size: usize,
    /// Of the content, in lower-case hex.
    pub sha256: String,
    pub submitted_at: Stamp,
    pub submitted_by: Actor,
    pub status: ReportStatus,
    pub correlation_id: Option<String>,
}

impl Record for Report {
    const KIND: &'static str = "rep";

    fn id(&self) -> &str {
        &self.id
    }
}
