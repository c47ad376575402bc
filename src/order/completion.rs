//! What completes the order: four prerequisites, each with its state and the way to where it is worked on.

use leptos::prelude::*;
use omnival_core::order::completion::{Prerequisite, State};
use omnival_core::order::{Order, Phase, Status};

use super::OrderState;
use crate::ui::Icon;
use crate::ui::live::live;

pub fn completion(state: OrderState) -> AnyView {
    let panel = live(move || {
        let order = state.order.value().filter(is_near)?;
        if state.console.user()?.is_vendor() {
            return None;
        }
        let rows = Prerequisite::ALL.map(|one| row(state, one, &one.of(&order)));
        let open = Prerequisite::ALL
            .iter()
            .filter(|one| !matches!(one.of(&order), State::Met(_)))
            .count();
        let summary = match (order.status, open) {
            (Status::Completed, _) => "The order is completed.".to_owned(),
            (_, 0) => "Everything is there: the platform completes the order by itself.".to_owned(),
            (_, 1) => "One thing is still open. Completion follows by itself; nobody forces it.".to_owned(),
            (_, open) => [
                &open.to_string(),
                " things are still open. Completion follows by itself; nobody forces it.",
            ]
            .concat(),
        };
        Some(view! {
            <section class="card completion" aria-label="Completion">
                <h2>"Completion"</h2>
                <p class="muted">{summary}</p>
                <ul>{rows.into_iter().collect_view()}</ul>
            </section>
        })
    });
    panel.into_any()
}

/// From QC on it is worth looking at.
fn is_near(order: &Order) -> bool {
    matches!(order.status.phase(), Phase::Qc | Phase::Delivery) || order.status == Status::Completed
}

fn row(state: OrderState, one: Prerequisite, is: &State) -> AnyView {
    let (mark, word, text) = match is {
        State::Met(text) => ("check", "met", *text),
        State::Waiting(text) => ("clock", "waiting", *text),
        State::Open(text) => ("arrow-right", "open", *text),
    };
    view! {
        <li data-state=word>
            <Icon name=mark/>
            <div><b>{one.label()}</b><span class="vh">", "{word}</span><span class="sub">{text}</span></div>
            <button class="btn small quiet" type="button" aria-label=["Go there: ", one.label()].concat() on:click=move |_| state.go_to(one.section())>"Go there"</button>
        </li>
    }
    .into_any()
}
