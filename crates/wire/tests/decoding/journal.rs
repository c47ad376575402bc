//! The journal's text: what was written down before a press is read back as the same, whatever was pressed.

use omnival_core::ids::{ClientId, EntryId, IntentId, LoanId, OrderId, OrderRef, PaymentId, UserId};
use omnival_core::operation::{Operation, Term};
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::{Baseline, Goal};
use omnival_core::recovery::journal::{Record, Stage, TabId};
use omnival_core::time::Timestamp;
use omnival_wire::Unreadable;
use omnival_wire::journal::{read, write};

/// Every kind of term, with the journal's word for it and a value.
const TERMS: [(Term, &str, &str); 9] = [
    (Term::Report, "report", "rep-1"),
    (Term::Rov, "rov", "rov-1"),
    (Term::Payment, "payment", "pay-1"),
    (Term::Submission, "submission", "sub-1"),
    (Term::Amount, "amount", "450.00 USD"),
    (Term::Reference, "reference", "Check 1042"),
    (Term::Recipient, "recipient", "dana@example.com"),
    (Term::File, "file", "A-1001 \"final\".pdf 48213"),
    (Term::Text, "text", "Please call first.\nThank you."),
];

fn record(goal: Goal) -> Record {
    Record {
        owner: TabId::new("tab-1"),
        stage: Stage::Opened,
        intent: Intent {
            id: IntentId::new("int-1"),
            goal,
            at: Some(OrderRef {
                client: ClientId::new("cli-1"),
                loan: LoanId::new("loan-1"),
                order: OrderId::new("ord-1"),
            }),
            user: UserId::new("usr-1"),
            user_name: "Mia Operator".into(),
            asked: vec![("Amount".into(), "450.00 USD".into())],
            baseline: Baseline {
                order: None,
                newest: Some(EntryId::new("evt-0")),
                payments: vec![PaymentId::new("pay-0")],
                records: vec![EntryId::new("rec-0"), EntryId::new("rec-1")],
            },
            pressed_at: Timestamp(3_000),
            endpoint: "POST /api/x".into(),
        },
    }
}

fn about(operation: Operation, terms: &[(Term, &str, &str)]) -> Goal {
    let terms = terms.iter().map(|(term, _, text)| (*term, (*text).to_owned()));
    Goal::Act {
        operation,
        terms: terms.collect(),
    }
}

fn acts() -> impl Iterator<Item = Operation> {
    Operation::ALL
        .iter()
        .copied()
        .filter(|operation| operation.rule().is_some())
}

#[test]
fn every_act_is_read_back_with_its_terms() {
    assert!(acts().count() > 30);
    for operation in acts() {
        for goal in [Goal::act(operation), about(operation, &TERMS)] {
            let kept = record(goal);
            assert_eq!(read(&write(&kept)), Ok(kept), "{operation:?}");
        }
    }
}

#[test]
fn every_term_is_kept_by_its_own_word() {
    assert_eq!(TERMS.len(), Term::ALL.len());
    for one in TERMS {
        let (_, word, value) = one;
        let kept = record(about(Operation::Refund, &[one]));
        let text = write(&kept);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["goal"]["terms"], serde_json::json!([[word, value]]));
        assert_eq!(read(&text), Ok(kept));
    }
}

/// Journals outlive versions of the console: these words are written down in browsers already.
#[test]
fn an_act_is_kept_by_the_operations_key() {
    let json: serde_json::Value = serde_json::from_str(&write(&record(Goal::act(Operation::Collect)))).expect("JSON");
    assert_eq!(json["goal"]["is"], "act");
    assert_eq!(json["goal"]["operation"], "Collect");
    assert_eq!(json["baseline"]["records"], serde_json::json!(["rec-0", "rec-1"]));
}

/// The record with a goal of these words.
fn with_goal(goal: serde_json::Value) -> String {
    let mut json: serde_json::Value =
        serde_json::from_str(&write(&record(Goal::act(Operation::Collect)))).expect("JSON");
    json["goal"] = goal;
    json.to_string()
}

#[test]
fn an_operation_that_no_rule_judges_is_unreadable() {
    let unjudged = Operation::ALL.iter().filter(|operation| operation.rule().is_none());
    let keys = unjudged.map(|operation| operation.key());
    for key in keys.chain(["", "collect", "Teleport"]) {
        let text = with_goal(serde_json::json!({ "is": "act", "operation": key, "terms": [] }));
        assert!(read(&text).is_err(), "{key}");
    }
    let text = with_goal(serde_json::json!({ "is": "act", "operation": "Teleport", "terms": [] }));
    assert_eq!(read(&text), Err(Unreadable("a known operation")));
    assert!(read(&with_goal(serde_json::json!({ "is": "act", "terms": [] }))).is_err());
    assert!(read(&with_goal(serde_json::json!({ "is": "acts", "operation": "Collect" }))).is_err());
}

/// Without its terms an attempt would take another's record for its own.
#[test]
fn a_term_that_cannot_be_read_makes_the_record_unreadable() {
    for term in [
        serde_json::json!(["colour", "red"]),
        serde_json::json!(["amount"]),
        serde_json::json!(["amount", 450]),
        serde_json::json!([null, "450.00 USD"]),
        serde_json::json!("amount"),
        serde_json::json!({ "amount": "450.00 USD" }),
        serde_json::json!([]),
        serde_json::json!(null),
    ] {
        let terms = serde_json::json!([["reference", "Check 1042"], term]);
        let text = with_goal(serde_json::json!({ "is": "act", "operation": "RecordPayment", "terms": terms }));
        assert_eq!(read(&text), Err(Unreadable("a known term")), "{terms}");
    }
}

#[test]
fn records_that_were_there_are_read_whole_or_not_at_all() {
    let mut json: serde_json::Value =
        serde_json::from_str(&write(&record(Goal::act(Operation::AddComment)))).expect("JSON");
    json["baseline"]["records"] = serde_json::json!(["rec-0", 7]);
    assert_eq!(read(&json.to_string()), Err(Unreadable("records")));
}
