//! Delivering the accepted report. Every send is a link of its own, so nothing is ever sent again by the program.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::{EntryId, OrderRef};
use omnival_core::operation::{Operation, Term};
use omnival_core::order::Step;
use omnival_core::order::records::Sent;
use omnival_core::recovery::evidence::Goal;
use omnival_core::words::Recipient;

use crate::endpoint::acts;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{Ask, Check, StepForm, step_dialog};
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

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| dialog(state, seen, step));
}

fn dialog(state: OrderState, seen: Seen, step: Step) -> AnyView {
    let sent = state.lists.deliveries.value_untracked().unwrap_or_default();
    let seen = seen.beside(sent.iter().map(|sent| EntryId::new(&sent.id)));
    let to_borrower = step == Step::SendToBorrower;
    let borrower = state.lists.borrowers.value_untracked().unwrap_or_default();
    let email = borrower
        .into_iter()
        .find_map(|borrower| borrower.email)
        .filter(|_| to_borrower);
    let name = (!to_borrower).then(|| Ask::new("name", "Name", NAME));
    let asks = name.into_iter().chain([
        Ask::new("email", "E-mail", Kind::Email).given(email.unwrap_or_default()),
        Ask::new("message", "Message", MESSAGE).optional(),
    ]);
    let again = sent.iter().any(|sent| (sent.to == Recipient::Borrower) == to_borrower);
    let mut consequences =
        vec!["A link that serves only this recipient is mailed at once. It cannot be called back.".to_owned()];
    if again {
        consequences.push("A link was sent before (see the list). This mails another one.".to_owned());
    }
    // Where a link has gone already, another one takes a second press.
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
    let (title, confirm) = if to_borrower {
        ("Send the report to the borrower: ", "Send to borrower")
    } else {
        ("Send the report: ", "Send report")
    };
    let form = StepForm {
        asks: asks.collect(),
        consequences,
        check,
        ..StepForm::new(step, [title, &seen.order.title()].concat(), confirm)
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let goal = Goal::Act {
            operation: if to_borrower {
                Operation::SendToBorrower
            } else {
                Operation::SendReport
            },
            terms: vec![(Term::Recipient, typed.text("email").to_owned())],
        };
        let body = [("email", typed.value("email")), ("message", typed.or_null("message"))];
        let fence = seen.fence(state.console);
        if to_borrower {
            let call = acts::send_to_borrower(&seen.order.at, body.into(), fence);
            state.begin(seen, goal, typed.asked(), call);
        } else {
            let body = [("name", typed.value("name"))].into_iter().chain(body).collect();
            let call = acts::send_report(&seen.order.at, body, fence);
            state.begin(seen, goal, typed.asked(), call);
        }
    })
}
