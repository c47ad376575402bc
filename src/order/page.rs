//! The order's screen.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::order::Order;
use omnival_core::time::Mono;
use omnival_headless::desk::{self, FollowAttempt};
use omnival_headless::reads::Loaded;

use super::actions::actions;
use super::attempt_panel::{attempt_panel, tried};
use super::completion::completion;
use super::facts::facts;
use super::header::header;
use super::progress::progress;
use super::sections::sections;
use super::state::OrderState;
use super::status_map::status_map;
use super::steps;
use super::timeline::history_card;
use crate::attempts::elsewhere;
use crate::console::{FailureNote, KEPT};
use crate::platform::{clock, page};
use crate::ui::Skeleton;
use crate::ui::live::{attr, effect, live, steady};

#[component]
pub fn OrderPage(client: ClientId, id: String) -> impl IntoView {
    let state = OrderState::new(client, id);
    state.load();
    keep_fresh(state);
    follow_attempt(state);
    follow_elsewhere(state);
    effect(move || {
        let title = state
            .order
            .with(|order| order.value.as_ref().map(|order| order.title()));
        page::set_title(title.as_deref().unwrap_or("Order"));
    });

    let there = steady(move || state.order.with(|order| order.value.is_some()));
    let content = live(move || {
        if !there.get() {
            return view! { <Skeleton lines=12/> }.into_any();
        }
        view! {
            {header(state)}
            {progress(state)}
            {status_map(state)}
            {attempt_panel(state)}
            {elsewhere(state.attempts, state.elsewhere)}
            {actions(state)}
            <div class="order-body"><div class="stack">{sections(state)}{facts(state)}</div><div class="stack">{completion(state)}{history_card(state)}{tried(state)}</div></div>
        }
        .into_any()
    });
    let dialog = live(move || {
        let step = state.asking.get()?;
        untrack(|| steps::dialog(state, step, state.seen(step)?))
    });
    view! {
        <article class="order" aria-busy=attr(move || Some((!there.get()).to_string()))>
            <FailureNote failure=state.order.failure() about=state.about() again=move |()| state.load()/>
            {content}
        </article>
        {dialog}
    }
}

fn keep_fresh(state: OrderState) {
    let refresh = move |rule: fn(&Loaded<Order>, bool, Mono) -> bool| {
        let has_lapsed = state.console.session.is_lapsed_now();
        if state.order.is_due(|order, now| rule(order, has_lapsed, now)) {
            state.load();
        }
    };
    state.console.on_return(move || refresh(desk::is_due_on_return));
    state
        .console
        .every(desk::BEAT_MS, move || refresh(desk::is_due_on_beat));
}

/// Follows the attempt on this order to its end, and brings the page up to date with it, once.
fn follow_attempt(state: OrderState) {
    let mut follow = FollowAttempt::default();
    effect(move || {
        let Some(tracked) = state.attempt() else { return };
        let intent = &tracked.attempt.intent;
        let conclusion = tracked.attempt.conclusion();
        let is_news = follow.stands(&intent.id, conclusion.is_some());
        let Some(end) = conclusion.filter(|_| is_news) else {
            return;
        };
        untrack(|| state.absorb(&tracked));
        if let (true, Some(at)) = (desk::has_arrived(&end.verdict), &intent.at) {
            // What was typed and chosen arrived with it: it need not be kept any longer.
            KEPT.forget_own(&intent.user, &at.order);
            state.chosen.set_value(Vec::new());
        }
        if let Some(message) = tracked.message().filter(|_| tracked.ended_well()) {
            if state.attempts.saw(&intent.id) {
                state.console.toaster.done(message.happened);
            }
            state.attempts.dismiss(&intent.id);
        } else {
            state.attempts.stands(&intent.id);
        }
    });
}

/// What another tab tried has ended: what this page shows is older than that, whatever it was.
fn follow_elsewhere(state: OrderState) {
    effect(move || {
        let is_there = state.elsewhere.with(Option::is_some);
        let has_ended = state.elsewhere_ends.try_maybe_update(|follow| {
            let has_ended = follow.stands(is_there, clock::now());
            (has_ended, has_ended)
        });
        if has_ended == Some(true) {
            state.load();
        }
    });
}
