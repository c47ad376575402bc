//! What may be changed or noted at any time: fee, due date, instructions, notes. Each change is tracked by the platform.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;
use omnival_core::order::records::LogEntry;

use crate::order::OrderState;
use crate::order::step_dialog::{Ask, Content, StepForm, members};
use crate::platform::intl::{self, Style};
use crate::records::{humanize, record_list};
use crate::ui::live::live;

const NOTE: Kind = Kind::Text { least: 1, most: 2_000 };
const INSTRUCTIONS: Kind = Kind::Text { least: 0, most: 2_000 };

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_log(state.console.api, at);
}

pub fn view(state: OrderState) -> AnyView {
    view! {
        {terms(state)}
        {record_list(state.source(), state.lists.log, "What automation did", "Automation did nothing to this order yet.", entry)}
    }
    .into_any()
}

fn entry(entry: &LogEntry) -> AnyView {
    let at = entry.at.map(|at| intl::at(at, Style::DateTime));
    view! { <li>{entry.summary.clone()}<span class="sub num">{humanize(&entry.workflow)}", "{at}</span></li> }
        .into_any()
}

fn terms(state: OrderState) -> AnyView {
    live(move || {
        state.order.with(|order| {
            let order = order.value.as_ref()?;
            let fee = order.fee.as_ref()?.order.as_ref().map(intl::money);
            let day = order.due_date.as_deref().map(intl::day);
            Some(view! {
                <dl class="facts">
                    <div><dt>"Order fee"</dt><dd class="num">{fee}</dd></div>
                    <div><dt>"Due date"</dt><dd class="num">{day}</dd></div>
                    <div><dt>"Instructions"</dt><dd>{order.instructions.clone()}</dd></div>
                </dl>
            })
        })
    })
    .into_any()
}

/// Only what differs is sent, so that a colleague's change of another field is never undone by it.
pub fn update(order: &Order) -> StepForm {
    let fee = order
        .fee
        .as_ref()
        .and_then(|fee| fee.order.as_ref())
        .map(|fee| fee.amount.clone());
    let (fee, day) = (fee.unwrap_or_default(), order.due_date.clone().unwrap_or_default());
    let instructions = order.instructions.clone().unwrap_or_default();
    StepForm {
        asks: vec![
            Ask::new("orderFee", "Order fee", Kind::Amount)
                .given(fee.clone())
                .hint("In US dollars."),
            Ask::new("dueDate", "Due date", Kind::Day).given(day.clone()),
            Ask::new("specialInstructions", "Instructions", INSTRUCTIONS)
                .optional()
                .given(instructions.clone()),
        ],
        consequences: vec!["The history keeps the old and the new value, and your name.".to_owned()],
        fill: Box::new(move |typed| {
            let mut members = Vec::new();
            if typed.money("orderFee").is_some_and(|typed| typed.amount != fee) {
                members.push(("orderFee", typed.money_or_null("orderFee")));
            }
            if typed.text("dueDate") != day {
                members.push(("dueDate", typed.value("dueDate")));
            }
            if typed.text("specialInstructions") != instructions {
                members.push(("specialInstructions", typed.or_null("specialInstructions")));
            }
            (!members.is_empty()).then(|| Content {
                members,
                ..Content::default()
            })
        }),
        ..StepForm::new(order, "Change the terms", "Save changes")
    }
}

pub fn note(order: &Order) -> StepForm {
    StepForm {
        asks: vec![Ask::new("text", "Note", NOTE).hint("Everybody who may see the order can read it in the history.")],
        fill: members(|typed| [("text", typed.value("text"))]),
        ..StepForm::new(order, "Add a note", "Add note")
    }
}
