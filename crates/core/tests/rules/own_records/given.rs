//! One record for each list, made by this operator at one time and by one request.

use omnival_core::ids::PaymentId;
use omnival_core::money::Money;
use omnival_core::order::Payment;
use omnival_core::order::records::{
    Decision, Document, Invoice, Override, Report, Revision, Rov, Run, Sent, Submission,
};
use omnival_core::time::Timestamp;

use crate::given::{ME, actor};

pub const AT: Option<Timestamp> = Some(Timestamp(4_000));

pub fn correlation() -> Option<String> {
    Some("int-1".into())
}

pub fn report() -> Report {
    Report {
        id: "rep-9".into(),
        version: 2,
        name: "A-1001.pdf".into(),
        content_type: "application/pdf".into(),
        size: 48_213,
        submitted_at: AT,
        submitted_by: Some(actor(ME)),
        status: "submitted".into(),
        sha256: None,
        correlation: correlation(),
    }
}

pub fn document() -> Document {
    Document {
        id: "doc-9".into(),
        name: "A-1001.pdf".into(),
        kind: "other".into(),
        content_type: "application/pdf".into(),
        size: 48_213,
        uploaded_at: AT,
        uploaded_by: Some(actor(ME)),
        for_vendor: true,
        for_client: false,
        correlation: correlation(),
    }
}

pub fn run() -> Run {
    Run {
        id: "run-9".into(),
        report: "rep-1".into(),
        status: "running".into(),
        started_at: AT,
        started_by: Some(actor(ME)),
        completed_at: Some(Timestamp(5_000)),
        correlation: correlation(),
    }
}

pub fn revision(source: &str) -> Revision {
    Revision {
        id: "rev-9".into(),
        report: "rep-1".into(),
        kind: "correction".into(),
        reason: "The address differs.".into(),
        source: source.into(),
        requested_by: Some(actor(ME)),
        requested_at: AT,
        resolved: false,
        correlation: correlation(),
    }
}

/// The submission and the decision are of different people, times and requests.
pub fn rov() -> Rov {
    Rov {
        id: "rov-9".into(),
        party: "borrower".into(),
        reason: "Sales were left out.".into(),
        comparables: Vec::new(),
        submitted_by: Some(actor(ME)),
        submitted_at: AT,
        status: "approved".into(),
        decision: Some(Decision {
            by: Some(actor("usr-judge")),
            at: Some(Timestamp(6_000)),
            note: "They are closer.".into(),
            correlation: Some("int-judge".into()),
        }),
        correlation: correlation(),
    }
}

pub fn sent(to: &str) -> Sent {
    Sent {
        id: "dlv-9".into(),
        to: to.into(),
        name: "Dana Reyes".into(),
        email: "dana@example.com".into(),
        sent_at: AT,
        sent_by: Some(actor(ME)),
        acknowledged_at: None,
        downloads: 0,
        correlation: correlation(),
    }
}

fn overridden(finding: &str, by: &str, at: i64, correlation: &str) -> Override {
    Override {
        finding: finding.into(),
        reason_code: "R07".into(),
        comment: None,
        by: Some(actor(by)),
        at: Some(Timestamp(at)),
        correlation: Some(correlation.into()),
    }
}

pub fn submission() -> Submission {
    Submission {
        id: "sub-9".into(),
        report: "rep-1".into(),
        appraisal_number: 1,
        status: "received".into(),
        files: Vec::new(),
        submitted_at: AT,
        submitted_by: Some(actor(ME)),
        completed_at: None,
        overrides: vec![
            overridden("agf-1", ME, 4_000, "int-1"),
            overridden("agf-2", "usr-judge", 6_000, "int-judge"),
        ],
        correlation: correlation(),
    }
}

pub fn invoice() -> Invoice {
    Invoice {
        id: "inv-9".into(),
        number: "INV-1".into(),
        bill_to: "client".into(),
        amount: Some(Money::new("450.00", "USD")),
        status: "open".into(),
        created_at: AT,
        created_by: Some(actor(ME)),
        correlation: correlation(),
    }
}

pub fn payment(kind: &str) -> Payment {
    Payment {
        id: PaymentId::new("pay-9"),
        kind: kind.into(),
        status: "succeeded".into(),
        amount: Some(Money::new("450.00", "USD")),
        method: "check".into(),
        occurred_at: AT,
        actor: Some(actor(ME)),
        reference: Some("Check 1042".into()),
        refund_of: (kind == "refund").then(|| "pay-1".into()),
        correlation: correlation(),
    }
}
