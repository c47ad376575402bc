//! How a write ended, and the conflict screen: what was tried, what is true now, who made the difference and when, and
//! what is possible now.

use leptos::prelude::*;
use omnival_core::message::tone;
use omnival_core::order::Section;
use omnival_core::recovery::Conclusion;
use omnival_core::recovery::conflict::{self, Row};
use omnival_core::recovery::evidence::Verdict;
use omnival_core::recovery::intent::Intent;

use crate::attempts::Tracked;
use crate::console::support::{self, support_details};
use crate::order::OrderState;
use crate::order::missing::refused_field;
use crate::order::step_buttons::step_buttons;
use crate::platform::dom;
use crate::records::history_row;
use crate::ui::Icon;
use crate::ui::live::{effect, live};

pub fn outcome(state: OrderState, tracked: &Tracked) -> AnyView {
    let attempts = state.attempts;
    let intent = tracked.attempt.intent.clone();
    let (Some(end), Some(message)) = (tracked.attempt.conclusion().cloned(), tracked.message()) else {
        return ().into_any();
    };
    let unpaid = end.is_unpaid(&intent, tracked.answered.as_ref());
    let word = if unpaid { "unpaid" } else { tone(&end.verdict).1 };
    let id = StoredValue::new(intent.id.clone());
    let order = end.evidence.as_ref().and_then(|evidence| evidence.order());
    let rows = if end.evidence.is_some() {
        conflict::rows(&intent, order)
    } else {
        Vec::new()
    };
    let unknown = end.verdict == Verdict::StillUnknown;
    let details = details(state, tracked);
    effect(|| {
        dom::focus("outcome");
    });
    let possible = live(move || step_buttons(state, state.steps(Section::Order), false));
    // After an unknown end the actions return by a decision of the operator, never by themselves.
    let close_label = if unknown {
        "I made sure: let me act again"
    } else {
        "Close this notice"
    };
    let close = move |_| id.with_value(|id| attempts.dismiss(id));
    view! {
        <section class="outcome" id="outcome" data-verdict=word data-operation=intent.goal.operation().api_name() tabindex="-1" aria-labelledby="o-h">
            <header class="outcome-head">
                <Icon name=icon(word)/>
                <div>
                    <h2 id="o-h">{message.happened}</h2>
                    <p class="next"><b>"Next: "</b>{message.next}</p>
                </div>
            </header>
            {(!rows.is_empty()).then(|| compare(rows))}
            {since(&intent, &end)}
            {(!end.reply.answer().is_none_or(|answer| answer.problem.fields.is_empty())).then(|| fields(state, &end))}
            <section class="outcome-part">
                <h3>"What you can do now"</h3>
                <div class="row">
                    {(!unknown).then_some(possible)}
                    {unknown.then(|| view! {
                        <button class="btn primary" type="button" on:click=move |_| id.with_value(|id| attempts.watch_on(id))>"Keep watching"</button>
                    })}
                    <button class="btn" type="button" on:click=close>{close_label}</button>
                </div>
            </section>
            {support_details(details)}
        </section>
    }
    .into_any()
}

/// The support bundle, with what the order's page shows by now.
fn details(state: OrderState, tracked: &Tracked) -> Signal<String> {
    let bundle = support::of_attempt(tracked, state.attempts.earlier(&tracked.attempt.intent));
    Signal::derive(move || {
        state.order.with(|order| {
            state.history.with(|history| {
                let entries = history.value.as_ref().map(|history| history.entries.as_slice());
                support::text(support::beside_page(bundle.clone(), order.value.as_ref(), entries))
            })
        })
    })
}

fn since(intent: &Intent, end: &Conclusion) -> Option<AnyView> {
    let entries: Vec<_> = end
        .evidence
        .as_ref()
        .map(|evidence| {
            conflict::explanations(evidence, &intent.baseline)
                .into_iter()
                .map(history_row)
                .collect()
        })
        .unwrap_or_default();
    (!entries.is_empty()).then(|| {
        view! {
            <section class="outcome-part">
                <h3>"What happened since, by whom and when"</h3>
                <ol class="timeline">{entries}</ol>
            </section>
        }
        .into_any()
    })
}

/// What the platform found fault with; of a draft, each a link to its field.
fn fields(state: OrderState, end: &Conclusion) -> AnyView {
    let order = state.order.value_untracked();
    let item = |path: &str, text: &str| match &order {
        Some(order) => refused_field(order, path, text),
        None => text.to_owned().into_any(),
    };
    let items: Vec<_> = end
        .reply
        .answer()
        .map(|answer| answer.problem.fields.clone())
        .unwrap_or_default()
        .into_iter()
        .map(|(path, text)| view! { <li>{item(path.as_str(), text.as_str())}</li> })
        .collect();
    view! { <ul class="outcome-part">{items}</ul> }.into_any()
}

fn compare(rows: Vec<Row>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let differs = row.differs.then(|| view! { <span class="differs">"differs"</span> });
            view! {
                <tr role="row" data-differs=row.differs.then_some("")>
                    <th role="rowheader" scope="row">{row.field}{differs}</th>
                    <td role="cell" data-label="Before you pressed">{row.before}</td>
                    <td role="cell" data-label="What you tried">{row.tried.unwrap_or_else(|| "—".to_owned())}</td>
                    <td role="cell" data-label="What is true now">{row.now}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Before, tried, and true now">
            <table class="table compare" role="table">
                <caption class="vh">"The order before your attempt, what you tried, and the order now"</caption>
                <thead role="rowgroup"><tr role="row"><td role="cell"></td><th role="columnheader" scope="col">"Before you pressed"</th><th role="columnheader" scope="col">"What you tried"</th><th role="columnheader" scope="col">"What is true now"</th></tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn icon(word: &str) -> &'static str {
    match word {
        "done" => "check",
        "done-by-other" => "user",
        "pending" => "clock",
        "not-done" => "info",
        "refused" => "lock",
        _ => "alert",
    }
}
