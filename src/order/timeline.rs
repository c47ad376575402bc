//! The order's history: who, what, when, from where to where, and why.

use super::OrderState;
use crate::api::Failure;
use crate::console::FailureNote;
use crate::platform::intl::{self, Style};
use crate::platform::task;
use crate::records::history_row;
use crate::ui::live::{attr_if, text, when};
use crate::ui::{Icon, Skeleton};
use leptos::prelude::*;
use omnival_headless::endpoint;
use omnival_wire::order::{self as decode, History};

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
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    let more = move || {
        state
            .history
            .with(|history| history.value.as_ref().is_some_and(|history| history.has_older))
    };
    let load = move |_| {
        let Some((at, shown)) = state
            .order
            .value_untracked()
            .map(|order| order.at)
            .zip(state.history.value_untracked())
        else {
            return;
        };
        let Some(last) = shown.entries.last().map(|entry| entry.id.as_str().to_owned()) else {
            return;
        };
        busy.set(true);
        task::spawn(async move {
            let end = state
                .console
                .api
                .repeat(endpoint::history(&at, Some(&last)), decode::history)
                .await;
            let _ = busy.try_set(false);
            match end {
                Ok(older) => {
                    let entries = shown.entries.into_iter().chain(older.entries).collect();
                    state.history.put(History {
                        entries,
                        has_older: older.has_older,
                    });
                }
                Err(failure) => drop(failed.try_set(Some(failure))),
            }
        });
    };
    let button = move || {
        let busy = attr_if(move || busy.get(), "true");
        view! { <button class="btn small" type="button" aria-busy=busy on:click=load>"Show older entries"</button> }
    };
    view! { <FailureNote failure=failed about=state.about()/>{when(more, button)} }.into_any()
}
