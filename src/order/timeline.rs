//! The order's history: who, what, when, from where to where, and why.

use super::OrderState;
use crate::console::FailureNote;
use crate::platform::intl::{self, Style};
use crate::platform::task;
use crate::records::history_row;
use crate::ui::live::{attr_if, text, when};
use crate::ui::{Icon, Skeleton};
use leptos::prelude::*;
use omnival_headless::endpoint;
use omnival_headless::timeline::Older;
use omnival_wire::order as decode;

pub fn history_card(state: OrderState) -> AnyView {
    let history = state.history;
    let as_of = text(move || {
        let at = history.with(|history| history.as_of);
        at.map(|at| ["as of ", &intl::at(at, Style::Seconds)].concat())
            .unwrap_or_default()
    });
    let empty =
        move || history.with(|history| history.value.as_ref().is_some_and(|history| history.entries.is_empty()));
    let entries = move || {
        history.with(|history| {
            history
                .value
                .as_ref()
                .map(|history| history.entries.clone())
                .unwrap_or_default()
        })
    };
    let none = || view! { <p class="muted">"Nothing yet. A draft leaves no history; it begins with activation."</p> };
    view! {
        <section class="card history" aria-labelledby="h-history">
            <header class="card-head">
                <h2 id="h-history">"History"</h2>
                <span class="asof num">{as_of}</span>
                <button class="btn quiet square" type="button" aria-label="Read order and history again" on:click=move |_| state.load()><Icon name="refresh"/></button>
            </header>
            <FailureNote failure=history.failure() about=state.about() again=move |()| state.load_records()/>
            {when(move || history.is_awaited(), || view! { <Skeleton lines=6/> })}
            {when(empty, none)}
            <ol class="timeline"><For each=entries key=|entry| entry.id.clone() children=|entry| history_row(&entry)/></ol>
            {older(state)}
        </section>
    }
    .into_any()
}

fn older(state: OrderState) -> AnyView {
    let older = RwSignal::new(Older::default());
    let failed = Signal::derive(move || older.with(|older| older.failure().cloned()));
    let more = move || {
        state
            .history
            .with(|history| history.value.as_ref().is_some_and(|history| history.has_older))
    };
    let load = move |_| {
        let Some(at) = state.order.value_untracked().map(|order| order.at) else {
            return;
        };
        let begun = older.try_update(|older| state.history.with_untracked(|history| older.begin(history)));
        let Some(before) = begun.flatten() else { return };
        let call = endpoint::history(&at, Some(before.as_str()));
        task::spawn(async move {
            let end = state.console.api.repeat(call, decode::history).await;
            if let Some(extension) = older.try_update(|older| older.end(end)).flatten() {
                state.history.amend(|history| extension.add_to(history));
            }
        });
    };
    let button = move || {
        let busy = attr_if(move || older.with(Older::is_busy), "true");
        view! { <button class="btn small" type="button" aria-busy=busy on:click=load>"Show older entries"</button> }
    };
    view! { <FailureNote failure=failed about=state.about()/>{when(more, button)} }.into_any()
}
