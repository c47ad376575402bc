//! What a review leaves behind: revisions asked for, and CrossCheck runs with their findings.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::record::Record;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    pub enum RevisionType {
        Correction = "correction",
        Clarification = "clarification",
        AdditionalComparables = "additionalComparables",
        MissingContent = "missingContent",
        Formatting = "formatting",
        Other = "other",
    }

    /// Who asked for a revision.
    pub enum RevisionSource {
        Qc = "qc",
        Client = "client",
        Automation = "automation",
        Rov = "rov",
    }

    pub enum RunStatus {
        Running = "running",
        Completed = "completed",
        Failed = "failed",
    }

    /// What found something.
    pub enum FindingSource {
        CrossCheck = "crosscheck",
        Checklist = "checklist",
    }

    pub enum Severity {
        Info = "info",
        Warning = "warning",
        Critical = "critical",
    }
}

/// A request to change the report, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    pub id: String,
    pub report_id: String,
    #[serde(rename = "type")]
    pub kind: RevisionType,
    pub reason: String,
    pub source: RevisionSource,
    pub requested_by: Option<Actor>,
    pub requested_at: Stamp,
    pub checklist_item_ids: Vec<String>,
    pub resolved_by_report_id: Option<String>,
    pub correlation_id: Option<String>,
}

impl Record for Revision {
    const KIND: &'static str = "rvn";

    fn id(&self) -> &str {
        &self.id
    }
}

/// A CrossCheck of one version of the report, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    pub id: String,
    pub report_id: String,
    pub status: RunStatus,
    pub started_at: Stamp,
    pub started_by: Option<Actor>,
    pub completed_at: Option<Stamp>,
    pub correlation_id: Option<String>,
    pub findings: Vec<Finding>,
}

impl Record for Run {
    const KIND: &'static str = "run";

    fn id(&self) -> &str {
        &self.id
    }
}

/// Something to look at, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    pub id: String,
    pub source: FindingSource,
    pub severity: Severity,
    pub code: String,
    pub message: String,
    pub report_id: String,
    pub run_id: Option<String>,
    pub checklist_item_id: Option<String>,
}
