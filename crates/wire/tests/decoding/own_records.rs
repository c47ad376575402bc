//! An order's own records: every field of the contract arrives, and what may be null is nothing rather than a guess.

use omnival_core::ids::UserId;
use omnival_core::money::Money;
use omnival_core::order::full::{Contact, Fee};
use omnival_core::order::history::Actor;
use omnival_core::order::records::{
    AgencyFile, AgencyFinding, ChecklistItem, Comparable, Decision, Document, Finding, Invoice, InvoiceData, Override,
    Report, Revision, Rov, Run, Sent, Submission,
};
use omnival_core::time::Timestamp;
use omnival_wire::Unreadable;
use omnival_wire::records::{self, AgencyState, Checklist, PaymentMethod, Slot, Slots};

use crate::own_documents::{
    AGENCY, AGENCY_FINDINGS, BORROWERS, CHECKLIST, CHECKLIST_ITEM, DELIVERIES, DOCUMENTS, FINDINGS, INVOICE_DATA,
    PAYMENT_METHODS, REPORTS, REVISIONS, ROVS, RUNS, SLOTS,
};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn stamp(text: &str) -> Option<Timestamp> {
    let stamp = Timestamp::parse(text);
    assert!(stamp.is_some(), "{text}");
    stamp
}

fn usd(amount: &str) -> Option<Money> {
    Some(Money::new(amount, "USD"))
}

fn actor(id: &str, name: &str, role: &str) -> Option<Actor> {
    Some(Actor {
        id: UserId::new(id),
        name: name.into(),
        role: role.into(),
    })
}

#[test]
fn a_report_is_read_with_its_version_and_its_size() {
    let report = Report {
        id: "rep-2".into(),
        version: 2,
        name: "A-1001 v2.pdf".into(),
        content_type: "application/pdf".into(),
        size: 20_971_520,
        submitted_at: stamp("2026-11-22T15:04:05Z"),
        submitted_by: actor("usr-7", "Vera", "vendor"),
        status: "revisionRequested".into(),
        sha256: text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        correlation: text("int-rep-1"),
    };
    assert_eq!(records::reports(REPORTS), Ok(vec![report]));
}

#[test]
fn a_document_is_read_with_who_may_see_it() {
    let document = Document {
        id: "doc-1".into(),
        name: "Contract.pdf".into(),
        kind: "purchaseContract".into(),
        content_type: "application/pdf".into(),
        size: 48_213,
        uploaded_at: stamp("2026-11-21T09:30:00Z"),
        uploaded_by: actor("usr-2", "Ann", "operations"),
        for_vendor: true,
        for_client: false,
        correlation: text("int-doc-1"),
    };
    assert_eq!(records::documents(DOCUMENTS), Ok(vec![document.clone()]));
    let other_way = DOCUMENTS.replace(
        r#"{ "vendor": true, "client": false }"#,
        r#"{ "vendor": false, "client": true }"#,
    );
    let other_way = records::documents(&other_way).expect("documents");
    assert_eq!((other_way[0].for_vendor, other_way[0].for_client), (false, true));
}

#[test]
fn the_checklist_is_read_with_the_report_that_its_answers_are_about() {
    let item = ChecklistItem {
        id: "chk-3".into(),
        section: "Sales comparison".into(),
        question: "Are the comparables recent?".into(),
        answer: Some("pass".into()),
        note: text("All within six months."),
        answered_by: actor("usr-4", "Quinn", "qc"),
    };
    let checklist = Checklist {
        report: text("rep-2"),
        items: vec![item.clone()],
    };
    assert_eq!(records::checklist(CHECKLIST), Ok(checklist));
    let answered = ChecklistItem {
        answer: Some("fail".into()),
        note: text("Comparable 2 is eleven miles away."),
        ..item
    };
    assert_eq!(records::answered_item(CHECKLIST_ITEM), Ok(answered));
}

#[test]
fn findings_and_runs_are_read() {
    let finding = Finding {
        id: "fnd-1".into(),
        source: "crosscheck".into(),
        severity: "critical".into(),
        code: "GLA-MISMATCH".into(),
        message: "The living area differs from public records.".into(),
    };
    assert_eq!(records::findings(FINDINGS), Ok(vec![finding]));
    let run = Run {
        id: "run-1".into(),
        report: "rep-2".into(),
        status: "completed".into(),
        started_at: stamp("2026-11-22T15:04:05Z"),
        started_by: actor("usr-4", "Quinn", "qc"),
        completed_at: stamp("2026-11-22T15:05:00Z"),
        correlation: text("int-run-1"),
    };
    assert_eq!(records::runs(RUNS), Ok(vec![run]));
}

#[test]
fn a_revision_is_read_with_who_wanted_it() {
    let revision = Revision {
        id: "rev-1".into(),
        report: "rep-1".into(),
        kind: "additionalComparables".into(),
        reason: "Two more sales are needed.".into(),
        source: "client".into(),
        requested_by: actor("usr-5", "Clara", "client"),
        requested_at: stamp("2026-11-20T10:00:00Z"),
        resolved: true,
        correlation: text("int-rev-1"),
    };
    assert_eq!(records::revisions(REVISIONS), Ok(vec![revision]));
}

#[test]
fn a_reconsideration_is_read_with_its_sales_and_its_decision() {
    let sale = Comparable {
        address: "14 Elm St".into(),
        sale_date: "2026-09-30".into(),
        sale_price: usd("612000.00"),
        note: text("Same plan"),
    };
    let decision = Decision {
        by: actor("usr-4", "Quinn", "qc"),
        at: stamp("2026-11-21T10:00:00Z"),
        note: "The sales are closer.".into(),
        correlation: text("int-dec-1"),
    };
    let rov = Rov {
        id: "rov-1".into(),
        party: "borrower".into(),
        reason: "Three nearby sales were left out.".into(),
        comparables: vec![sale],
        submitted_by: actor("usr-2", "Ann", "operations"),
        submitted_at: stamp("2026-11-20T10:00:00Z"),
        status: "approved".into(),
        decision: Some(decision),
        correlation: text("int-rov-1"),
    };
    assert_eq!(records::rovs(ROVS), Ok(vec![rov]));
}

#[test]
fn recipients_and_what_they_were_sent_are_read() {
    let borrower = Contact {
        role: "borrower".into(),
        name: "Dana Reyes".into(),
        email: text("dana@example.com"),
        phone: None,
    };
    assert_eq!(records::borrowers(BORROWERS), Ok(vec![borrower]));
    let sent = Sent {
        id: "dlv-1".into(),
        to: "borrower".into(),
        name: "Dana Reyes".into(),
        email: "dana@example.com".into(),
        sent_at: stamp("2026-11-22T08:00:00Z"),
        sent_by: actor("usr-2", "Ann", "operations"),
        acknowledged_at: stamp("2026-11-22T09:00:00Z"),
        downloads: 3,
        correlation: text("int-dlv-1"),
    };
    assert_eq!(records::deliveries(DELIVERIES), Ok(vec![sent]));
}

#[test]
fn a_submission_is_read_with_each_agencys_file_and_each_override() {
    let file = |gse: &str, id: &str, status: &str| AgencyFile {
        gse: gse.into(),
        document_file_id: text(id),
        status: status.into(),
    };
    let overridden = Override {
        finding: "agf-1".into(),
        reason_code: "R07".into(),
        comment: text("Verified by phone"),
        by: actor("usr-3", "Bo", "admin"),
        at: stamp("2026-11-22T09:00:00Z"),
        correlation: text("int-ovr-1"),
    };
    let submission = Submission {
        id: "sub-1".into(),
        report: "rep-2".into(),
        appraisal_number: 2,
        status: "overrideRequested".into(),
        files: vec![
            file("fannieMae", "1100A2B3C4", "notSuccessful"),
            file("freddieMac", "1100A2B3C5", "successfulWithWarnings"),
        ],
        submitted_at: stamp("2026-11-22T08:00:00Z"),
        submitted_by: actor("usr-2", "Ann", "operations"),
        completed_at: stamp("2026-11-22T08:10:00Z"),
        overrides: vec![overridden],
        correlation: text("int-sub-1"),
    };
    let state = AgencyState {
        portal: "ucdp".into(),
        required: true,
        submissions: vec![submission],
    };
    assert_eq!(records::agency(AGENCY), Ok(state));
}

#[test]
fn a_portals_finding_is_read_with_the_reasons_that_it_accepts() {
    let finding = AgencyFinding {
        id: "agf-1".into(),
        code: "FNM0083".into(),
        severity: "hardStop".into(),
        message: "The property address could not be standardized.".into(),
        gse: "fannieMae".into(),
        overridable: true,
        reason_codes: vec![
            ("R07".into(), "Verified at the source".into()),
            ("R09".into(), "New construction".into()),
        ],
        // Inside its finding an override names neither the finding nor the request.
        overridden: Some(Override {
            finding: String::new(),
            reason_code: "R07".into(),
            comment: text("Verified by phone"),
            by: actor("usr-3", "Bo", "admin"),
            at: stamp("2026-11-22T09:00:00Z"),
            correlation: None,
        }),
    };
    assert_eq!(records::agency_findings(AGENCY_FINDINGS), Ok(vec![finding]));
}

#[test]
fn invoice_data_is_read_with_both_gates() {
    let invoice = Invoice {
        id: "inv-1".into(),
        number: "INV-2026-0042".into(),
        bill_to: "borrower".into(),
        amount: usd("450.00"),
        status: "open".into(),
        created_at: stamp("2026-11-22T15:04:05Z"),
        created_by: actor("usr-6", "Fin", "finance"),
        correlation: text("int-inv-1"),
    };
    let data = InvoiceData {
        fee: Some(Fee {
            order: usd("400.00"),
            technology: usd("50.00"),
            vendor: Money::new("300.00", "USD"),
            total: usd("450.00"),
        }),
        amount_due: usd("425.00"),
        paid: usd("25.00"),
        invoices: vec![invoice],
        delivered: true,
        approved: true,
    };
    assert_eq!(records::invoice_data(INVOICE_DATA), Ok(data));
}

#[test]
fn payment_methods_and_inspection_slots_are_read() {
    let method = PaymentMethod {
        id: "pm-1".into(),
        kind: "ach".into(),
        name: "Bank transfer".into(),
    };
    assert_eq!(records::payment_methods(PAYMENT_METHODS), Ok(vec![method]));
    let slots = Slots {
        slots: vec![Slot {
            id: "slot-1".into(),
            starts_at: stamp("2026-11-30T15:00:00Z"),
            available: true,
        }],
        time_zone: text("America/Chicago"),
    };
    assert_eq!(records::slots(SLOTS), Ok(slots));
}

/// What has not happened yet is null in the contract.
#[test]
fn what_has_not_happened_yet_is_nothing() {
    let rovs = records::rovs(
        r#"{"items":[{"id":"r","party":"client","status":"open","decision":null,"submittedBy":null,"comparables":[]}]}"#,
    )
    .expect("reconsiderations");
    assert!(rovs[0].decision.is_none() && rovs[0].submitted_by.is_none() && rovs[0].comparables.is_empty());
    let revisions = records::revisions(r#"{"items":[{"id":"r","resolvedByReportId":null}]}"#).expect("revisions");
    assert!(!revisions[0].resolved && revisions[0].correlation.is_none());
    let runs = records::runs(r#"{"items":[{"id":"r","status":"running","completedAt":null}]}"#).expect("runs");
    assert!(runs[0].completed_at.is_none() && runs[0].status.as_str() == "running");
    let sent =
        records::deliveries(r#"{"items":[{"id":"d","acknowledgedAt":null,"downloads":0}]}"#).expect("deliveries");
    assert!(sent[0].acknowledged_at.is_none() && sent[0].downloads == 0);
    let checklist = records::checklist(
        r#"{"reportId":null,"items":[{"id":"c","answer":null,"note":null,"answeredBy":null,"answeredAt":null}]}"#,
    )
    .expect("a checklist");
    let item = &checklist.items[0];
    assert!(checklist.report.is_none() && item.answer.is_none() && item.note.is_none() && item.answered_by.is_none());
    let findings = records::agency_findings(
        r#"{"findings":[{"id":"f","severity":"hardStop","overridable":false,"reasonCodes":[],"override":null}]}"#,
    )
    .expect("findings");
    assert!(findings[0].overridden.is_none() && !findings[0].overridable && findings[0].reason_codes.is_empty());
    let borrowers = records::borrowers(r#"{"items":[{"name":"Dana","email":null}]}"#).expect("borrowers");
    assert!(borrowers[0].email.is_none());
}

/// A gate that cannot be read is closed, a portal that is silent asks for nothing, and nobody is given a way in.
#[test]
fn what_is_not_said_opens_nothing() {
    for gate in [
        "",
        r#","gate":null"#,
        r#","gate":{}"#,
        r#","gate":{"delivered":"true","approved":1}"#,
    ] {
        let body = [r#"{"invoices":[],"fee":null"#, gate, "}"].concat();
        let data = records::invoice_data(&body).expect("invoice data");
        assert!(!data.delivered && !data.approved && data.fee.is_none(), "{body}");
        assert!(data.amount_due.is_none() && data.paid.is_none(), "nothing is not zero");
    }
    let state = records::agency(r#"{"submissions":[]}"#).expect("a state");
    assert!(!state.required && state.submissions.is_empty());
    for access in ["", r#","access":null"#, r#","access":{"vendor":"yes","client":1}"#] {
        let body = [r#"{"items":[{"id":"d""#, access, "}]}"].concat();
        let documents = records::documents(&body).expect("documents");
        assert!(!documents[0].for_vendor && !documents[0].for_client, "{body}");
    }
    let slots = records::slots(r#"{"items":[{"id":"s"}]}"#).expect("slots");
    assert!(!slots.slots[0].available && slots.slots[0].starts_at.is_none());
}

/// What a decoder finds missing, if anything.
type Lacks = fn(&str) -> Option<Unreadable>;

/// Without its list an answer is not "there are none": evidence must not rest on that.
#[test]
fn an_answer_without_its_list_is_unreadable_and_not_empty() {
    let lists: [(&str, Lacks); 14] = [
        ("items", |body| records::reports(body).err()),
        ("items", |body| records::documents(body).err()),
        ("items", |body| records::checklist(body).err()),
        ("items", |body| records::findings(body).err()),
        ("items", |body| records::runs(body).err()),
        ("items", |body| records::revisions(body).err()),
        ("items", |body| records::rovs(body).err()),
        ("items", |body| records::borrowers(body).err()),
        ("items", |body| records::deliveries(body).err()),
        ("submissions", |body| records::agency(body).err()),
        ("findings", |body| records::agency_findings(body).err()),
        ("invoices", |body| records::invoice_data(body).err()),
        ("items", |body| records::payment_methods(body).err()),
        ("items", |body| records::slots(body).err()),
    ];
    for (key, read) in lists {
        for value in ["null", "{}", "7", r#""none""#] {
            let body = ["{\"", key, "\":", value, "}"].concat();
            assert_eq!(read(&body), Some(Unreadable(key)), "{body}");
        }
        assert_eq!(read("{}"), Some(Unreadable(key)));
        assert_eq!(read(&["{\"", key, "\":[]}"].concat()), None);
    }
    assert_eq!(records::answered_item("{}").err(), Some(Unreadable("id")));
}
