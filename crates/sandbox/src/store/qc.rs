//! What a review leaves behind: revisions asked for, and CrossCheck runs with their findings.

use serde::{Deserialize, Serialize};

use crate::base::time::Stamp;
use crate::model::Actor;
use crate::store::records::Record;

/// A request to change the report, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Revision {
    pub id: String,
    pub report_id: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub reason: String,
    /// `qc`, `client`, `automation` or `rov`.
    pub source: String,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunStatus {
    Running,
    Completed,
    Failed,
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
    /// `crosscheck` or `checklist`.
    pub source: String,
    /// `info`, `warning` or `critical`.
    pub severity: String,
    pub code: String,
    pub message: String,
    pub report_id: String,
    pub run_id: Option<String>,
    pub checklist_item_id: Option<String>,
}

/// Severity, code, message.
const KNOWN: [(&str, &str, &str); 6] = [
    ("info", "CC-101", "The report uses the current form edition."),
    (
        "warning",
        "CC-204",
        "Comparable 2 lies more than a mile from the property.",
    ),
    (
        "warning",
        "CC-219",
        "The gross adjustment of comparable 3 exceeds 25 percent.",
    ),
    ("info", "CC-118", "The photographs name no date."),
    (
        "critical",
        "CC-302",
        "The living area differs from public records by more than 10 percent.",
    ),
    (
        "warning",
        "CC-231",
        "The effective age is lower than half of the actual age.",
    ),
];

impl Run {
    /// The run ends; what it finds depends on the report alone.
    pub fn complete(&mut self, at: Stamp) {
        let number = crate::store::unspell("rep", &self.report_id)
            .unwrap_or(0)
            .unsigned_abs();
        let count = (number % 4) as usize;
        let start = (number / 4) as usize;
        self.findings = (0..count)
            .map(|index| {
                let (severity, code, message) = KNOWN[(start + index * 5) % KNOWN.len()];
                Finding {
                    id: format!("{}-{}", self.id, index + 1),
                    source: "crosscheck".to_owned(),
                    severity: severity.to_owned(),
                    code: code.to_owned(),
                    message: message.to_owned(),
                    report_id: self.report_id.clone(),
                    run_id: Some(self.id.clone()),
                    checklist_item_id: None,
                }
            })
            .collect();
        self.status = RunStatus::Completed;
        self.completed_at = Some(at);
    }
}
