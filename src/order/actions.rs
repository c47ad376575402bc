//! What can be done now, and why the rest cannot.

use leptos::prelude::*;
use omnival_core::order::{Action, Gate};
use omnival_core::recovery::attempt::Stage;

use super::OrderState;
use crate::parts::Disclosure;
use crate::routes;

/// While the end of an attempt is shown, its own list of what is possible now stands in for this one.
#[component]
pub fn Actions(state: OrderState) -> impl IntoView {
    let ended = Memo::new(move |_| state.attempt().is_some_and(|tracked| !tracked.is_open()));
    view! { <Show when=move || !ended.get()><ActionBar state/></Show> }
}

#[component]
fn ActionBar(state: OrderState) -> impl IntoView {
    let gates = Memo::new(move |_| state.gates());
    let open = move || {
        gates
            .get()
            .into_iter()
            .filter(|(_, gate)| *gate == Gate::Open)
            .map(|(action, _)| button(state, action))
            .collect_view()
    };
    let closed = move || {
        gates
            .get()
            .into_iter()
            .filter_map(|(action, gate)| Some((action, why(gate)?)))
            .collect::<Vec<_>>()
    };
    let summary = Signal::derive(move || match closed().len() {
        1 => "1 action is not possible now".to_owned(),
        count => [&count.to_string(), " actions are not possible now"].concat(),
    });
    let sending = move || {
        state
            .attempt()
            .filter(|tracked| *tracked.attempt.stage() == Stage::Sending)
            .map(|tracked| ["Working: ", tracked.attempt.intent.goal.operation().doing(), "…"].concat())
    };
    view! {
        <section class="actions" aria-label="Actions">
            <div class="row">
                {open}
                <span class="sending" role="status">{sending}</span>
            </div>
            <Show when=move || !closed().is_empty()>
                <Disclosure summary>
                    <ul class="closed-actions">
                        {move || closed().into_iter().map(|(action, why)| view! { <li><b>{action.label()}</b><span>{why}</span></li> }).collect_view()}
                    </ul>
                </Disclosure>
            </Show>
        </section>
    }
}

fn why(gate: Gate) -> Option<String> {
    match gate {
        Gate::Open => None,
        Gate::Closed(why) => Some(why.into_owned()),
    }
}

/// The button of an open action. Used by the page and by the conflict screen.
pub fn button(state: OrderState, action: Action) -> AnyView {
    if action == Action::Edit {
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
    let class = match action {
        Action::Activate | Action::Assign | Action::Reactivate => "btn primary",
        Action::Cancel | Action::Delete => "btn danger",
        Action::Edit | Action::Hold => "btn",
    };
    view! { <button class=class type="button" on:click=move |_| state.dialog.set(Some(action))>{label}"…"</button> }
        .into_any()
}
