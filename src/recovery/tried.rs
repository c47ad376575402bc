//! What was tried on an order from this browser: what stands against a new action, and how everything else ended.

use leptos::prelude::*;
use omnival_core::message;
use omnival_core::recovery::journal::{Ending, Found, Record, Stage};

use super::attempts::Attempts;
use super::journal::{Entry, excerpt};
use crate::order::OrderState;
use crate::parts::live::live;
use crate::parts::{CopyButton, Icon};
use crate::platform::intl::{self, Style};

/// The attempt about an order, or about a loan's next order, that no screen of this page follows: another tab does, nobody
/// knows how it ended, or its record is damaged.
pub fn elsewhere(attempts: Attempts, found: Memo<Option<Entry>>) -> AnyView {
    live(move || found.get().map(|entry| panel(attempts, entry))).into_any()
}

fn panel(attempts: Attempts, entry: Entry) -> AnyView {
    let key = entry.key.clone();
    let put_away = move |_| attempts.put_away(key.clone());
    match entry.found {
        Found::Damaged(text) => damaged(&text, put_away),
        Found::Record(record) => match record.stage.clone() {
            Stage::Ended(end) => unsettled(attempts, *record, &end, put_away),
            Stage::Opened | Stage::Doubt { .. } => followed(&record),
        },
    }
}

fn head(icon: &'static str, happened: String, next: &'static str) -> AnyView {
    view! {
        <header class="outcome-head">
            <Icon name=icon/>
            <div>
                <h2 id="else-h">{happened}</h2>
                <p class="next"><b>"Next: "</b>{next}</p>
            </div>
        </header>
    }
    .into_any()
}

fn sent(record: &Record) -> String {
    let at = intl::at(record.intent.pressed_at, Style::Seconds);
    ["Sent at ", &at, ": ", record.intent.goal.operation().doing()].concat()
}

fn followed(record: &Record) -> AnyView {
    let head = head(
        "clock",
        "An earlier attempt is being checked in another tab.".to_owned(),
        "Nothing is to do. This page goes on by itself as soon as it is known how that one ended.",
    );
    view! {
        <section class="outcome verifying" data-elsewhere="open" aria-busy="true" aria-labelledby="else-h">
            {head}
            <ol class="steps"><li data-state="now"><Icon name="refresh"/>{sent(record)}</li></ol>
        </section>
    }
    .into_any()
}

fn unsettled(
    attempts: Attempts,
    record: Record,
    end: &Ending,
    put_away: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    let head = head(
        "alert",
        message::ending(record.intent.goal.operation(), end).happened,
        "Do not repeat it yet. Keep watching, or make sure by the order's history.",
    );
    let tried = sent(&record);
    view! {
        <section class="outcome" data-verdict="unknown" data-elsewhere="unsettled" aria-labelledby="else-h">
            {head}
            <p>{tried}</p>
            <div class="row">
                <button class="btn primary" type="button" on:click=move |_| attempts.take_up(record.clone())>"Keep watching"</button>
                <button class="btn" type="button" on:click=put_away>"I made sure: let me act again"</button>
            </div>
        </section>
    }
    .into_any()
}

fn damaged(text: &str, put_away: impl Fn(leptos::ev::MouseEvent) + 'static) -> AnyView {
    let head = head(
        "alert",
        "This browser's record of an earlier attempt is damaged.".to_owned(),
        "Look in the order's history for what was done, copy the record for support, then put it away.",
    );
    let shown = excerpt(text);
    view! {
        <section class="outcome" data-verdict="unknown" data-elsewhere="damaged" aria-labelledby="else-h">
            {head}
            <details class="disclosure bundle"><summary><Icon name="chevron"/>"The record"</summary><pre tabindex="0">{shown.clone()}</pre></details>
            <div class="row">
                <CopyButton text=Signal::stored(shown) label="Copy the record"/>
                <button class="btn" type="button" on:click=put_away>"I made sure: put it away"</button>
            </div>
        </section>
    }
    .into_any()
}

/// All attempts on this order from this browser, newest first.
pub fn tried(state: OrderState) -> AnyView {
    let attempts = state.attempts;
    let entries = Memo::new(move |_| {
        let order = state
            .order
            .with(|loaded| loaded.value.as_ref().map(|order| order.at.order.clone()));
        order.map(|order| attempts.tried_on(&order)).unwrap_or_default()
    });
    live(move || {
        let entries = entries.get();
        let rows: Vec<_> = entries.iter().filter_map(Entry::record).map(row).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <section class="card tried" aria-labelledby="h-tried">
                    <header class="card-head"><h2 id="h-tried">"Tried from this browser"</h2></header>
                    <ol class="timeline">{rows}</ol>
                </section>
            }
        })
    })
    .into_any()
}

fn row(record: &Record) -> AnyView {
    let (icon, word, told) = match &record.stage {
        Stage::Opened => ("clock", "being carried out", None),
        Stage::Doubt { .. } => ("refresh", "being checked", None),
        Stage::Ended(end) => {
            let told = message::ending(record.intent.goal.operation(), end);
            (
                if message::ending_word(end) == "done" {
                    "check"
                } else {
                    "info"
                },
                word(message::ending_word(end)),
                Some([told.happened.as_str(), " ", &told.next].concat()),
            )
        }
    };
    let at = intl::at(record.intent.pressed_at, Style::Full);
    let iso = record.intent.pressed_at.rfc3339();
    let asked: Vec<_> = record
        .intent
        .asked
        .iter()
        .map(|(field, value)| [field, ": ", value].concat())
        .collect();
    view! {
        <li data-source="user" data-attempt=record.id().as_str().to_owned()>
            <Icon name=icon/>
            <div>
                <p class="entry"><b>{record.intent.goal.operation().name()}</b><span class="muted">": "{word}</span></p>
                <p class="sub">{asked.join(" · ")}</p>
                {told.map(|told| view! { <p>{told}</p> })}
                <p class="sub num"><time datetime=iso>{at}</time>" · "{record.intent.user_name.clone()}</p>
            </div>
        </li>
    }
    .into_any()
}

/// A verdict's word, as people say it.
fn word(word: &str) -> &'static str {
    match word {
        "done" => "carried out",
        "done-by-other" => "done by somebody else",
        "moved" => "not carried out, the order had moved",
        "pending" => "carried out, payment pending",
        "refused" => "refused",
        "not-done" => "not carried out",
        _ => "outcome unknown",
    }
}
