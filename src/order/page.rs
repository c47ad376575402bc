//! The order's screen.

use leptos::prelude::*;
use omnival_core::ids::{ClientId, IntentId};
use omnival_core::order::Step;
use omnival_core::recovery::evidence::Verdict;

use super::actions::actions;
use super::attempt_panel::{attempt_panel, tried};
use super::completion::completion;
use super::facts::facts;
use super::header::header;
use super::progress::progress;
use super::sections::sections;
use super::state::OrderState;
use super::status_map::status_map;
use super::steps::assign::assign_dialog;
use super::steps::lifecycle::{activate_dialog, delete_dialog, reason_dialog};
use super::timeline::history_card;
use crate::attempts::elsewhere;
use crate::console::{FailureNote, local_drafts};
use crate::platform::{clock, page};
use crate::ui::Skeleton;
use crate::ui::live::{attr, effect, live, steady};

const STALE_MS: u64 = 5_000;
const BEAT_MS: u32 = 30_000;

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
    let dialog = live(move || state.dialog.get().and_then(|action| dialog(state, action)));
    let asking = live(move || {
        let make = state.asking.get()?;
        untrack(|| state.seen()).map(|seen| make(seen))
    });
    view! {
        <article class="order" aria-busy=attr(move || Some((!there.get()).to_string()))>
            <FailureNote failure=state.order.failure() about=state.about() again=move |()| state.load()/>
            {content}
        </article>
        {dialog}
        {asking}
    }
}

fn dialog(state: OrderState, action: Step) -> Option<AnyView> {
    let seen = untrack(|| state.seen())?;
    Some(match action {
        Step::Edit => return None,
        Step::Activate => activate_dialog(state, seen),
        Step::Assign => assign_dialog(state, seen),
        Step::Hold | Step::Reactivate | Step::Cancel => reason_dialog(state, seen, action),
        Step::Delete => delete_dialog(state, seen),
        // Taken in a section, which opens its own.
        Step::Accept
        | Step::Counter
        | Step::Decline
        | Step::AcceptConditions
        | Step::CounterConditions
        | Step::BeginWork
        | Step::Schedule
        | Step::Inspected
        | Step::SubmitReport
        | Step::RunCrossCheck
        | Step::AcceptReport
        | Step::RequestRevision
        | Step::RequestClientRevision
        | Step::SubmitRov
        | Step::DecideRov
        | Step::SendToBorrower
        | Step::SendReport
        | Step::SubmitToAgency
        | Step::Override
        | Step::CreateInvoice
        | Step::Collect
        | Step::SendPaymentLink
        | Step::RecordPayment
        | Step::MarkPaid
        | Step::Refund
        | Step::Update
        | Step::Comment
        | Step::AddDocument => return None,
    })
}

fn keep_fresh(state: OrderState) {
    let refresh = move |older_than| {
        if !state.console.session.is_lapsed_now() && state.order.is_older_than(older_than) {
            state.load();
        }
    };
    state.console.on_return(move || refresh(STALE_MS));
    state.console.every(BEAT_MS, move || refresh(u64::from(BEAT_MS) / 2));
}

/// Follows the attempt on this order to its end, and brings the page up to date with it, once.
fn follow_attempt(state: OrderState) {
    let absorbed = StoredValue::new(None::<IntentId>);
    effect(move || {
        let Some(tracked) = state.attempt() else { return };
        let Some(end) = tracked.attempt.conclusion() else {
            // Open, perhaps again: its next end is to be taken up too.
            absorbed.set_value(None);
            return;
        };
        let intent = &tracked.attempt.intent;
        if absorbed.with_value(|absorbed| absorbed.as_ref() == Some(&intent.id)) {
            return;
        }
        absorbed.set_value(Some(intent.id.clone()));
        untrack(|| state.absorb(&tracked));
        if let (Verdict::Done(_) | Verdict::Pending(_), Some(at)) = (&end.verdict, &intent.at) {
            // What was typed and chosen arrived with it: it need not be kept any longer.
            local_drafts::forget_order(at);
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
    let was = StoredValue::new(false);
    effect(move || {
        let is = state.elsewhere.with(Option::is_some);
        if was.with_value(|was| *was) && !is {
            state.outdated.set(Some(clock::now()));
            state.load();
        }
        was.set_value(is);
    });
}
