//! What a button says, and which request is behind it.

use omnival_core::operation::Operation;
use omnival_core::order::{Order, Section, Status, Step};

use crate::given::{order, vendor};

const BUTTONS: [(Step, &str, Option<Operation>); 7] = [
    (Step::Edit, "Edit draft", None),
    (Step::Activate, "Activate", Some(Operation::Activate)),
    (Step::Assign, "Assign vendor", Some(Operation::Assign)),
    (Step::Hold, "Put on hold", Some(Operation::Hold)),
    (Step::Reactivate, "Reactivate", Some(Operation::Reactivate)),
    (Step::Cancel, "Cancel order", Some(Operation::Cancel)),
    (Step::Delete, "Delete draft", Some(Operation::DeleteDraft)),
];

#[test]
fn each_button_says_what_it_does_and_does_it() {
    let whole = Step::ALL
        .iter()
        .copied()
        .filter(|step| step.section() == Section::Order);
    assert!(whole.eq(BUTTONS.map(|(step, ..)| step)));
    let unassigned = order(Status::Unassigned);
    for (step, label, operation) in BUTTONS {
        assert_eq!(step.label(), label);
        assert_eq!(step.label_on(&unassigned), label);
        assert_eq!(step.operation(&unassigned), operation, "{label}");
    }
}

#[test]
fn an_order_with_a_vendor_is_reassigned_and_its_other_buttons_stay_as_they_are() {
    let assigned = Order {
        vendor: Some(vendor("ven-1")),
        ..order(Status::Assigned)
    };
    for (step, label, _) in BUTTONS {
        let said = if step == Step::Assign { "Reassign vendor" } else { label };
        assert_eq!(step.label_on(&assigned), said);
    }
}
