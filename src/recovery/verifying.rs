//! A doubtful answer being checked: what was sent and when, what came back, what is being read, and until when.

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{Stage, Verifying as State};
use omnival_core::recovery::outcome::{Loss, Reply};

use super::Attempts;
use super::bundle::{self, SupportDetails};
use crate::console::Console;
use crate::order::timeline;
use crate::parts::Icon;
use crate::platform::intl::{self, Style};

#[component]
pub fn Verifying(attempts: Attempts, id: IntentId) -> impl IntoView {
    let console = Console::get();
    let id = StoredValue::new(id);
    let tracked = Memo::new(move |_| id.with_value(|id| attempts.get(id)));
    let state = move || {
        tracked.with(|tracked| match tracked.as_ref()?.attempt.stage() {
            Stage::Verifying(state) => Some(state.clone()),
            Stage::Sending | Stage::Concluded(_) => None,
        })
    };
    let Some(first) = untrack(|| tracked.get()) else {
        return ().into_any();
    };
    let intent = first.attempt.intent.clone();
    let began = console.now.get_untracked();
    let window = untrack(state).map_or(1, |state| began.until(state.settles_at).max(1));
    let left = Memo::new(move |_| {
        let now = console.now.get();
        state()
            .filter(|state| !state.was_refused())
            .map(|state| now.until(state.settles_at))
    });
    let seconds = move || left.get().map(|ms| ms.div_ceil(1000));
    let sent = [
        "Sent at ",
        &intl::at(intent.pressed_at, Style::Seconds),
        ": ",
        intent.goal.operation().doing(),
    ]
    .concat();
    let reads = move || state().map(|state| state.reads).unwrap_or_default();
    // What is known already, while certainty is awaited.
    let baseline = intent.baseline.clone();
    let news = move || {
        let state = state()?;
        let entries: Vec<_> = state.last.as_ref()?.news(&baseline).map(timeline::row).collect();
        (!entries.is_empty()).then(|| view! { <section class="outcome-part"><h3>"Meanwhile on this order"</h3><ol class="timeline">{entries}</ol></section> })
    };
    let heading = ["Checking what became of ", intent.goal.operation().doing()].concat();
    let came = untrack(state).map(|state| came(&state)).unwrap_or_default();
    view! {
        <section class="outcome verifying" aria-busy="true" aria-labelledby="v-h" data-operation=intent.goal.operation().api_name()>
            <header class="outcome-head">
                <Icon name="clock"/>
                <div>
                    <h2 id="v-h">{heading}</h2>
                    <p class="next"><b>"Next: "</b>"Wait, or do something else: this is followed to its end. It is not sent again."</p>
                </div>
            </header>
            <ol class="steps">
                <li data-state="done"><Icon name="check"/>{sent}</li>
                <li data-state="done"><Icon name="info"/>{came}</li>
                <li data-state="now"><Icon name="refresh"/>"Order and history are read again (" <span class="num">{reads}</span> ")"</li>
            </ol>
            {move || seconds().map(|seconds| {
                let words = if seconds > 0 {
                    ["Another ", &seconds.to_string(), " s at the most until “not carried out” would be certain"].concat()
                } else {
                    "Reading once more, to be certain".to_owned()
                };
                let passed = window.saturating_sub(left.get().unwrap_or_default());
                view! { <div class="settle"><progress max=window.to_string() value=passed.to_string() aria-label="Settle window"></progress><p class="num">{words}</p></div> }
            })}
            {news}
            <SupportDetails bundle=bundle::of_attempt(&first, attempts.earlier(&intent))/>
        </section>
    }
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
        Reply::NotSent(_) => "Nothing was sent".to_owned(),
    }
}
