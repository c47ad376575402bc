//! A doubtful answer being checked: what was sent and when, what came back, what is being read, and until when.

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{Stage, Verifying as State};
use omnival_core::recovery::outcome::{Loss, Reply};

use super::Attempts;
use crate::console::Console;
use crate::console::support::{self, support_details};
use crate::platform::intl::{self, Style};
use crate::records::history_row;
use crate::ui::Icon;
use crate::ui::live::{live, text};

pub fn verifying(attempts: Attempts, id: IntentId) -> AnyView {
    let console = Console::get();
    let Some(first) = untrack(|| attempts.get(&id)) else {
        return ().into_any();
    };
    let id = StoredValue::new(id);
    let state = move || {
        let tracked = id.with_value(|id| attempts.get(id))?;
        match tracked.attempt.stage() {
            Stage::Verifying(state) => Some(state.clone()),
            Stage::Preparing | Stage::Recording { .. } | Stage::Sending | Stage::Concluded(_) => None,
        }
    };
    let intent = first.attempt.intent.clone();
    let doing = intent.goal.operation().doing();
    let sent = ["Sent at ", &intl::at(intent.pressed_at, Style::Seconds), ": ", doing].concat();
    let came = untrack(state).map(|state| came(&state)).unwrap_or_default();
    let reads = text(move || {
        let tracked = id.with_value(|id| attempts.get(id));
        tracked
            .map(|tracked| tracked.attempt.reads().to_string())
            .unwrap_or_default()
    });
    let began = console.now.get_untracked();
    let window = untrack(state).map_or(1, |state| began.until(state.settles_at).max(1));
    let countdown = live(move || {
        let state = state().filter(|state| !state.was_refused())?;
        Some(settle(window, console.now.get().until(state.settles_at)))
    });
    // What is known already, while certainty is awaited.
    let baseline = intent.baseline.clone();
    let news = live(move || {
        let state = state()?;
        let entries: Vec<_> = state.last.as_ref()?.news(&baseline).map(history_row).collect();
        (!entries.is_empty()).then(|| view! { <section class="outcome-part"><h3>"Meanwhile on this order"</h3><ol class="timeline">{entries}</ol></section> })
    });
    view! {
        <section class="outcome verifying" aria-busy="true" aria-labelledby="v-h" data-operation=intent.goal.operation().api_name()>
            <header class="outcome-head">
                <Icon name="clock"/>
                <div>
                    <h2 id="v-h">"Checking what became of "{doing}</h2>
                    <p class="next"><b>"Next: "</b>"Wait, or do something else: this is followed to its end. It is not sent again."</p>
                </div>
            </header>
            <ol class="steps">
                <li data-state="done"><Icon name="check"/>{sent}</li>
                <li data-state="done"><Icon name="info"/>{came}</li>
                <li data-state="now"><Icon name="refresh"/>"Reading order and history again, time " <span class="num">{reads}</span></li>
            </ol>
            {countdown}
            {news}
            {support_details(support::text(support::of_attempt(&first, attempts.earlier(&intent))))}
        </section>
    }
    .into_any()
}

/// How much of the settle window is over.
fn settle(window: u64, left: u64) -> AnyView {
    let words = match left.div_ceil(1000) {
        0 => "Reading once more, to be certain".to_owned(),
        seconds => [
            "Another ",
            &seconds.to_string(),
            " s at the most until “not carried out” would be certain",
        ]
        .concat(),
    };
    let passed = window.saturating_sub(left).to_string();
    view! { <div class="settle"><progress max=window.to_string() value=passed aria-label="Settle window"></progress><p class="num">{words}</p></div> }
        .into_any()
}

/// What came back, in words.
fn came(state: &State) -> String {
    match &state.reply {
        Reply::Answered(answer) => match answer.status {
            401 => "The platform refused it, because the session had expired".to_owned(),
            409 => "The platform reported a conflict: the order has moved".to_owned(),
            status => [
                "The platform answered with an error of its own (",
                &status.to_string(),
                ")",
            ]
            .concat(),
        },
        Reply::Lost(Loss::Timeout) => "No answer came in time".to_owned(),
        Reply::Lost(Loss::Network) => "The connection broke before an answer came".to_owned(),
        Reply::Lost(Loss::Interrupted) => "The page was closed before an answer came".to_owned(),
        Reply::Lost(Loss::Cancelled) => "You called it back before an answer came".to_owned(),
        Reply::NotSent(_) => "Nothing was sent".to_owned(),
    }
}
