//! What a button says, and which request is behind it.

use omnival_core::operation::Operation;
use omnival_core::order::{Action, Order, Status};

use crate::given::{order, vendor};

const BUTTONS: [(Action, &str, Option<Operation>); 7] = [
    (Action::Edit, "Edit draft", None),
    (Action::Activate, "Activate", Some(Operation::Activate)),
    (Action::Assign, "Assign vendor", Some(Operation::Assign)),
    (Action::Hold, "Put on hold", Some(Operation::Hold)),
    (Action::Reactivate, "Reactivate", Some(Operation::Reactivate)),
    (Action::Cancel, "Cancel order", Some(Operation::Cancel)),
    (Action::Delete, "Delete draft", Some(Operation::DeleteDraft)),
];

#[test]
fn each_button_says_what_it_does_and_does_it() {
    assert_eq!(BUTTONS.map(|(action, ..)| action), Action::ALL);
    let unassigned = order(Status::Unassigned);
    for (action, label, operation) in BUTTONS {
        assert_eq!(action.label(), label);
        assert_eq!(action.label_on(&unassigned), label);
        assert_eq!(action.operation(), operation, "{label}");
    }
}

#[test]
fn an_order_with_a_vendor_is_reassigned_and_its_other_buttons_stay_as_they_are() {
    let assigned = Order {
        vendor: Some(vendor("ven-1")),
        ..order(Status::Assigned)
    };
    for (action, label, _) in BUTTONS {
        let said = if action == Action::Assign {
            "Reassign vendor"
        } else {
            label
        };
        assert_eq!(action.label_on(&assigned), said);
    }
}
