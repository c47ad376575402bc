//! Submissions to the agencies' portals, and what the portals find.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::base::time::Stamp;
use crate::model::Actor;
use crate::problem::Problem;
use crate::store::records::Record;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Status {
    Received,
    InProgress,
    Successful,
    SuccessfulWithWarnings,
    NotSuccessful,
    OverrideRequested,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Received => "received",
            Status::InProgress => "inProgress",
            Status::Successful => "successful",
            Status::SuccessfulWithWarnings => "successfulWithWarnings",
            Status::NotSuccessful => "notSuccessful",
            Status::OverrideRequested => "overrideRequested",
        }
    }

    /// The portal has not answered yet.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Received | Status::InProgress | Status::OverrideRequested)
    }
}

/// A submission in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    pub id: String,
    pub portal: String,
    pub report_id: String,
    pub appraisal_number: i64,
    pub status: Status,
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
    pub gse: String,
    pub document_file_id: Option<String>,
    pub status: Status,
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
    /// `info`, `warning`, `fatal` or `hardStop`.
    pub severity: String,
    pub message: String,
    pub gse: String,
    pub overridable: bool,
    pub reason_codes: Vec<ReasonCode>,
    #[serde(rename = "override")]
    pub overridden: Option<FindingOverride>,
}

impl Finding {
    /// Keeps the report from being accepted.
    pub fn stands_in_the_way(&self) -> bool {
        matches!(self.severity.as_str(), "fatal" | "hardStop") && self.overridden.is_none()
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
    pub fn move_to(&mut self, status: Status) {
        self.submission.status = status;
        for file in &mut self.submission.files {
            file.status = status;
        }
    }

    /// The portal's answer.
    pub fn complete(&mut self, status: Status, at: Stamp) {
        self.move_to(status);
        self.submission.completed_at = Some(at);
        let (portal, id) = (self.submission.portal.clone(), self.submission.id.clone());
        for file in &mut self.submission.files {
            file.ssr_url = Some(format!("https://{portal}.portal.example/ssr/{id}/{}", file.gse));
        }
    }

    /// What the portal finds with this outcome; `hard_stop` adds one that nobody may override.
    pub fn find(&mut self, status: Status, hard_stop: bool) {
        let mut kinds = Vec::new();
        if status == Status::NotSuccessful {
            kinds.push("fatal");
        }
        if matches!(status, Status::NotSuccessful | Status::SuccessfulWithWarnings) {
            kinds.push("warning");
        }
        if hard_stop {
            kinds.push("hardStop");
        }
        let is_ead = self.submission.portal == "ead";
        let gse = self
            .submission
            .files
            .first()
            .map_or("fannieMae", |file| &file.gse)
            .to_owned();
        let id = &self.submission.id;
        self.findings = kinds
            .into_iter()
            .enumerate()
            .map(|(index, severity)| {
                let (code, message) = wording(severity, is_ead);
                Finding {
                    id: format!("{id}-{}", index + 1),
                    code: code.to_owned(),
                    severity: severity.to_owned(),
                    message: message.to_owned(),
                    gse: gse.clone(),
                    overridable: severity == "fatal",
                    reason_codes: if severity == "fatal" {
                        reason_codes()
                    } else {
                        Vec::new()
                    },
                    overridden: None,
                }
            })
            .collect();
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

fn wording(severity: &str, is_ead: bool) -> (&'static str, &'static str) {
    match (severity, is_ead) {
        ("fatal", false) => (
            "FNM0083",
            "The property is on a list of properties that need a justification.",
        ),
        ("fatal", true) => (
            "FHA201",
            "The effective date of the appraisal is outside the case's validity.",
        ),
        ("hardStop", false) => ("9001", "The file cannot be read."),
        ("hardStop", true) => ("FHA202", "The case number is not active."),
        (_, false) => ("FNM0101", "The appraiser's licence expires within 30 days."),
        (_, true) => ("FHA310", "A comparable is older than six months."),
    }
}

fn reason_codes() -> Vec<ReasonCode> {
    [
        ("A1", "The data is correct as reported"),
        ("A2", "Public records are out of date"),
        ("B1", "Explained in the addendum"),
    ]
    .map(|(code, label)| ReasonCode {
        code: code.to_owned(),
        label: label.to_owned(),
    })
    .to_vec()
}

/// The document file id that a portal has given out for a loan.
pub fn document_file_id(connection: &Connection, loan_id: &str, portal: &str) -> Result<Option<String>, Problem> {
    let id = connection
        .prepare_cached("SELECT document_file_id FROM agency_files WHERE loan_id = ?1 AND portal = ?2")?
        .query_row([loan_id, portal], |row| row.get(0))
        .optional()?;
    Ok(id)
}

/// The same, given out now if the loan has none yet.
pub fn issue_document_file_id(connection: &Connection, loan_id: &str, portal: &str) -> Result<String, Problem> {
    if let Some(id) = document_file_id(connection, loan_id, portal)? {
        return Ok(id);
    }
    let number = super::unspell("loan", loan_id).unwrap_or(0);
    let id = match portal {
        "ead" => format!("EA{:08}", 20_000_000 + number),
        _ => format!("DF{:08}", 10_000_000 + number),
    };
    connection
        .prepare_cached("INSERT INTO agency_files (loan_id, portal, document_file_id) VALUES (?1, ?2, ?3)")?
        .execute(params![loan_id, portal, id])?;
    Ok(id)
}

/// Takes an appraisal number of a loan for an order; false if another order has it.
pub fn take_appraisal(
    connection: &Connection,
    loan_id: &str,
    portal: &str,
    number: i64,
    order_row: i64,
) -> Result<bool, Problem> {
    connection
        .prepare_cached(
            "INSERT INTO agency_appraisals (loan_id, portal, number, order_row) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![loan_id, portal, number, order_row])?;
    let holder: i64 = connection
        .prepare_cached("SELECT order_row FROM agency_appraisals WHERE loan_id = ?1 AND portal = ?2 AND number = ?3")?
        .query_row(params![loan_id, portal, number], |row| row.get(0))?;
    Ok(holder == order_row)
}
