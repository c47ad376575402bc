//! Steps as they are offered: a button for each that is open, and why the others are not.

#![deny(clippy::wildcard_enum_match_arm)]

use leptos::prelude::*;
use omnival_core::order::{Behind, Gate, Step, Weight};

use super::OrderState;
use crate::navigation::routes;
use crate::ui::Disclosure;
use crate::ui::live::text;

/// `turn`: is it their section's turn?
pub fn step_buttons(state: OrderState, gates: Vec<(Step, Gate)>, turn: bool) -> Vec<AnyView> {
    let open = gates.into_iter().filter(|(_, gate)| *gate == Gate::Open);
    open.map(|(step, _)| button(state, step, turn)).collect()
}

fn button(state: OrderState, step: Step, turn: bool) -> AnyView {
    let class = match step.weight() {
        Weight::Primary => "btn primary",
        Weight::Danger => "btn danger",
        Weight::Next if turn => "btn primary",
        Weight::Next | Weight::Plain => "btn",
    };
    let label = text(move || {
        let label = state.order.with(|order| match &order.value {
            Some(order) => step.label_on(order),
            None => step.label(),
        });
        label.to_owned()
    });
    match step.behind() {
        Behind::Form => {
            let order = state.order.value_untracked();
            view! { <a class=class href=order.map(|order| routes::edit(&order.at))>{label}</a> }.into_any()
        }
        Behind::One(_) | Behind::Portal { .. } => {
            view! { <button class=class type="button" on:click=move |_| state.asking.set(Some(step))>{label}"…"</button> }
                .into_any()
        }
    }
}

/// The closed ones with what would open them; `one` and `many` are what they are called.
pub fn closed_steps(gates: Vec<(Step, Gate)>, one: &str, many: &str) -> Option<AnyView> {
    let items: Vec<_> = gates
        .into_iter()
        .filter_map(|(step, gate)| match gate {
            Gate::Open => None,
            Gate::Closed(why) => Some(view! { <li><b>{step.label()}</b><span>{why}</span></li> }),
        })
        .collect();
    let is = match items.len() {
        0 => return None,
        1 => [one, " is"].concat(),
        _ => [many, " are"].concat(),
    };
    let summary = [&items.len().to_string(), " ", &is, " not possible now"].concat();
    Some(view! { <Disclosure summary><ul class="closed-actions">{items}</ul></Disclosure> }.into_any())
}
