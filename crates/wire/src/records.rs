//! The lists that an order keeps beside its history. What cannot be read in one record does not cost the others.

use crate::json::{Lenient, Unreadable, Value, parse};
use crate::order::{actor, fee};
use omnival_core::order::full::Contact;
use omnival_core::order::records::{
    AgencyFile, AgencyFinding, ChecklistItem, Comparable, Decision, Document, Finding, Invoice, InvoiceData, LogEntry,
    Override, Report, Revision, Rov, Run, Sent, Submission,
};
use omnival_core::time::Timestamp;
use omnival_core::words::{ChecklistAnswer, ContactRole, MethodKind, Portal};

/// When an inspection may take place.
#[derive(Clone, PartialEq, Debug)]
pub struct Slot {
    pub id: String,
    pub starts_at: Option<Timestamp>,
    pub available: bool,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Slots {
    pub slots: Vec<Slot>,
    /// Of the property.
    pub time_zone: Option<String>,
}

/// A configured way to pay.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentMethod {
    pub id: String,
    pub kind: MethodKind,
    pub name: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Checklist {
    pub report: Option<String>,
    pub items: Vec<ChecklistItem>,
}

/// The submissions to one agency portal.
#[derive(Clone, PartialEq, Debug)]
pub struct AgencyState {
    pub portal: Portal,
    pub required: bool,
    /// Newest first.
    pub submissions: Vec<Submission>,
}

fn each<T>(value: &Value, key: &'static str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Unreadable> {
    let items = value.get(key).and_then(Value::as_array).ok_or(Unreadable(key))?;
    Ok(items.iter().filter_map(read).collect())
}

fn items<T>(body: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Unreadable> {
    each(&parse(body)?, "items", read)
}

fn by(value: &Value, key: &str) -> Option<omnival_core::order::history::Actor> {
    value.object(key).and_then(actor)
}

fn size(value: &Value) -> u64 {
    value.get("size").and_then(Value::as_u64).unwrap_or(0)
}

pub fn reports(body: &str) -> Result<Vec<Report>, Unreadable> {
    items(body, |value| {
        Some(Report {
            id: value.owned("id")?,
            version: value.count("version"),
            name: value.or_empty("name"),
            content_type: value.or_empty("contentType"),
            size: size(value),
            submitted_at: value.stamp("submittedAt"),
            submitted_by: by(value, "submittedBy"),
            status: value.or_empty("status"),
            sha256: value.owned("sha256"),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn log(body: &str) -> Result<Vec<LogEntry>, Unreadable> {
    items(body, |value| {
        Some(LogEntry {
            kind: value.owned("type")?,
            workflow: value.or_empty("workflow"),
            summary: value.or_empty("summary"),
            at: value.stamp("occurredAt"),
        })
    })
}

pub fn documents(body: &str) -> Result<Vec<Document>, Unreadable> {
    items(body, |value| {
        let access = value.object("access");
        let for_party = |party| access.is_some_and(|access| access.flag(party));
        Some(Document {
            id: value.owned("id")?,
            name: value.or_empty("name"),
            kind: value.or_empty("kind"),
            content_type: value.or_empty("contentType"),
            size: size(value),
            uploaded_at: value.stamp("uploadedAt"),
            uploaded_by: by(value, "uploadedBy"),
            for_vendor: for_party("vendor"),
            for_client: for_party("client"),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn checklist(body: &str) -> Result<Checklist, Unreadable> {
    let value = parse(body)?;
    Ok(Checklist {
        report: value.owned("reportId"),
        items: each(&value, "items", checklist_item)?,
    })
}

fn checklist_item(value: &Value) -> Option<ChecklistItem> {
    Some(ChecklistItem {
        id: value.owned("id")?,
        section: value.or_empty("section"),
        question: value.or_empty("question"),
        answer: value.text("answer").map(ChecklistAnswer::from),
        note: value.owned("note"),
        answered_by: by(value, "answeredBy"),
    })
}

/// The answer to answering one item.
pub fn answered_item(body: &str) -> Result<ChecklistItem, Unreadable> {
    checklist_item(&parse(body)?).ok_or(Unreadable("id"))
}

pub fn findings(body: &str) -> Result<Vec<Finding>, Unreadable> {
    items(body, |value| {
        Some(Finding {
            id: value.owned("id")?,
            source: value.or_empty("source"),
            severity: value.or_empty("severity"),
            code: value.or_empty("code"),
            message: value.or_empty("message"),
        })
    })
}

pub fn runs(body: &str) -> Result<Vec<Run>, Unreadable> {
    items(body, |value| {
        Some(Run {
            id: value.owned("id")?,
            report: value.or_empty("reportId"),
            status: value.word("status"),
            started_at: value.stamp("startedAt"),
            started_by: by(value, "startedBy"),
            completed_at: value.stamp("completedAt"),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn revisions(body: &str) -> Result<Vec<Revision>, Unreadable> {
    items(body, |value| {
        Some(Revision {
            id: value.owned("id")?,
            report: value.or_empty("reportId"),
            kind: value.or_empty("type"),
            reason: value.or_empty("reason"),
            source: value.word("source"),
            requested_by: by(value, "requestedBy"),
            requested_at: value.stamp("requestedAt"),
            resolved: value.text("resolvedByReportId").is_some(),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn rovs(body: &str) -> Result<Vec<Rov>, Unreadable> {
    let comparable = |value: &Value| Comparable {
        address: value.or_empty("address"),
        sale_date: value.or_empty("saleDate"),
        sale_price: value.money("salePrice"),
        note: value.owned("note"),
    };
    items(body, |value| {
        Some(Rov {
            id: value.owned("id")?,
            party: value.or_empty("party"),
            reason: value.or_empty("reason"),
            comparables: value.list("comparables").iter().map(comparable).collect(),
            submitted_by: by(value, "submittedBy"),
            submitted_at: value.stamp("submittedAt"),
            status: value.word("status"),
            decision: value.object("decision").map(|decision| Decision {
                by: by(decision, "by"),
                at: decision.stamp("at"),
                note: decision.or_empty("note"),
                correlation: decision.owned("correlationId"),
            }),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn borrowers(body: &str) -> Result<Vec<Contact>, Unreadable> {
    items(body, |value| {
        Some(Contact {
            role: ContactRole::Borrower,
            name: value.owned("name")?,
            email: value.owned("email"),
            phone: None,
        })
    })
}

pub fn deliveries(body: &str) -> Result<Vec<Sent>, Unreadable> {
    items(body, |value| {
        Some(Sent {
            id: value.owned("id")?,
            to: value.word("to"),
            name: value.or_empty("name"),
            email: value.or_empty("email"),
            sent_at: value.stamp("sentAt"),
            sent_by: by(value, "sentBy"),
            acknowledged_at: value.stamp("acknowledgedAt"),
            downloads: value.count("downloads"),
            correlation: value.owned("correlationId"),
        })
    })
}

pub fn agency(body: &str) -> Result<AgencyState, Unreadable> {
    let value = parse(body)?;
    Ok(AgencyState {
        portal: value.word("portal"),
        required: value.flag("required"),
        submissions: each(&value, "submissions", submission)?,
    })
}

fn submission(value: &Value) -> Option<Submission> {
    let file = |value: &Value| AgencyFile {
        gse: value.word("gse"),
        document_file_id: value.owned("documentFileId"),
        status: value.word("status"),
    };
    Some(Submission {
        id: value.owned("id")?,
        report: value.or_empty("reportId"),
        appraisal_number: value.count("appraisalNumber"),
        status: value.word("status"),
        files: value.list("files").iter().map(file).collect(),
        submitted_at: value.stamp("submittedAt"),
        submitted_by: by(value, "submittedBy"),
        completed_at: value.stamp("completedAt"),
        overrides: value.list("overrides").iter().map(overridden).collect(),
        correlation: value.owned("correlationId"),
    })
}

fn overridden(value: &Value) -> Override {
    Override {
        finding: value.or_empty("findingId"),
        reason_code: value.or_empty("reasonCode"),
        comment: value.owned("comment"),
        by: by(value, "by"),
        at: value.stamp("at"),
        correlation: value.owned("correlationId"),
    }
}

pub fn agency_findings(body: &str) -> Result<Vec<AgencyFinding>, Unreadable> {
    each(&parse(body)?, "findings", |value| {
        let code = |value: &Value| Some((value.owned("code")?, value.or_empty("label")));
        Some(AgencyFinding {
            id: value.owned("id")?,
            code: value.or_empty("code"),
            severity: value.word("severity"),
            message: value.or_empty("message"),
            gse: value.word("gse"),
            overridable: value.flag("overridable"),
            reason_codes: value.list("reasonCodes").iter().filter_map(code).collect(),
            overridden: value.object("override").map(overridden),
        })
    })
}

pub fn invoice_data(body: &str) -> Result<InvoiceData, Unreadable> {
    let value = parse(body)?;
    let gate = value.object("gate");
    Ok(InvoiceData {
        fee: value.object("fee").and_then(fee),
        amount_due: value.money("amountDue"),
        paid: value.money("paid"),
        invoices: each(&value, "invoices", invoice)?,
        delivered: gate.is_some_and(|gate| gate.flag("delivered")),
        approved: gate.is_some_and(|gate| gate.flag("approved")),
    })
}

fn invoice(value: &Value) -> Option<Invoice> {
    Some(Invoice {
        id: value.owned("id")?,
        number: value.or_empty("number"),
        bill_to: value.or_empty("billTo"),
        amount: value.money("amount"),
        status: value.word("status"),
        created_at: value.stamp("createdAt"),
        created_by: by(value, "createdBy"),
        correlation: value.owned("correlationId"),
    })
}

pub fn payment_methods(body: &str) -> Result<Vec<PaymentMethod>, Unreadable> {
    items(body, |value| {
        Some(PaymentMethod {
            id: value.owned("id")?,
            kind: value.word("kind"),
            name: value.or_empty("name"),
        })
    })
}

pub fn slots(body: &str) -> Result<Slots, Unreadable> {
    let value = parse(body)?;
    Ok(Slots {
        slots: each(&value, "items", |slot| {
            Some(Slot {
                id: slot.owned("id")?,
                starts_at: slot.stamp("startsAt"),
                available: slot.flag("available"),
            })
        })?,
        time_zone: value.owned("timeZone"),
    })
}
