//! Delivering the accepted report. Every send is a link of its own, so nothing is ever sent again by the program.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;
use omnival_core::order::records::Sent;
use omnival_core::words::Recipient;

use crate::order::OrderState;
use crate::order::step_dialog::{Ask, Check, StepForm, members};
use crate::platform::intl::{self, Style};
use crate::records::{by_line, record_list};

const MESSAGE: Kind = Kind::Text { least: 0, most: 1_000 };
const NAME: Kind = Kind::Text { least: 1, most: 100 };

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_deliveries(state.console.api, at);
}

pub fn ready(state: OrderState) -> bool {
    state.lists.deliveries.with(|sent| sent.value.is_some())
}

pub fn view(state: OrderState) -> AnyView {
    record_list(
        state.source(),
        state.lists.deliveries,
        "Sent so far",
        "Nothing was sent yet.",
        row,
    )
}

fn row(sent: &Sent) -> AnyView {
    let seen = sent.acknowledged_at.map_or_else(
        || "not acknowledged yet".to_owned(),
        |at| ["acknowledged ", &intl::at(at, Style::DateTime)].concat(),
    );
    let downloads = match sent.downloads {
        1 => "1 download".to_owned(),
        count => [&count.to_string(), " downloads"].concat(),
    };
    let to = if sent.to == Recipient::Borrower {
        "Borrower: "
    } else {
        "Other: "
    };
    view! {
        <li>
            <b>{to}{sent.name.clone()}</b>" "<span class="muted">{sent.email.clone()}</span>
            <span class="sub num">{[&by_line(sent.sent_by.as_ref(), sent.sent_at), "; ", &seen, ", ", &downloads].concat()}</span>
        </li>
    }
    .into_any()
}

pub fn send_to_borrower(state: OrderState, order: &Order) -> StepForm {
    let borrowers = state.lists.borrowers.value_untracked().unwrap_or_default();
    let email = borrowers.into_iter().find_map(|borrower| borrower.email);
    let form = StepForm::new(order, "Send the report to the borrower", "Send to borrower");
    StepForm {
        asks: vec![
            Ask::new("email", "E-mail", Kind::Email).given(email.unwrap_or_default()),
            Ask::new("message", "Message", MESSAGE).optional(),
        ],
        fill: members(|typed| [("email", typed.value("email")), ("message", typed.or_null("message"))]),
        ..link(state, form, true)
    }
}

pub fn send_to_others(state: OrderState, order: &Order) -> StepForm {
    let form = StepForm::new(order, "Send the report", "Send report");
    StepForm {
        asks: vec![
            Ask::new("name", "Name", NAME),
            Ask::new("email", "E-mail", Kind::Email),
            Ask::new("message", "Message", MESSAGE).optional(),
        ],
        fill: members(|typed| {
            [
                ("name", typed.value("name")),
                ("email", typed.value("email")),
                ("message", typed.or_null("message")),
            ]
        }),
        ..link(state, form, false)
    }
}

/// What a link does. Where one has gone already, another one takes a second press.
fn link(state: OrderState, form: StepForm, to_borrower: bool) -> StepForm {
    let sent = state.lists.deliveries.value_untracked().unwrap_or_default();
    let again = sent.iter().any(|sent| (sent.to == Recipient::Borrower) == to_borrower);
    let mut consequences =
        vec!["A link that serves only this recipient is mailed at once. It cannot be called back.".to_owned()];
    if again {
        consequences.push("A link was sent before (see the list). This mails another one.".to_owned());
    }
    let reached: Vec<String> = sent.iter().map(|sent| sent.email.to_lowercase()).collect();
    let warned = StoredValue::new(None::<String>);
    let check: Check = Box::new(move |typed| {
        let email = typed.text("email").to_lowercase();
        let known = reached.contains(&email) && warned.with_value(|warned| warned.as_ref() != Some(&email));
        known.then(|| {
            warned.set_value(Some(email));
            let words = "A link was sent to this address already. Press again to send another one.";
            ("email", words.to_owned())
        })
    });
    StepForm {
        consequences,
        check,
        ..form
    }
}
