//! The vendor's answer, and the terms that go back and forth.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;
use omnival_core::order::full::Conditions;
use omnival_core::words::Side;
use omnival_wire::Value;

use super::money::payment;
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, StepForm, Typed, members};
use crate::platform::intl::{self, Style};
use crate::records::record_list;
use crate::ui::live::live;

const NOTE: Kind = Kind::Text { least: 0, most: 1_000 };
const REASON: Kind = Kind::Text { least: 3, most: 500 };

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_vendor_payments(state.console.api, at);
}

pub fn view(state: OrderState) -> AnyView {
    view! {
        {live(move || state.order.with(|order| order.value.as_ref().map(terms)))}
        {record_list(state.source(), state.lists.vendor_payments, "Paid to the vendor", "Nothing was paid to the vendor yet.", payment)}
    }
    .into_any()
}

/// Who has the order, until when an answer is due, and the offer on the table beside the order's own terms.
fn terms(order: &Order) -> AnyView {
    let vendor = order
        .vendor
        .as_ref()
        .map_or("No vendor has the order.".to_owned(), |vendor| {
            ["With ", &vendor.name, "."].concat()
        });
    let respond_by = order.sla.as_ref().and_then(|sla| sla.respond_by);
    let due = respond_by.map(|at| {
        view! { <p class="muted">"An answer is due by "<b class="num">{intl::at(at, Style::DateTime)}</b></p> }
    });
    let offer = order.conditions.as_ref().map(|offer| {
        let fee = order.fee.as_ref().map(|fee| intl::money(&fee.vendor));
        let now = [fee, order.due_date.as_deref().map(intl::day)];
        let wanted = [offer.fee.as_ref().map(intl::money), offer.due_date.as_deref().map(intl::day)];
        let rows = ["Vendor's fee", "Due date"].into_iter().zip(now).zip(wanted).map(|((name, now), wanted)| {
            let differs = wanted.is_some() && wanted != now;
            let wanted = wanted.unwrap_or_else(|| "as it is".to_owned());
            view! {
                <tr role="row" data-differs=differs.then_some("")>
                    <th role="rowheader" scope="row">{name}</th>
                    <td role="cell" data-label="On the order" class="num">{now.unwrap_or_else(|| "—".to_owned())}</td>
                    <td role="cell" data-label="Offered" class="num">{wanted}</td>
                </tr>
            }
        });
        let rows = rows.collect_view();
        let by = if offer.proposed_by == Side::Client { "the client" } else { "the vendor" };
        let notes = offer.notes.clone().map(|notes| view! { <blockquote>{notes}</blockquote> });
        view! {
            <table class="table compare" role="table">
                <caption>"Offered by "{by}{offer.proposed_at.map(|at| [", ", &intl::at(at, Style::DateTime)].concat())}</caption>
                <thead role="rowgroup"><tr role="row"><td role="cell"></td><th role="columnheader" scope="col">"On the order"</th><th role="columnheader" scope="col">"Offered"</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
            {notes}
        }
    });
    view! { <p>{vendor}</p>{due}{offer} }.into_any()
}

fn status(code: i64) -> (&'static str, Value) {
    ("statusCode", Value::from(code))
}

pub fn accept(order: &Order) -> StepForm {
    StepForm {
        consequences: vec![
            "The vendor is bound to the order's fee and due date, or to the client's last offer.".to_owned(),
            "It is recorded in the history under your name, as the vendor's answer.".to_owned(),
        ],
        told: vec![("Status", "Accepted by the vendor".to_owned())],
        fill: members(|_| [status(3)]),
        ..StepForm::new(order, "Vendor accepts", "Record acceptance")
    }
}

pub fn begin_work(order: &Order) -> StepForm {
    StepForm {
        consequences: vec!["The order is in progress; its clock runs on.".to_owned()],
        told: vec![("Status", "In progress".to_owned())],
        fill: members(|_| [status(10)]),
        ..StepForm::new(order, "Work has begun", "Record start")
    }
}

pub fn decline(order: &Order) -> StepForm {
    StepForm {
        asks: vec![
            Ask::new("reason", "Reason", REASON)
                .usual(&["Out of area", "Too busy", "Conflict of interest"])
                .hint("Everybody who may see the order can read it in the history."),
        ],
        consequences: vec!["The order goes back to be assigned anew; the reassignment is counted.".to_owned()],
        danger: true,
        fill: members(|typed| [status(2), ("reason", typed.value("reason"))]),
        ..StepForm::new(order, "Vendor declines", "Record refusal")
    }
}

pub fn accept_conditions(order: &Order) -> StepForm {
    StepForm {
        about: Some(terms(order)),
        consequences: vec![
            "The offered fee and due date become the order's, and are carried to the invoice.".to_owned(),
        ],
        told: vec![("Status", "Conditions accepted".to_owned())],
        ..StepForm::new(order, "Accept the vendor's conditions", "Accept conditions")
    }
}

/// The vendor's conditions.
pub fn counter(order: &Order) -> StepForm {
    let consequence = "The client is asked to accept these terms or to answer with others.";
    StepForm {
        fill: members(|typed| {
            let [fee, day, note] = offered(typed, "notes");
            [status(4), fee, day, note]
        }),
        ..offer(
            StepForm::new(order, "Vendor sets conditions", "Record conditions"),
            order,
            None,
            "notes",
            consequence,
        )
    }
}

/// The client's answer to them: the same terms.
pub fn counter_conditions(order: &Order) -> StepForm {
    let consequence = "The vendor is asked to accept these terms, to answer with others, or to decline.";
    StepForm {
        fill: members(|typed| offered(typed, "note")),
        ..offer(
            StepForm::new(order, "Counter-offer", "Make counter-offer"),
            order,
            order.conditions.as_ref(),
            "note",
            consequence,
        )
    }
}

/// `given` stands there to begin with; `note` is the endpoint's name for it.
fn offer(form: StepForm, order: &Order, given: Option<&Conditions>, note: &'static str, consequence: &str) -> StepForm {
    let fee = given.and_then(|offer| offer.fee.as_ref()).map(|fee| fee.amount.clone());
    let day = given.and_then(|offer| offer.due_date.clone());
    StepForm {
        about: Some(terms(order)),
        asks: vec![
            Ask::new("fee", "Vendor's fee", Kind::Amount)
                .optional()
                .given(fee.unwrap_or_default())
                .hint("In US dollars. Leave it empty to keep the order's."),
            Ask::new("dueDate", "Due date", Kind::Day)
                .optional()
                .given(day.unwrap_or_default()),
            Ask::new(note, "Note", NOTE).optional(),
        ],
        consequences: vec![consequence.to_owned()],
        check: Box::new(|typed: &Typed| {
            let nothing = typed.text("fee").is_empty() && typed.text("dueDate").is_empty();
            nothing.then(|| {
                let words = "Give a fee or a due date; without either there is nothing to answer.";
                ("fee", words.to_owned())
            })
        }),
        ..form
    }
}

fn offered(typed: &Typed, note: &'static str) -> [(&'static str, Value); 3] {
    [
        ("fee", typed.money_or_null("fee")),
        ("dueDate", typed.or_null("dueDate")),
        (note, typed.or_null(note)),
    ]
}
