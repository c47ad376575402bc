//! The evidence rules against the contract's `x-evidence`: which history entries record which operation.

use omnival_core::operation::{Class, Operation, Rule};
use omnival_core::order::{Entry, Status};

use crate::given::{ME, entry};

/// Operation, the history's words for it, and the codes of the statuses that only it leads to.
const RULES: [(Operation, &[&str], &[i32]); 35] = {
    use Operation as Op;
    [
        (Op::Activate, &["activated"], &[]),
        (Op::Assign, &["assigned", "reassigned"], &[]),
        (Op::Hold, &["held"], &[9]),
        (Op::Reactivate, &["reactivated"], &[]),
        (Op::Cancel, &["cancelled"], &[8]),
        (Op::UpdateOrder, &["orderUpdated"], &[]),
        (Op::AddComment, &["comment"], &[]),
        (Op::Accept, &["accepted", "conditionsAccepted"], &[3]),
        (Op::Decline, &["declined"], &[2]),
        (Op::Counter, &["acceptedWithConditions"], &[4]),
        (Op::BeginWork, &["inProgress"], &[10]),
        (Op::AcceptConditions, &["conditionsAccepted"], &[3]),
        (Op::CounterConditions, &["conditionsCountered"], &[]),
        (Op::Schedule, &["inspectionScheduled"], &[14]),
        (Op::Inspected, &["inspectionCompleted"], &[15]),
        (Op::SubmitReport, &["reportSubmitted"], &[11]),
        (Op::AddDocument, &["documentAdded"], &[]),
        (Op::RunCrossCheck, &["crosscheckRun"], &[]),
        (Op::AcceptReport, &["reportAccepted"], &[13]),
        (Op::RequestRevision, &["revisionRequested"], &[12]),
        (Op::RequestClientRevision, &["clientRevisionRequested"], &[20]),
        (Op::SubmitRov, &["rovSubmitted"], &[17, 18]),
        (Op::DecideRov, &["rovDecided"], &[]),
        (Op::SendToBorrower, &["delivered"], &[]),
        (Op::SendReport, &["delivered"], &[]),
        (Op::SubmitToUcdp, &["agencySubmitted"], &[]),
        (Op::SubmitToEad, &["agencySubmitted"], &[]),
        (Op::OverrideUcdp, &["agencyOverridden"], &[]),
        (Op::OverrideEad, &["agencyOverridden"], &[]),
        (Op::CreateInvoice, &["invoiced"], &[]),
        (Op::Collect, &["paymentCollected"], &[]),
        (Op::SendPaymentLink, &["paymentLinkSent"], &[]),
        (Op::RecordPayment, &["paymentReceived"], &[]),
        (Op::MarkPaid, &["markedPaid"], &[]),
        (Op::Refund, &["refunded"], &[]),
    ]
};

/// The contract's words that record no operation of an operator's.
const NOBODYS: [&str; 6] = [
    "unassigned",
    "agencyResult",
    "paymentFailed",
    "completed",
    "rejected",
    "",
];

fn led(kind: &str, from: Status, to: Status) -> Entry {
    Entry {
        from: from.code(),
        to: to.code(),
        ..entry("evt-9", kind, ME)
    }
}

fn of(operation: Operation) -> Rule {
    operation
        .rule()
        .unwrap_or_else(|| panic!("{operation:?} is judged by no rule"))
}

/// Without a rule a doubtful answer could never be settled. A session and a draft leave no entry in an order's history.
#[test]
fn everything_that_is_sent_once_on_an_order_has_a_rule_and_nothing_else() {
    let elsewhere = [Operation::SignIn, Operation::Refresh, Operation::CreateDraft];
    for operation in Operation::ALL {
        let once = matches!(operation.class(), Class::Once | Class::Guarded);
        let judged = once && !elsewhere.contains(operation);
        assert_eq!(operation.rule().is_some(), judged, "{operation:?}");
        let listed = RULES.iter().any(|(known, ..)| known == operation);
        assert_eq!(listed, judged, "{operation:?}");
    }
}

#[test]
fn an_entry_tells_of_an_operation_by_the_contracts_word_and_by_no_other() {
    let words = RULES.iter().flat_map(|(_, kinds, _)| *kinds).chain(&NOBODYS);
    for (operation, kinds, _) in RULES {
        for word in words.clone() {
            let told = of(operation).is_told_by(&entry("evt-9", word, ME));
            assert_eq!(told, kinds.contains(word), "{operation:?} {word:?}");
        }
    }
}

/// A word that no rule knows counts by where it led; one that is another operation's does not, wherever it led.
#[test]
fn an_unknown_word_tells_of_the_operation_that_leads_there() {
    for (operation, kinds, codes) in RULES {
        let known_elsewhere = RULES
            .iter()
            .flat_map(|(_, kinds, _)| *kinds)
            .find(|word| !kinds.contains(word))
            .expect("another operation's word");
        for to in Status::PRINTED {
            let leads = to.code().is_some_and(|code| codes.contains(&code));
            let told = |kind: &str, from| of(operation).is_told_by(&led(kind, from, to));
            assert_eq!(told("aNewWord", Status::Rejected), leads, "{operation:?} {to:?}");
            assert!(!told("aNewWord", to), "it was there already: {operation:?} {to:?}");
            assert!(!told(known_elsewhere, Status::Rejected), "{operation:?} {to:?}");
        }
    }
}

/// A charge that the history mentions may be pending, or may have failed.
#[test]
fn money_is_proved_by_its_own_record_alone() {
    for (operation, ..) in RULES {
        let in_payments = matches!(
            operation,
            Operation::Collect | Operation::SendPaymentLink | Operation::RecordPayment | Operation::Refund
        );
        assert_eq!(of(operation).only_its_record_proves(), in_payments, "{operation:?}");
    }
}
