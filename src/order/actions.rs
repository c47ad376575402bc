//! What can be done now, and why the rest cannot.

use leptos::prelude::*;
use omnival_core::order::Section;
use omnival_core::recovery::attempt::Stage;

use super::OrderState;
use super::missing::{like_this, missing};
use super::step_buttons::{closed_steps, step_buttons};
use crate::attempts::Tracked;
use crate::ui::live::{live, steady, text};

/// While the end of an attempt is shown, its own list of what is possible now stands in for this one.
pub fn actions(state: OrderState) -> AnyView {
    let shown = steady(move || state.attempt().is_none_or(|tracked| tracked.is_open()));
    live(move || shown.get().then(|| bar(state))).into_any()
}

fn bar(state: OrderState) -> AnyView {
    let gates = Memo::new(move |_| state.steps(Section::Order));
    let open = live(move || step_buttons(state, gates.get(), false));
    let closed = live(move || closed_steps(gates.get(), "action", "actions"));
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
