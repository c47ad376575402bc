//! An order in the words of its page: what it is called, whose it is, where it is.

use omnival_core::order::full::{Contact, PaymentState, Property};
use omnival_core::order::{Order, Status};

use crate::given::order;

#[test]
fn an_order_is_called_by_its_number_and_a_draft_by_its_loan() {
    assert_eq!(order(Status::Assigned).title(), "A-1001");
    assert_eq!(order(Status::Draft).title(), "Draft for loan LN-1");
}

#[test]
fn the_first_borrower_of_the_loan_is_named_or_that_there_is_none() {
    let named = |names: &[&str]| {
        let mut order: Order = order(Status::Draft);
        let borrower = |name: &&str| Contact {
            name: (*name).to_owned(),
            ..Contact::default()
        };
        order.loan.borrowers = names.iter().map(borrower).collect();
        order.borrower().to_owned()
    };
    assert_eq!(named(&["Dana Reyes", "Bo Reyes"]), "Dana Reyes");
    assert_eq!(named(&[]), "No borrower named");
}

#[test]
fn an_address_is_one_line_of_what_is_there() {
    let whole = Property {
        street: "12 Elm St".into(),
        unit: Some("4B".into()),
        city: "Austin".into(),
        county: "Travis".into(),
        state: "TX".into(),
        zip: "78701".into(),
        kind: "condo".into(),
    };
    assert_eq!(whole.one_line(), "12 Elm St, Unit 4B, Austin, TX 78701");
    for unit in [None, Some(String::new())] {
        let house = Property { unit, ..whole.clone() };
        assert_eq!(house.one_line(), "12 Elm St, Austin, TX 78701");
    }
    let started = Property {
        street: "12 Elm St".into(),
        state: "TX".into(),
        ..Property::default()
    };
    assert_eq!(started.one_line(), "12 Elm St, TX");
    assert_eq!(Property::default().one_line(), "");
}

#[test]
fn only_one_scenario_charges_at_activation() {
    for (scenario, charges) in [
        ("chargeAtActivation", true),
        ("invoice", false),
        ("collectOnDelivery", false),
        ("ChargeAtActivation", false),
        ("", false),
    ] {
        let payment = PaymentState {
            scenario: scenario.into(),
            status: "pending".into(),
            amount_due: None,
            paid_at: None,
        };
        assert_eq!(payment.charges_at_activation(), charges, "{scenario}");
    }
}
