//! The lists beside the history as evidence: each record is taken for the operation that made it, and for no other.

mod given;

use omnival_core::ids::EntryId;
use omnival_core::operation::{Ledger, Operation, Term};
use omnival_core::order::records::{Invoice, Report, Rov, file_term};
use omnival_core::order::{Entry, Payment, Source};
use omnival_core::recovery::evidence::{Evidence, Goal, How, Proof, Verdict};
use omnival_core::time::Timestamp;

use crate::attempt::{judged_late, lost};
use crate::given::{ME, actor, intent, unmoved};
use given::{AT, correlation, document, invoice, payment, report, revision, rov, run, sent, submission};

const FILE: &str = "A-1001.pdf 48213";

/// A record, where it is kept, the operations whose record it is, and what it is about.
struct Case {
    record: Entry,
    id: &'static str,
    ledger: Ledger,
    made_by: &'static [Operation],
    terms: &'static [(Term, &'static str)],
}

fn case(
    record: Entry,
    id: &'static str,
    ledger: Ledger,
    made_by: &'static [Operation],
    terms: &'static [(Term, &'static str)],
) -> Case {
    Case {
        record,
        id,
        ledger,
        made_by,
        terms,
    }
}

const PAID: &[(Term, &str)] = &[(Term::Amount, "450.00 USD"), (Term::Reference, "Check 1042")];
const REFUNDED: &[(Term, &str)] = &[
    (Term::Amount, "450.00 USD"),
    (Term::Reference, "Check 1042"),
    (Term::Payment, "pay-1"),
];
const TO_DANA: &[(Term, &str)] = &[(Term::Recipient, "dana@example.com")];
const OF_REPORT: &[(Term, &str)] = &[(Term::Report, "rep-1")];

/// The records of this operator.
fn cases() -> Vec<Case> {
    use Operation as Op;
    let overrides = submission().as_overrides().next().expect("an override");
    vec![
        case(
            report().as_record(),
            "rep-9",
            Ledger::Reports,
            &[Op::SubmitReport],
            &[(Term::File, FILE)],
        ),
        case(
            document().as_record(),
            "doc-9",
            Ledger::Documents,
            &[Op::AddDocument],
            &[(Term::File, FILE)],
        ),
        case(
            run().as_record(),
            "run-9",
            Ledger::Runs,
            &[Op::RunCrossCheck],
            OF_REPORT,
        ),
        case(
            revision("qc").as_record(),
            "rev-9",
            Ledger::Revisions,
            &[Op::RequestRevision],
            OF_REPORT,
        ),
        case(
            revision("client").as_record(),
            "rev-9",
            Ledger::Revisions,
            &[Op::RequestClientRevision],
            OF_REPORT,
        ),
        // Revisions that nobody requested from the console.
        case(revision("rov").as_record(), "rev-9", Ledger::Revisions, &[], OF_REPORT),
        case(
            revision("automation").as_record(),
            "rev-9",
            Ledger::Revisions,
            &[],
            OF_REPORT,
        ),
        case(rov().as_record(), "rov-9", Ledger::Rovs, &[Op::SubmitRov], &[]),
        case(
            sent("borrower").as_record(),
            "dlv-9",
            Ledger::Deliveries,
            &[Op::SendToBorrower],
            TO_DANA,
        ),
        case(
            sent("other").as_record(),
            "dlv-9",
            Ledger::Deliveries,
            &[Op::SendReport],
            TO_DANA,
        ),
        case(
            submission().as_record(),
            "sub-9",
            Ledger::Submissions,
            &[Op::SubmitToUcdp, Op::SubmitToEad],
            OF_REPORT,
        ),
        case(
            overrides,
            "sub-9 agf-1",
            Ledger::Overrides,
            &[Op::OverrideUcdp, Op::OverrideEad],
            &[(Term::Submission, "sub-9")],
        ),
        case(
            invoice().as_record(),
            "inv-9",
            Ledger::Invoices,
            &[Op::CreateInvoice],
            &[],
        ),
        case(
            payment("charge").as_record(),
            "pay-9",
            Ledger::Payments,
            &[Op::Collect],
            PAID,
        ),
        case(
            payment("paymentLink").as_record(),
            "pay-9",
            Ledger::Payments,
            &[Op::SendPaymentLink],
            PAID,
        ),
        case(
            payment("received").as_record(),
            "pay-9",
            Ledger::Payments,
            &[Op::RecordPayment],
            PAID,
        ),
        case(
            payment("refund").as_record(),
            "pay-9",
            Ledger::Payments,
            &[Op::Refund],
            REFUNDED,
        ),
    ]
}

fn owned(terms: &[(Term, &str)]) -> Vec<(Term, String)> {
    terms.iter().map(|(term, text)| (*term, (*text).to_owned())).collect()
}

#[test]
fn each_record_says_who_when_by_which_request_and_about_what() {
    for Case { record, id, terms, .. } in cases() {
        assert_eq!(record.id, EntryId::new(id));
        assert_eq!(record.actor, Some(actor(ME)), "{id}");
        assert_eq!(record.source, Source::User, "{id}");
        assert_eq!(record.occurred_at, AT, "{id}");
        assert_eq!(record.correlation, correlation(), "{id}");
        assert_eq!(record.terms, owned(terms), "{id}");
        assert_eq!((record.from, record.to, &record.vendor), (None, None, &None), "{id}");
    }
}

/// Within one ledger the kind's word decides; the other ledgers are not read for an operation.
#[test]
fn each_record_is_taken_for_its_own_operation_and_for_no_other_of_that_list() {
    for Case {
        record,
        ledger,
        made_by,
        ..
    } in cases()
    {
        let of_this_list = Operation::ALL
            .iter()
            .filter(|operation| Goal::act(**operation).ledger() == Some(ledger));
        let takers: Vec<_> = of_this_list
            .copied()
            .filter(|operation| operation.rule().is_some_and(|rule| rule.is_kept_as(&record)))
            .collect();
        assert_eq!(takers, made_by, "{ledger:?} {}", record.kind);
    }
}

#[test]
fn every_operation_with_a_list_of_its_own_has_its_record_here() {
    let mut known: Vec<_> = cases().iter().flat_map(|case| case.made_by).copied().collect();
    known.push(Operation::DecideRov);
    for operation in Operation::ALL {
        let has_list = Goal::act(*operation).ledger().is_some();
        assert_eq!(has_list, known.contains(operation), "{operation:?}");
    }
}

/// A term that an operation's own record never tells could not tell two attempts apart.
#[test]
fn what_tells_two_attempts_apart_is_told_by_their_own_records() {
    for Case { record, made_by, .. } in cases() {
        for operation in made_by {
            for term in operation.rule().expect("a rule").terms {
                assert!(
                    record.terms.iter().any(|(told, _)| told == term),
                    "{operation:?} {term:?}"
                );
            }
        }
    }
}

#[test]
fn a_decision_is_its_own_record_and_not_that_of_the_reconsideration() {
    let decision = rov().as_decision().expect("a decision");
    assert_eq!(decision.actor, Some(actor("usr-judge")));
    assert_eq!(decision.occurred_at, Some(Timestamp(6_000)));
    assert_eq!(decision.correlation.as_deref(), Some("int-judge"));
    assert_eq!(decision.terms, owned(&[(Term::Rov, "rov-9")]));
    let rule_of = |operation: Operation| operation.rule().expect("a rule");
    assert!(rule_of(Operation::DecideRov).is_kept_as(&decision));
    assert!(!rule_of(Operation::SubmitRov).is_kept_as(&decision));
    assert!(!rule_of(Operation::DecideRov).is_kept_as(&rov().as_record()));
    let open = Rov {
        decision: None,
        ..rov()
    };
    assert_eq!(open.as_decision(), None);
}

#[test]
fn each_override_is_a_record_of_its_own() {
    let all: Vec<_> = submission().as_overrides().collect();
    let told: Vec<_> = all
        .iter()
        .map(|entry| (entry.id.as_str(), entry.occurred_at, entry.correlation.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("sub-9 agf-1", Some(Timestamp(4_000)), Some("int-1")),
            ("sub-9 agf-2", Some(Timestamp(6_000)), Some("int-judge")),
        ]
    );
    assert_eq!(all[1].actor, Some(actor("usr-judge")));
    assert!(
        all.iter()
            .all(|entry| entry.terms == owned(&[(Term::Submission, "sub-9")]))
    );
}

#[test]
fn a_payments_state_is_told_and_no_other_records_is() {
    for Case { record, ledger, .. } in cases() {
        let told = (ledger == Ledger::Payments).then_some("succeeded");
        assert_eq!(record.state.as_ref().map(|state| state.as_str()), told, "{ledger:?}");
    }
    let pending = Payment {
        status: "pending".into(),
        ..payment("charge")
    };
    assert_eq!(pending.as_record().state, Some("pending".into()));
}

#[test]
fn what_a_payment_does_not_say_is_no_term() {
    let bare = Payment {
        amount: None,
        reference: None,
        refund_of: None,
        ..payment("refund")
    };
    assert_eq!(bare.as_record().terms, []);
}

#[test]
fn who_is_not_named_is_not_invented() {
    let nameless = [
        Report {
            submitted_by: None,
            ..report()
        }
        .as_record(),
        Invoice {
            created_by: None,
            ..invoice()
        }
        .as_record(),
        Payment {
            actor: None,
            ..payment("charge")
        }
        .as_record(),
    ];
    for record in nameless {
        assert!(record.names_nobody() && !record.is_by(&actor(ME).id), "{record:?}");
    }
}

#[test]
fn a_file_is_known_by_its_name_and_its_size() {
    assert_eq!(file_term("A-1001.pdf", 48_213), FILE);
    assert_ne!(file_term("A-1001.pdf", 48_214), FILE);
    assert_ne!(file_term("A-1002.pdf", 48_213), FILE);
}

/// From the list to the verdict: the record proves the attempt that wanted just this, and no attempt that wanted another.
#[test]
fn a_record_proves_the_attempt_that_it_agrees_with_and_no_other() {
    let mut judged = 0;
    for Case {
        record, made_by, terms, ..
    } in cases()
    {
        for operation in made_by {
            let about = |terms| Goal::Act {
                operation: *operation,
                terms,
            };
            let verdict = |goal: Goal| {
                let evidence = Evidence {
                    records: vec![record.clone()],
                    ..unmoved(&goal)
                };
                judged_late(intent(goal), lost(), evidence)
            };
            let own = verdict(about(owned(terms)));
            assert_eq!(
                own,
                Some(Verdict::Done(How::Recorded(record.id.clone()))),
                "{operation:?}"
            );
            for (term, _) in terms {
                let mut other = owned(terms);
                for (_, text) in other.iter_mut().filter(|(one, _)| one == term) {
                    text.push('0');
                }
                let other = verdict(about(other));
                assert_eq!(other, Some(Verdict::NotDone(Proof::Settled)), "{operation:?} {term:?}");
                judged += 1;
            }
        }
    }
    assert!(judged > 15, "{judged}");
}
