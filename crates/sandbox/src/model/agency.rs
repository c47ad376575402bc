//! Submissions to the agencies' portals, and what the portals find.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::loan::LoanType;
use super::record::Record;
use crate::base::time::Stamp;
use crate::base::words::words;

words! {
    /// One of the two portals.
    pub enum Portal {
        Ucdp = "ucdp",
        Ead = "ead",
    }

    /// Whom a submission is for.
    pub enum Gse {
        FannieMae = "fannieMae",
        FreddieMac = "freddieMac",
        Fha = "fha",
    }

    pub enum SubmissionStatus {
        Received = "received",
        InProgress = "inProgress",
        Successful = "successful",
        SuccessfulWithWarnings = "successfulWithWarnings",
        NotSuccessful = "notSuccessful",
        OverrideRequested = "overrideRequested",
    }

    /// What an order repeats of its latest submission.
    pub enum AgencyStatus {
        NotSubmitted = "notSubmitted",
        Received = "received",
        InProgress = "inProgress",
        Successful = "successful",
        SuccessfulWithWarnings = "successfulWithWarnings",
        NotSuccessful = "notSuccessful",
        OverrideRequested = "overrideRequested",
    }

    pub enum FindingSeverity {
        Info = "info",
        Warning = "warning",
        Fatal = "fatal",
        HardStop = "hardStop",
    }
}

impl Portal {
    /// Where loans of a type go, if anywhere.
    pub fn of_loan(kind: LoanType) -> Option<Self> {
        match kind {
            LoanType::Conventional => Some(Self::Ucdp),
            LoanType::Fha => Some(Self::Ead),
            LoanType::Va | LoanType::Usda | LoanType::Other => None,
        }
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ucdp => "UCDP",
            Self::Ead => "EAD",
        }
    }
}

impl SubmissionStatus {
    /// The portal has not answered yet.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::InProgress | Self::OverrideRequested)
    }
}

impl From<SubmissionStatus> for AgencyStatus {
    fn from(status: SubmissionStatus) -> Self {
        match status {
            SubmissionStatus::Received => Self::Received,
            SubmissionStatus::InProgress => Self::InProgress,
            SubmissionStatus::Successful => Self::Successful,
            SubmissionStatus::SuccessfulWithWarnings => Self::SuccessfulWithWarnings,
            SubmissionStatus::NotSuccessful => Self::NotSuccessful,
            SubmissionStatus::OverrideRequested => Self::OverrideRequested,
        }
    }
}

impl AgencyStatus {
    /// The portal has accepted the report.
    pub fn is_accepted(self) -> bool {
        matches!(self, Self::Successful | Self::SuccessfulWithWarnings)
    }
}

impl FindingSeverity {
    /// Keeps the report from being accepted.
    fn refuses(self) -> bool {
        matches!(self, Self::Fatal | Self::HardStop)
    }
}

/// A submission in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    pub id: String,
    pub portal: Portal,
    pub report_id: String,
    pub appraisal_number: i64,
    pub status: SubmissionStatus,
    pub files: Vec<GseFile>,
    pub submitted_at: Stamp,
    pub submitted_by: Option<Actor>,
    pub completed_at: Option<Stamp>,
    pub correlation_id: Option<String>,
    pub overrides: Vec<Override>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GseFile {
    pub gse: Gse,
    pub document_file_id: Option<String>,
    pub status: SubmissionStatus,
    pub ssr_url: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Override {
    pub finding_id: String,
    pub reason_code: String,
    pub comment: Option<String>,
    pub by: Option<Actor>,
    pub at: Stamp,
    pub correlation_id: Option<String>,
}

/// Something the portal objects to, in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    pub id: String,
    pub code: String,
    pub severity: FindingSeverity,
    pub message: String,
    pub gse: Gse,
    pub overridable: bool,
    pub reason_codes: Vec<ReasonCode>,
    #[serde(rename = "override")]
    pub overridden: Option<FindingOverride>,
}

impl Finding {
    /// Keeps the report from being accepted.
    pub fn stands_in_the_way(&self) -> bool {
        self.severity.refuses() && self.overridden.is_none()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReasonCode {
    pub code: String,
    pub label: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingOverride {
    pub reason_code: String,
    pub comment: Option<String>,
    pub by: Option<Actor>,
    pub at: Stamp,
}

/// A submission with what the portal found, as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filed {
    pub submission: Submission,
    pub findings: Vec<Finding>,
    /// From when on a read may show the override of a finding.
    pub overrides_visible_at: BTreeMap<String, Stamp>,
}

impl Record for Filed {
    const KIND: &'static str = "sub";

    fn id(&self) -> &str {
        &self.submission.id
    }
}

impl Filed {
    pub fn move_to(&mut self, status: SubmissionStatus) {
        self.submission.status = status;
        for file in &mut self.submission.files {
            file.status = status;
        }
    }

    /// As it can be seen at `now`: overrides that the lag still hides have not been asked for.
    pub fn seen_at(mut self, now: Stamp) -> Self {
        let visible = &self.overrides_visible_at;
        let is_seen = |id: &str| visible.get(id).is_none_or(|from| *from <= now);
        self.submission.overrides.retain(|made| is_seen(&made.finding_id));
        for finding in &mut self.findings {
            if !is_seen(&finding.id) {
                finding.overridden = None;
            }
        }
        self
    }
}
