//! What stands against a new action and no screen of this page follows.

use leptos::prelude::*;
use omnival_core::message;
use omnival_core::recovery::journal::{Ending, Found, Record, Stage};

use super::Attempts;
use super::Entry;
use crate::platform::intl::{self, Style};
use crate::ui::live::live;
use crate::ui::{CopyButton, Icon};

/// The attempt about an order, or about a loan's next order, that no screen of this page follows: another tab does, nobody
/// knows how it ended, or its record is damaged.
pub fn elsewhere(attempts: Attempts, found: Memo<Option<Entry>>) -> AnyView {
    live(move || found.get().map(|entry| panel(attempts, entry))).into_any()
}

fn panel(attempts: Attempts, entry: Entry) -> AnyView {
    let key = entry.key.clone();
    let damage = entry.damage().unwrap_or_default();
    let put_away = move |_| attempts.put_away(key.clone());
    match entry.found {
        Found::Damaged(_) => damaged(damage, put_away),
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

fn damaged(shown: String, put_away: impl Fn(leptos::ev::MouseEvent) + 'static) -> AnyView {
    let head = head(
        "alert",
        "This browser's record of an earlier attempt is damaged.".to_owned(),
        "Look in the order's history for what was done, copy the record for support, then put it away.",
    );
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
