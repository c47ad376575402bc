//! What can be done now, and why the rest cannot.

use leptos::prelude::*;
use omnival_core::order::{Gate, Section, Step, Weight};
use omnival_core::recovery::attempt::Stage;

use super::OrderState;
use super::missing::{like_this, missing};
use crate::attempts::Tracked;
use crate::navigation::routes;
use crate::ui::Disclosure;
use crate::ui::live::{live, steady, text};

/// While the end of an attempt is shown, its own list of what is possible now stands in for this one.
pub fn actions(state: OrderState) -> AnyView {
    let shown = steady(move || state.attempt().is_none_or(|tracked| tracked.is_open()));
    live(move || shown.get().then(|| bar(state))).into_any()
}

fn bar(state: OrderState) -> AnyView {
    let gates = Memo::new(move |_| state.steps(Section::Order));
    let open = live(move || open_buttons(state, gates.get()));
    let closed = live(move || {
        let closed: Vec<_> = gates
            .get()
            .into_iter()
            .filter_map(|(action, gate)| Some((action, why(gate)?)))
            .collect();
        let summary = match closed.len() {
            0 => return ().into_any(),
            1 => "1 action is not possible now".to_owned(),
            count => [&count.to_string(), " actions are not possible now"].concat(),
        };
        let items: Vec<_> = closed
            .into_iter()
            .map(|(action, why)| view! { <li><b>{action.label()}</b><span>{why}</span></li> })
            .collect();
        view! { <Disclosure summary><ul class="closed-actions">{items}</ul></Disclosure> }.into_any()
    });
    let sending = text(move || {
        let sending = state.attempt().filter(|tracked| {
            matches!(
                tracked.attempt.stage(),
                Stage::Preparing | Stage::Recording { .. } | Stage::Sending
            )
        });
        let doing = |tracked: Tracked| ["Working: ", tracked.attempt.intent.goal.operation().doing(), "…"].concat();
        sending.map(doing).unwrap_or_default()
    });
    view! {
        <section class="actions" aria-label="Actions">
            <div class="row">{open}<span class="sending" role="status">{sending}</span></div>
            {like_this(state)}
            {missing(state)}
            {closed}
        </section>
    }
    .into_any()
}

/// A button for each open action.
pub fn open_buttons(state: OrderState, gates: Vec<(Step, Gate)>) -> Vec<AnyView> {
    let open = gates.into_iter().filter(|(_, gate)| *gate == Gate::Open);
    open.map(|(action, _)| button(state, action)).collect()
}

fn why(gate: Gate) -> Option<String> {
    match gate {
        Gate::Open => None,
        Gate::Closed(why) => Some(why.into_owned()),
    }
}

fn button(state: OrderState, action: Step) -> AnyView {
    if action == Step::Edit {
        let href = state
            .order
            .with_untracked(|order| order.value.as_ref().map(|order| routes::edit(&order.at)));
        return view! { <a class="btn" href=href>{action.label()}</a> }.into_any();
    }
    let label = state.order.with_untracked(|order| {
        order
            .value
            .as_ref()
            .map_or(action.label(), |order| action.label_on(order))
    });
    let class = match action.weight() {
        Weight::Primary => "btn primary",
        Weight::Danger => "btn danger",
        Weight::Next | Weight::Plain => "btn",
    };
    view! { <button class=class type="button" on:click=move |_| state.dialog.set(Some(action))>{label}"…"</button> }
        .into_any()
}
