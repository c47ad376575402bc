//! The attempt on this order: on its way, being verified, or how it ended.

use leptos::prelude::*;
use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::Stage;

use super::OrderState;
use crate::attempts::verifying;
use crate::ui::live::live;

mod outcome;
mod tried;
mod upload_progress;

use outcome::outcome;
pub use tried::tried;
use upload_progress::upload_progress;

/// What of an attempt is shown.
#[derive(Clone, PartialEq)]
enum Panel {
    Nothing,
    Sending(IntentId),
    Verifying(IntentId),
    Ended(IntentId),
}

pub fn attempt_panel(state: OrderState) -> AnyView {
    // Ticks of the clock inside a stage do not rebuild the panel.
    let panel = Memo::new(move |_| {
        let Some(tracked) = state.attempt() else {
            return Panel::Nothing;
        };
        let id = tracked.attempt.intent.id.clone();
        match tracked.attempt.stage() {
            Stage::Preparing | Stage::Recording { .. } => Panel::Nothing,
            Stage::Sending => Panel::Sending(id),
            Stage::Verifying(_) => Panel::Verifying(id),
            Stage::Concluded(_) if tracked.ended_well() => Panel::Nothing,
            Stage::Concluded(_) => Panel::Ended(id),
        }
    });
    live(move || match panel.get() {
        Panel::Nothing => ().into_any(),
        Panel::Sending(id) => upload_progress(state.attempts, id),
        Panel::Verifying(id) => verifying(state.attempts, id),
        Panel::Ended(id) => {
            let tracked = untrack(|| state.attempts.get(&id));
            tracked.map(|tracked| outcome(state, &tracked)).into_any()
        }
    })
    .into_any()
}
