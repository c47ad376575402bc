//! What completes an order: four prerequisites, told apart into met, open, and waited for.

use omnival_core::order::completion::{Prerequisite as P, State};
use omnival_core::order::full::{Agency, Delivery, PaymentState};
use omnival_core::order::{Order, Status};

use crate::given::order;

fn agency(required: bool, status: &str) -> Option<Agency> {
    Some(Agency {
        portal: "ucdp".into(),
        required,
        status: status.into(),
        document_file_id: None,
    })
}

fn payment(status: &str) -> Option<PaymentState> {
    Some(PaymentState {
        scenario: "invoice".into(),
        status: status.into(),
        amount_due: None,
        paid_at: None,
    })
}

fn delivered(delivered: bool) -> Option<Delivery> {
    Some(Delivery {
        delivered_at: None,
        delivered,
        acknowledged: false,
        downloads: 0,
    })
}

fn is_met(one: P, order: &Order) -> bool {
    matches!(one.of(order), State::Met(_))
}

fn waits(one: P, order: &Order) -> bool {
    matches!(one.of(order), State::Waiting(_))
}

#[test]
fn nothing_is_met_by_saying_nothing_but_what_no_agency_takes() {
    let bare = Order {
        agency: None,
        delivery: None,
        payment: None,
        ..order(Status::ReportSubmitted)
    };
    let met: Vec<_> = P::ALL.into_iter().filter(|one| is_met(*one, &bare)).collect();
    assert_eq!(met, [P::Agency]);
}

#[test]
fn a_report_counts_as_accepted_until_it_is_reopened() {
    for status in Status::PRINTED {
        let accepted = matches!(status, Status::ReportAccepted | Status::Completed);
        assert_eq!(is_met(P::Accepted, &order(status)), accepted, "{status:?}");
    }
    let State::Open(why) = P::Accepted.of(&order(Status::RovClient)) else {
        panic!("an order that is being reconsidered is not accepted");
    };
    assert!(why.contains("reconsideration"), "{why}");
}

#[test]
fn received_is_not_success() {
    for (status, met, waiting) in [
        ("notSubmitted", false, false),
        ("received", false, true),
        ("inProgress", false, true),
        ("overrideRequested", false, true),
        ("notSuccessful", false, false),
        ("successful", true, false),
        ("successfulWithWarnings", true, false),
        ("a word of tomorrow", false, false),
    ] {
        let order = Order {
            agency: agency(true, status),
            ..order(Status::ReportAccepted)
        };
        assert_eq!(is_met(P::Agency, &order), met, "{status}");
        assert_eq!(waits(P::Agency, &order), waiting, "{status}");
    }
    let optional = Order {
        agency: agency(false, "notSubmitted"),
        ..order(Status::ReportAccepted)
    };
    assert!(is_met(P::Agency, &optional));
}

#[test]
fn pending_is_not_paid() {
    for (status, met, waiting) in [("due", false, false), ("pending", false, true), ("paid", true, false)] {
        let order = Order {
            payment: payment(status),
            ..order(Status::ReportAccepted)
        };
        assert_eq!(is_met(P::Paid, &order), met, "{status}");
        assert_eq!(waits(P::Paid, &order), waiting, "{status}");
    }
}

#[test]
fn delivered_means_delivered_to_the_borrower() {
    for is in [true, false] {
        let order = Order {
            delivery: delivered(is),
            ..order(Status::ReportAccepted)
        };
        assert_eq!(is_met(P::Delivered, &order), is);
    }
}

#[test]
fn what_is_open_says_what_to_do_about_it() {
    let why = |status: &str| {
        let order = Order {
            agency: agency(true, status),
            ..order(Status::ReportAccepted)
        };
        match P::Agency.of(&order) {
            State::Open(why) => why,
            other => panic!("{status}: {other:?}"),
        }
    };
    assert!(why("notSuccessful").contains("findings"));
    assert!(why("notSubmitted").contains("submitted"));
}
