//! What was tried on an order from this browser, and how it ended.

use leptos::prelude::*;
use omnival_core::message;
use omnival_core::recovery::journal::{Record, Stage};

use crate::attempts::Entry;
use crate::order::OrderState;
use crate::platform::intl::{self, Style};
use crate::ui::Icon;
use crate::ui::live::live;

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
        Stage::Ended(ending) => {
            let ended = message::ending_word(ending);
            let told = message::ending(record.intent.goal.operation(), ending);
            (
                if ended == "done" { "check" } else { "info" },
                word(ended),
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
