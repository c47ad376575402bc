//! Starting, holding and ending an order. Where it is asked why, the reason is kept on this device as it is typed.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::order::Order;

use crate::order::step_dialog::{Ask, StepForm, members};
use crate::platform::intl;

mod delete;

pub use delete::delete_dialog;

pub fn activate(order: &Order) -> StepForm {
    let charges = order
        .payment
        .as_ref()
        .filter(|payment| payment.charges_at_activation())
        .map(|payment| {
            let amount = payment
                .amount_due
                .as_ref()
                .map_or_else(|| "the fee".to_owned(), intl::money);
            [
                "Activating charges ",
                &amount,
                " now. If the charge fails, the order is put on hold.",
            ]
            .concat()
        });
    let ends = if order.preferred_vendor.is_some() {
        "The vendor chosen in the draft is assigned at once, if still eligible; otherwise the order waits for a vendor."
    } else {
        "No vendor is chosen, so the order will wait for one."
    };
    let mut consequences = owned(&[
        "The order cannot become a draft again.",
        "The client can no longer be changed, nor the product reduced; the address only in parts.",
        "An order number is given, the clock of its turn time starts, and vendor capacity is used.",
        "Cancelling later may cost a fee.",
    ]);
    consequences.extend(charges);
    let about = view! {
        <p>{order.borrower().to_owned()}", "{order.property.as_ref().map(|property| property.one_line())}</p>
        <p>{ends}</p>
    };
    StepForm {
        title: ["Activate “", &order.title(), "”?"].concat(),
        keep: "Keep as draft",
        about: Some(about.into_any()),
        effects: "What becomes final",
        consequences,
        told: vec![("Status", "Activated".to_owned())],
        focus_confirm: true,
        ..StepForm::new(order, "", "Activate")
    }
}

pub fn hold(order: &Order) -> StepForm {
    StepForm {
        keep: "Do not hold",
        consequences: owned(&[
            "The vendor is asked to pause, and the clock stands still until the order is reactivated.",
        ]),
        told: vec![("Status", "On hold".to_owned())],
        ..with_reason(
            StepForm::new(order, "Put this order on hold", "Put on hold"),
            &[
                "Waiting for access",
                "Waiting for documents",
                "Borrower unavailable",
                "Payment in question",
            ],
        )
    }
}

pub fn reactivate(order: &Order) -> StepForm {
    StepForm {
        keep: "Leave on hold",
        consequences: owned(&["The order goes on where it was held, and its clock runs again."]),
        told: vec![("Status", "Reactivated".to_owned())],
        ..with_reason(
            StepForm::new(order, "Reactivate this order", "Reactivate"),
            &[
                "Access is arranged",
                "Documents received",
                "Payment settled",
                "Client confirmed",
            ],
        )
    }
}

pub fn cancel(order: &Order) -> StepForm {
    StepForm {
        keep: "Keep the order",
        consequences: owned(&[
            "A cancelled order stays cancelled. To go on, a new one has to be created.",
            "The vendor is released; a fee may apply for work that was begun.",
            "If something was paid, a refund may be started. How much, the platform decides.",
        ]),
        told: vec![("Status", "Cancelled".to_owned())],
        danger: true,
        ..with_reason(
            StepForm::new(order, "Cancel this order", "Cancel order"),
            &[
                "Loan withdrawn",
                "Duplicate order",
                "Borrower request",
                "Property not accessible",
            ],
        )
    }
}

fn with_reason(form: StepForm, usual: &'static [&'static str]) -> StepForm {
    StepForm {
        asks: vec![
            Ask::new("reason", "Reason", Kind::Reason)
                .hint("Everybody who may see the order can read it in the history.")
                .usual(usual),
        ],
        fill: members(|typed| [("reason", typed.value("reason"))]),
        ..form
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|text| (*text).to_owned()).collect()
}
