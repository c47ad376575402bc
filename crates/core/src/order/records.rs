//! The lists that an order keeps beside its history: reports, revisions, submissions, deliveries, invoices, and more.
//!
//! Each of them can be read as an [`Entry`], so that one rule judges them all: see [`Rule`](crate::operation::Rule).
//! A word that we do not know (a status, a severity) is kept as the platform wrote it.

use super::full::Fee;
use super::history::{Actor, Entry, Payment, Source};
use crate::ids::EntryId;
use crate::money::Money;
use crate::operation::Term;
use crate::time::Timestamp;
use crate::words::{
    AgencyStatus, ChecklistAnswer, Gse, InvoiceStatus, Recipient, RevisionSource, RovStatus, RunStatus, Severity,
};

/// One version of the appraisal report. Nothing is overwritten: every upload is a version of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    pub id: String,
    pub version: u32,
    pub name: String,
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    pub submitted_at: Option<Timestamp>,
    pub submitted_by: Option<Actor>,
    pub status: String,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: Option<String>,
    pub correlation: Option<String>,
}

/// A supporting document, and who beside operations may see it.
#[derive(Clone, PartialEq, Debug)]
pub struct Document {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub content_type: String,
    /// Bytes.
    pub size: u64,
    pub uploaded_at: Option<Timestamp>,
    pub uploaded_by: Option<Actor>,
    pub for_vendor: bool,
    pub for_client: bool,
    pub correlation: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct ChecklistItem {
    pub id: String,
    pub section: String,
    pub question: String,
    pub answer: Option<ChecklistAnswer>,
    pub note: Option<String>,
    pub answered_by: Option<Actor>,
}

/// What QC or CrossCheck found in a report.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub id: String,
    pub source: String,
    pub severity: String,
    pub code: String,
    pub message: String,
}

/// One run of CrossCheck over a report.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    pub id: String,
    pub report: String,
    pub status: RunStatus,
    pub started_at: Option<Timestamp>,
    pub started_by: Option<Actor>,
    pub completed_at: Option<Timestamp>,
    pub correlation: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Revision {
    pub id: String,
    pub report: String,
    pub kind: String,
    pub reason: String,
    pub source: RevisionSource,
    pub requested_by: Option<Actor>,
    pub requested_at: Option<Timestamp>,
    pub resolved: bool,
    pub correlation: Option<String>,
}

/// A sale that is offered as evidence against the value.
#[derive(Clone, PartialEq, Debug)]
pub struct Comparable {
    pub address: String,
    pub sale_date: String,
    pub sale_price: Option<Money>,
    pub note: Option<String>,
}

/// Reconsideration of value.
#[derive(Clone, PartialEq, Debug)]
pub struct Rov {
    pub id: String,
    /// Whose: `borrower` or `client`.
    pub party: String,
    pub reason: String,
    pub comparables: Vec<Comparable>,
    pub submitted_by: Option<Actor>,
    pub submitted_at: Option<Timestamp>,
    pub status: RovStatus,
    pub decision: Option<Decision>,
    pub correlation: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    pub by: Option<Actor>,
    pub at: Option<Timestamp>,
    pub note: String,
    pub correlation: Option<String>,
}

/// A report that was sent, as a link that serves one recipient.
#[derive(Clone, PartialEq, Debug)]
pub struct Sent {
    pub id: String,
    pub to: Recipient,
    pub name: String,
    pub email: String,
    pub sent_at: Option<Timestamp>,
    pub sent_by: Option<Actor>,
    pub acknowledged_at: Option<Timestamp>,
    pub downloads: u32,
    pub correlation: Option<String>,
}

/// One file at one agency. The Doc File ID is issued at the first submission and is no sign of success.
#[derive(Clone, PartialEq, Debug)]
pub struct AgencyFile {
    pub gse: Gse,
    pub document_file_id: Option<String>,
    pub status: AgencyStatus,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Override {
    pub finding: String,
    pub reason_code: String,
    pub comment: Option<String>,
    pub by: Option<Actor>,
    pub at: Option<Timestamp>,
    pub correlation: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Submission {
    pub id: String,
    pub report: String,
    pub appraisal_number: u32,
    pub status: AgencyStatus,
    pub files: Vec<AgencyFile>,
    pub submitted_at: Option<Timestamp>,
    pub submitted_by: Option<Actor>,
    pub completed_at: Option<Timestamp>,
    pub overrides: Vec<Override>,
    pub correlation: Option<String>,
}

/// What a portal found. Whether it may be overridden is the portal's word, never a matter of severity alone.
#[derive(Clone, PartialEq, Debug)]
pub struct AgencyFinding {
    pub id: String,
    pub code: String,
    pub severity: Severity,
    pub message: String,
    pub gse: Gse,
    pub overridable: bool,
    /// Code and label.
    pub reason_codes: Vec<(String, String)>,
    pub overridden: Option<Override>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Invoice {
    pub id: String,
    pub number: String,
    pub bill_to: String,
    pub amount: Option<Money>,
    pub status: InvoiceStatus,
    pub created_at: Option<Timestamp>,
    pub created_by: Option<Actor>,
    pub correlation: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct InvoiceData {
    pub fee: Option<Fee>,
    pub amount_due: Option<Money>,
    pub paid: Option<Money>,
    pub invoices: Vec<Invoice>,
    pub delivered: bool,
    pub approved: bool,
}

/// What automation did to the order, in its own words.
#[derive(Clone, PartialEq, Debug)]
pub struct LogEntry {
    pub kind: String,
    pub workflow: String,
    pub summary: String,
    pub at: Option<Timestamp>,
}

/// What identifies a file: its name and its size in bytes.
pub fn file_term(name: &str, size: u64) -> String {
    [name, " ", &size.to_string()].concat()
}

/// Who did it, when, and by which request: the part that all records have in common.
struct Act<'a> {
    by: &'a Option<Actor>,
    at: Option<Timestamp>,
    correlation: &'a Option<String>,
}

fn record(id: &str, kind: &str, act: Act<'_>, terms: Vec<(Term, String)>) -> Entry {
    Entry {
        id: EntryId::new(id),
        kind: kind.to_owned(),
        occurred_at: act.at,
        actor: act.by.clone(),
        // Lists of records do not tell hands apart: who is named did it, who is not named is not known.
        source: Source::User,
        from: None,
        to: None,
        reason: None,
        summary: String::new(),
        correlation: act.correlation.clone(),
        vendor: None,
        terms,
        state: None,
    }
}

impl Report {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.submitted_by,
            at: self.submitted_at,
            correlation: &self.correlation,
        };
        let terms = vec![(Term::File, file_term(&self.name, self.size))];
        record(&self.id, "report", act, terms)
    }
}

impl Document {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.uploaded_by,
            at: self.uploaded_at,
            correlation: &self.correlation,
        };
        let terms = vec![(Term::File, file_term(&self.name, self.size))];
        record(&self.id, "document", act, terms)
    }
}

impl Run {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.started_by,
            at: self.started_at,
            correlation: &self.correlation,
        };
        record(&self.id, "run", act, vec![(Term::Report, self.report.clone())])
    }
}

impl Revision {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.requested_by,
            at: self.requested_at,
            correlation: &self.correlation,
        };
        let terms = vec![(Term::Report, self.report.clone())];
        record(&self.id, self.source.as_str(), act, terms)
    }
}

impl Rov {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.submitted_by,
            at: self.submitted_at,
            correlation: &self.correlation,
        };
        record(&self.id, "rov", act, Vec::new())
    }

    pub fn as_decision(&self) -> Option<Entry> {
        let decision = self.decision.as_ref()?;
        let act = Act {
            by: &decision.by,
            at: decision.at,
            correlation: &decision.correlation,
        };
        Some(record(&self.id, "decision", act, vec![(Term::Rov, self.id.clone())]))
    }
}

impl Sent {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.sent_by,
            at: self.sent_at,
            correlation: &self.correlation,
        };
        record(
            &self.id,
            self.to.as_str(),
            act,
            vec![(Term::Recipient, self.email.clone())],
        )
    }
}

impl Submission {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.submitted_by,
            at: self.submitted_at,
            correlation: &self.correlation,
        };
        record(&self.id, "submission", act, vec![(Term::Report, self.report.clone())])
    }

    /// One entry for each finding that was overridden: a submission may be overridden more than once.
    pub fn as_overrides(&self) -> impl Iterator<Item = Entry> {
        self.overrides.iter().map(|one| {
            let act = Act {
                by: &one.by,
                at: one.at,
                correlation: &one.correlation,
            };
            let id = [&self.id, " ", &one.finding].concat();
            record(&id, "override", act, vec![(Term::Submission, self.id.clone())])
        })
    }
}

impl Invoice {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.created_by,
            at: self.created_at,
            correlation: &self.correlation,
        };
        record(&self.id, "invoice", act, Vec::new())
    }
}

impl Payment {
    pub fn as_record(&self) -> Entry {
        let act = Act {
            by: &self.actor,
            at: self.occurred_at,
            correlation: &self.correlation,
        };
        let amount = self.amount.as_ref().map(|amount| (Term::Amount, amount.plain()));
        let reference = self.reference.clone().map(|reference| (Term::Reference, reference));
        let of = self.refund_of.clone().map(|payment| (Term::Payment, payment));
        let terms = amount.into_iter().chain(reference).chain(of).collect();
        Entry {
            state: Some(self.status.clone()),
            ..record(self.id.as_str(), self.kind.as_str(), act, terms)
        }
    }
}
