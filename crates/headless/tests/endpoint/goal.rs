//! What a write is to achieve, read off what is sent.

use omnival_core::ids::VendorId;
use omnival_core::operation::{Class, Operation, Settled, Term};
use omnival_core::recovery::evidence::Goal;
use omnival_headless::endpoint::{Filled, Members, goal};
use omnival_wire::Value;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// All that any write on an order sends.
fn all() -> Members {
    let amount = vec![
        ("amount".to_owned(), text("450.00")),
        ("currency".to_owned(), text("USD")),
    ];
    vec![
        ("vendorId", text("ven-1")),
        ("reportId", text("rep-1")),
        ("submissionId", text("sub-1")),
        ("amount", Value::Object(amount)),
        ("reference", text("CHK-1")),
        ("email", text("ann@mail.example")),
        ("text", text("A note.")),
    ]
}

fn filled<'a>(members: &'a Members, id: &'a str) -> Filled<'a> {
    Filled {
        id,
        members,
        file: Some("A.pdf 12"),
        asked: &[],
    }
}

#[test]
fn every_operation_that_an_orders_records_tell_of_has_its_goal_with_all_terms_of_its_rule() {
    let members = all();
    for operation in Operation::ALL.iter().copied() {
        let goal = goal(operation, &filled(&members, "id-1"));
        match operation.settled() {
            Settled::ByRecords(rule, _) => {
                let goal = goal.unwrap_or_else(|| panic!("endpoint/goal.rs, a goal: {operation:?}"));
                assert_eq!(goal.operation(), operation, "endpoint/goal.rs");
                if let Goal::Act { terms, .. } = goal {
                    let named: Vec<_> = terms.iter().map(|(term, _)| *term).collect();
                    assert_eq!(named, rule.terms, "endpoint/goal.rs: {operation:?}");
                }
            }
            Settled::Again | Settled::InSession | Settled::ByReference(_) => {
                assert_eq!(goal, None, "{operation:?}")
            }
        }
    }
}

#[test]
fn what_has_no_term_to_be_known_by_has_no_goal() {
    let none = Members::new();
    for operation in Operation::ALL.iter().copied() {
        let Some(rule) = operation.rule() else { continue };
        let bare = Filled {
            file: None,
            ..filled(&none, "")
        };
        let is_known = rule.terms.is_empty() && operation != Operation::Assign;
        assert_eq!(goal(operation, &bare).is_some(), is_known, "{operation:?}");
        assert_ne!(operation.class(), Class::Read);
    }
}

#[test]
fn each_term_is_what_is_sent() {
    let members = all();
    let terms = |operation, id| match goal(operation, &filled(&members, id)) {
        Some(Goal::Act { terms, .. }) => terms,
        other => panic!("{other:?}"),
    };
    let one = |term, text: &str| vec![(term, text.to_owned())];
    assert_eq!(terms(Operation::RunCrossCheck, ""), one(Term::Report, "rep-1"));
    assert_eq!(terms(Operation::DecideRov, "rov-1"), one(Term::Rov, "rov-1"));
    assert_eq!(terms(Operation::Collect, ""), one(Term::Amount, "450.00 USD"));
    assert_eq!(
        terms(Operation::SendReport, ""),
        one(Term::Recipient, "ann@mail.example")
    );
    assert_eq!(terms(Operation::AddDocument, ""), one(Term::File, "A.pdf 12"));
    assert_eq!(terms(Operation::AddComment, ""), one(Term::Text, "A note."));
    assert_eq!(terms(Operation::OverrideEad, "rep-1"), one(Term::Submission, "sub-1"));
    let refund = terms(Operation::Refund, "pay-1");
    assert!(refund.contains(&(Term::Payment, "pay-1".to_owned())), "{refund:?}");
    // A report that the path names is in no member.
    let no_members = Members::new();
    let accept = goal(Operation::AcceptReport, &filled(&no_members, "rep-2"));
    let Some(Goal::Act { terms, .. }) = accept else {
        panic!("{accept:?}")
    };
    assert_eq!(terms, one(Term::Report, "rep-2"));
}

#[test]
fn an_assignment_names_its_vendor_as_it_was_read() {
    let members = all();
    let asked = [("Vendor", "Lone Star Appraisals".to_owned())];
    let goal = goal(
        Operation::Assign,
        &Filled {
            asked: &asked,
            ..filled(&members, "")
        },
    );
    let expected = Goal::Assign {
        vendor: VendorId::new("ven-1"),
        name: "Lone Star Appraisals".to_owned(),
    };
    assert_eq!(goal, Some(expected));
}
