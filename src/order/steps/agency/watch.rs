//! Watching for a result: received is not success, and the order may know of it later than the list of submissions.

use leptos::prelude::*;
use omnival_core::words::AgencyStatus;

use super::submissions::{load, newest};
use crate::order::OrderState;

/// How often a submission that is on its way is looked at.
pub(super) const WATCH_MS: u32 = 3_000;

/// How the submission stands, and which version of the order says so.
#[derive(Clone, PartialEq)]
pub(super) struct Look {
    submission: AgencyStatus,
    order: Option<AgencyStatus>,
    version: Option<u64>,
}

/// Is a result awaited, or does the order not know of it yet? A platform whose order says it in other words is asked
/// once only for each of its words.
pub(super) fn watch(state: OrderState, seen: StoredValue<Option<Look>>) {
    let idle = state.order.is_older_than(WATCH_MS.into()) && state.lists.agency.is_older_than(WATCH_MS.into());
    let Some(newest) = untrack(|| newest(state)).filter(|_| idle && state.may_watch()) else {
        return;
    };
    let look = state.order.with_untracked(|order| {
        let order = order.value.as_ref()?;
        Some(Look {
            submission: newest.status.clone(),
            order: order.agency.as_ref().map(|agency| agency.status.clone()),
            version: order.version,
        })
    });
    let differs = look
        .as_ref()
        .is_some_and(|look| look.order.as_ref() != Some(&look.submission));
    let is_new = seen.with_value(|seen| *seen != look);
    if newest.status.is_on_its_way() || differs && is_new {
        seen.set_value(look);
        state.load();
        if let Some(at) = state.order.value_untracked().map(|order| order.at) {
            load(state, &at);
        }
    }
}
