//! The order's screen.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use omnival_core::ids::IntentId;
use omnival_core::order::Action;
use omnival_core::recovery::attempt::Stage;
use omnival_core::recovery::evidence::{How, Verdict};

use super::actions::Actions;
use super::confirm::{ActivateDialog, DeleteDialog};
use super::facts::Facts;
use super::header::Header;
use super::rail::Rail;
use super::reason::ReasonDialog;
use super::state::OrderState;
use super::timeline::HistoryCard;
use crate::assignment::AssignDialog;
use crate::console::client_in_address;
use crate::draft::mirror;
use crate::parts::Skeleton;
use crate::platform::page;
use crate::recovery::outcome::Outcome;
use crate::recovery::verifying::Verifying;
use crate::recovery::{About, FailureNote};

const STALE_MS: u64 = 5_000;
const BEAT_MS: u32 = 30_000;

#[component]
pub fn OrderPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("order")).unwrap_or_default());
    let state = OrderState::new(client_in_address(params), id);
    Effect::new(move |_| {
        state.client.track();
        id.track();
        state.clear();
        state.load();
    });
    keep_fresh(state);
    follow_attempt(state);
    let title = Memo::new(move |_| {
        state.order.with(|order| {
            order
                .value
                .as_ref()
                .map_or_else(|| "Order".to_owned(), |order| order.title())
        })
    });
    Effect::new(move |_| page::set_title(&title.get()));

    let there = Memo::new(move |_| state.order.with(|order| order.value.is_some()));
    let about = Signal::derive(move || About {
        client: Some(state.client.get().as_str().to_owned()),
        order: Some(id.get()),
    });
    view! {
        <article class="order" aria-busy=move || if there.get() { "false" } else { "true" }>
            <FailureNote failure=state.order.failure() about again=move |()| state.load()/>
            <Show when=move || there.get() fallback=|| view! { <Skeleton lines=12/> }>
                <Header state/>
                <Rail state/>
                <AttemptPanel state/>
                <Actions state/>
                <div class="order-body">
                    <Facts state/>
                    <HistoryCard state/>
                </div>
            </Show>
        </article>
        {move || state.dialog.get().and_then(|action| dialog(state, action))}
    }
}

fn dialog(state: OrderState, action: Action) -> Option<AnyView> {
    let seen = untrack(|| state.seen())?;
    Some(match action {
        Action::Edit => return None,
        Action::Activate => view! { <ActivateDialog state seen/> }.into_any(),
        Action::Assign => view! { <AssignDialog state seen/> }.into_any(),
        Action::Hold | Action::Reactivate | Action::Cancel => view! { <ReasonDialog state seen action/> }.into_any(),
        Action::Delete => view! { <DeleteDialog state seen/> }.into_any(),
    })
}

fn keep_fresh(state: OrderState) {
    let refresh = move |older_than| {
        let lapsed = state.console.keeper.is_lapsed_now();
        if !lapsed && state.order.is_older_than(older_than) {
            state.load();
        }
    };
    state.console.on_return(move || refresh(STALE_MS));
    state.console.every(BEAT_MS, move || refresh(u64::from(BEAT_MS) / 2));
}

/// Follows the attempt on this order to its end, and brings the page up to date with it, once.
fn follow_attempt(state: OrderState) {
    let absorbed = StoredValue::new(None::<IntentId>);
    let done = move |tracked: &crate::recovery::attempts::Tracked| matches!(tracked.attempt.stage(), Stage::Concluded(end) if end.verdict == Verdict::Done(How::Answered));
    Effect::new(move |_| {
        let Some(tracked) = state.attempt().filter(|tracked| !tracked.is_open()) else {
            return;
        };
        let id = tracked.attempt.intent.id.clone();
        if absorbed.get_value().as_ref() == Some(&id) {
            return;
        }
        absorbed.set_value(Some(id.clone()));
        untrack(|| state.absorb(&tracked));
        if let (Some(end), Some(at)) = (tracked.attempt.conclusion(), &tracked.attempt.intent.at)
            && matches!(end.verdict, Verdict::Done(_) | Verdict::Pending(_))
        {
            // The reason arrived with it: it need not be kept any longer.
            mirror::forget_order(at);
        }
        if done(&tracked) {
            if let Some(end) = tracked.attempt.conclusion() {
                state
                    .console
                    .toaster
                    .done(omnival_core::message::conclusion(&tracked.attempt.intent, end).happened);
            }
            state.console.attempts.dismiss(&id);
        }
    });
}

/// The attempt as it stands: being verified, or how it ended.
#[component]
fn AttemptPanel(state: OrderState) -> impl IntoView {
    let attempt = Memo::new(move |_| state.attempt());
    // Ticks of the clock inside a stage do not rebuild the panel.
    let stage = Memo::new(move |_| {
        attempt.with(|tracked| {
            let tracked = tracked.as_ref()?;
            let id = tracked.attempt.intent.id.clone();
            match tracked.attempt.stage() {
                Stage::Sending => None,
                Stage::Verifying(_) => Some((id, true)),
                Stage::Concluded(end) => (end.verdict != Verdict::Done(How::Answered)).then_some((id, false)),
            }
        })
    });
    move || {
        let (id, verifying) = stage.get()?;
        Some(if verifying {
            view! { <Verifying attempts=state.console.attempts id/> }.into_any()
        } else {
            let tracked = untrack(|| state.console.attempts.get(&id))?;
            view! { <Outcome state tracked/> }.into_any()
        })
    }
}
