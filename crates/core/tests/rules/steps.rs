//! Which step of an order's work is open: status by status, role by role, fact by fact; written down from the platform's
//! pages on its life-cycle, vendors, QC, delivery, agencies and payments.

use omnival_core::operation::Operation;
use omnival_core::order::full::{Agency, Conditions, Delivery, PaymentState};
use omnival_core::order::{Gate, Order, Section, Status, Step, Weight, gate};

use crate::given::{order, user};

use Status as S;

/// Closed by nothing but status and role: the facts of the order are those that each step needs.
fn ripe(status: Status, step: Step) -> Order {
    let offered_by = if step == Step::Accept { "client" } else { "vendor" };
    Order {
        conditions: Some(Conditions {
            fee: None,
            due_date: None,
            notes: None,
            proposed_by: offered_by.into(),
            proposed_at: None,
        }),
        delivery: Some(Delivery {
            delivered_at: None,
            delivered: true,
            acknowledged: false,
            downloads: 0,
        }),
        agency: Some(agency(if step == Step::Override {
            "notSuccessful"
        } else {
            "notSubmitted"
        })),
        payment: Some(payment("due")),
        ..order(status)
    }
}

fn agency(status: &str) -> Agency {
    Agency {
        portal: "ucdp".into(),
        required: true,
        status: status.into(),
        document_file_id: None,
    }
}

fn payment(status: &str) -> PaymentState {
    PaymentState {
        scenario: "invoice".into(),
        status: status.into(),
        amount_due: None,
        paid_at: None,
    }
}

/// The steps of the work: those on the order as a whole have [their own tests](crate::lifecycle).
fn work() -> impl Iterator<Item = Step> {
    Step::ALL
        .iter()
        .copied()
        .filter(|step| step.section() != Section::Order)
}

fn is_open(step: Step, order: &Order, role: &str) -> bool {
    gate(step, order, &user(role)) == Gate::Open
}

fn why(step: Step, order: &Order, role: &str) -> String {
    match gate(step, order, &user(role)) {
        Gate::Open => panic!("{step:?} is open"),
        Gate::Closed(why) => why.into_owned(),
    }
}

/// Where the platform's transitions have each step. What is not named is possible on every active order.
const OPEN_AT: [(Step, &[Status]); 21] = [
    (Step::Accept, &[S::Assigned, S::AcceptedWithConditions]),
    (Step::Counter, &[S::Assigned, S::AcceptedWithConditions]),
    (Step::Decline, &[S::Assigned, S::AcceptedWithConditions]),
    (Step::AcceptConditions, &[S::AcceptedWithConditions]),
    (Step::CounterConditions, &[S::AcceptedWithConditions]),
    (Step::BeginWork, &[S::Accepted]),
    (Step::Schedule, &[S::Accepted, S::InProgress, S::InspectionScheduled]),
    (Step::Inspected, &[S::InspectionScheduled]),
    (
        Step::SubmitReport,
        &[S::InspectionCompleted, S::RevisionRequested, S::ClientRevisionRequested],
    ),
    (Step::RunCrossCheck, &[S::ReportSubmitted]),
    (Step::AcceptReport, &[S::ReportSubmitted]),
    (Step::RequestRevision, &[S::ReportSubmitted]),
    (Step::RequestClientRevision, &[S::ReportAccepted]),
    (Step::SubmitRov, &[S::ReportAccepted]),
    (Step::DecideRov, &[S::RovBorrower, S::RovClient]),
    (Step::SendToBorrower, &[S::ReportAccepted]),
    (Step::SendReport, &[S::ReportAccepted, S::Completed]),
    (Step::SubmitToAgency, &[S::ReportAccepted]),
    (Step::Override, &[S::ReportAccepted]),
    (Step::CreateInvoice, &[S::ReportAccepted, S::Completed]),
    (Step::Collect, &[S::ReportAccepted, S::Completed]),
];

#[test]
fn a_step_is_open_where_the_transitions_have_it() {
    for (step, open_at) in OPEN_AT {
        for status in Status::PRINTED {
            let open = is_open(step, &ripe(status, step), "admin");
            assert_eq!(open, open_at.contains(&status), "{step:?} at {status:?}");
        }
    }
}

#[test]
fn the_others_are_open_on_every_active_order_and_money_and_notes_outlive_it() {
    let others = work().filter(|step| OPEN_AT.iter().all(|(other, _)| other != step));
    for step in others.filter(|step| *step != Step::MarkPaid) {
        for status in Status::PRINTED {
            let over = matches!(status, S::Completed | S::Cancelled | S::Rejected);
            let expected = status != S::Draft && (!over || step != Step::Update);
            assert_eq!(
                is_open(step, &ripe(status, step), "admin"),
                expected,
                "{step:?} at {status:?}"
            );
        }
    }
}

/// What the contract lets each role do at all.
const BY_ROLE: [(&str, &[Step]); 5] = [
    (
        "client",
        &[
            Step::AcceptConditions,
            Step::CounterConditions,
            Step::RequestClientRevision,
            Step::SubmitRov,
            Step::Comment,
        ],
    ),
    (
        "finance",
        &[
            Step::CreateInvoice,
            Step::Collect,
            Step::SendPaymentLink,
            Step::RecordPayment,
            Step::MarkPaid,
            Step::Refund,
            Step::Comment,
        ],
    ),
    (
        "qc",
        &[
            Step::RunCrossCheck,
            Step::AcceptReport,
            Step::RequestRevision,
            Step::DecideRov,
            Step::Comment,
        ],
    ),
    (
        "vendor",
        &[
            Step::Accept,
            Step::Counter,
            Step::Decline,
            Step::BeginWork,
            Step::Schedule,
            Step::Inspected,
            Step::SubmitReport,
            Step::Comment,
        ],
    ),
    ("admin", Step::ALL),
];

#[test]
fn a_role_takes_its_own_steps_and_is_told_which_permission_the_others_need() {
    for (role, own) in BY_ROLE {
        for step in work() {
            let at = OPEN_AT
                .iter()
                .find(|(other, _)| *other == step)
                .map_or(S::ReportAccepted, |(_, at)| at[0]);
            let order = ripe(at, step);
            assert_eq!(is_open(step, &order, role), own.contains(&step), "{role} {step:?}");
            if !own.contains(&step) {
                assert!(
                    why(step, &order, role).contains(step.permission().expect("a permission").as_str()),
                    "{role} {step:?}"
                );
            }
        }
    }
}

#[test]
fn an_offer_is_answered_by_the_other_side() {
    let by = |side: &str, step| {
        let mut order = ripe(S::AcceptedWithConditions, step);
        order
            .conditions
            .iter_mut()
            .for_each(|offer| offer.proposed_by = side.into());
        is_open(step, &order, "admin")
    };
    for step in [Step::AcceptConditions, Step::CounterConditions] {
        assert_eq!((by("vendor", step), by("client", step)), (true, false), "{step:?}");
    }
    assert_eq!((by("vendor", Step::Accept), by("client", Step::Accept)), (false, true));
}

#[test]
fn payment_is_open_once_the_report_is_delivered_and_while_it_is_due() {
    for step in [Step::CreateInvoice, Step::Collect, Step::MarkPaid] {
        let mut order = ripe(S::ReportAccepted, step);
        assert!(is_open(step, &order, "finance"), "{step:?}");
        order.delivery = None;
        assert!(why(step, &order, "finance").contains("delivered"), "{step:?}");
    }
    let with = |status: &str, step| {
        let order = Order {
            payment: Some(payment(status)),
            ..ripe(S::ReportAccepted, step)
        };
        is_open(step, &order, "finance")
    };
    for step in [Step::Collect, Step::MarkPaid, Step::SendPaymentLink] {
        assert!(!with("paid", step), "{step:?}");
    }
    assert!(!with("pending", Step::Collect));
    assert!(with("paid", Step::Refund));
}

#[test]
fn an_agency_takes_one_submission_at_a_time_and_overrides_only_what_failed() {
    let with = |status: &str, step| {
        let order = Order {
            agency: Some(agency(status)),
            ..ripe(S::ReportAccepted, step)
        };
        is_open(step, &order, "operations")
    };
    for on_its_way in ["received", "inProgress", "overrideRequested"] {
        assert!(!with(on_its_way, Step::SubmitToAgency), "{on_its_way}");
        assert!(!with(on_its_way, Step::Override), "{on_its_way}");
    }
    assert!(with("notSuccessful", Step::Override) && with("notSuccessful", Step::SubmitToAgency));
    assert!(!with("successful", Step::Override));
    let none = Order {
        agency: None,
        ..ripe(S::ReportAccepted, Step::SubmitToAgency)
    };
    assert!(why(Step::SubmitToAgency, &none, "operations").contains("UCDP"));
}

#[test]
fn an_order_on_hold_or_of_an_unknown_status_says_so() {
    for (step, _) in OPEN_AT {
        assert!(
            why(step, &ripe(S::OnHold, step), "admin").contains("on hold"),
            "{step:?}"
        );
        assert!(
            why(step, &ripe(S::Unknown(19), step), "admin").contains("(19)"),
            "{step:?}"
        );
    }
}

#[test]
fn fha_loans_go_to_ead_and_the_others_to_ucdp() {
    let mut order = ripe(S::ReportAccepted, Step::SubmitToAgency);
    let of = |step: Step, order: &Order| step.operation(order).map(Operation::api_name);
    assert_eq!(of(Step::SubmitToAgency, &order), Some("submitToUcdp"));
    assert_eq!(of(Step::Override, &order), Some("overrideUcdpHardStops"));
    order.agency.iter_mut().for_each(|agency| agency.portal = "ead".into());
    assert_eq!(of(Step::SubmitToAgency, &order), Some("submitToEad"));
    assert_eq!(of(Step::Override, &order), Some("overrideEadHardStops"));
    // A platform that does not name the portal: the loan tells.
    order.agency = None;
    for (kind, submits) in [("fha", "submitToEad"), ("conventional", "submitToUcdp")] {
        order.loan.kind = kind.into();
        assert_eq!(of(Step::SubmitToAgency, &order), Some(submits));
    }
}

#[test]
fn no_two_steps_have_a_label_or_an_operation_in_common() {
    let order = ripe(S::ReportAccepted, Step::Collect);
    for (index, step) in Step::ALL.iter().enumerate() {
        for other in &Step::ALL[..index] {
            assert_ne!(step.operation(&order), other.operation(&order), "{step:?} {other:?}");
            assert_ne!(step.label(), other.label());
        }
    }
}

#[test]
fn a_vendor_sees_the_vendors_part_and_everybody_else_sees_all() {
    use Section as X;
    let vendors = [X::Order, X::Vendor, X::Inspection, X::Documents, X::Notes];
    let others = [X::Report, X::Delivery, X::Agency, X::Money];
    for section in vendors {
        assert!(section.is_for(&user("vendor")), "{section:?}");
    }
    for section in others {
        assert!(!section.is_for(&user("vendor")), "{section:?}");
    }
    for role in ["admin", "operations", "client", "finance", "qc"] {
        for section in vendors.into_iter().chain(others) {
            assert!(section.is_for(&user(role)), "{role} {section:?}");
        }
    }
}

#[test]
fn what_asks_back_corrects_or_only_tells_does_not_lead_on() {
    use Step as T;
    let beside = [
        T::Counter,
        T::Decline,
        T::CounterConditions,
        T::RunCrossCheck,
        T::RequestRevision,
        T::RequestClientRevision,
        T::SubmitRov,
        T::SendReport,
        T::CreateInvoice,
        T::SendPaymentLink,
        T::RecordPayment,
        T::MarkPaid,
        T::Refund,
        T::Update,
        T::Comment,
        T::AddDocument,
    ];
    for step in work() {
        let expected = if beside.contains(&step) {
            Weight::Plain
        } else {
            Weight::Next
        };
        assert_eq!(step.weight(), expected, "{step:?}");
    }
}
