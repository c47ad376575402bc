//! Submitting the appraisal to the agencies: UCDP for conventional loans, EAD for FHA loans. Received is not success: a
//! submission is watched until its result is there.

use leptos::prelude::*;

use crate::console::FailureNote;
use crate::order::OrderState;
use crate::records::record_list;
use crate::ui::Skeleton;
use crate::ui::live::{effect, live, when};

mod findings;
mod overrides;
mod submissions;
mod submit;
mod watch;

pub use findings::hard_stops;
use findings::{correction, finding, is_open, load_findings};
pub use overrides::override_findings;
pub use submissions::load;
use submissions::{newest, row};
pub use submit::submit;
use watch::{Look, WATCH_MS, watch};

pub fn ready(state: OrderState) -> bool {
    let lists = state.lists;
    lists.agency.with(|agency| agency.value.is_some()) && lists.reports.is_settled()
}

pub fn without_report(state: OrderState) -> Option<&'static str> {
    let reports = state.lists.reports;
    let none = reports.with(|list| list.value.as_ref().is_some_and(Vec::is_empty));
    none.then_some("No report version is there to submit.")
}

pub fn without_open_finding(state: OrderState) -> Option<&'static str> {
    let findings = state.lists.agency_findings;
    if findings.with(|list| list.failure.is_some()) {
        Some("The portal's findings could not be read. Read them again below.")
    } else if !findings.is_settled() {
        Some("The portal's findings are still being read.")
    } else if findings.with(|list| !list.value.iter().flatten().any(is_open)) {
        Some("No finding is left that the portal lets be overridden: the report itself must be corrected.")
    } else {
        None
    }
}

pub fn view(state: OrderState) -> AnyView {
    let agency = state.lists.agency;
    // The findings belong to the newest submission, and are read again when it has moved on.
    let shown = Memo::new(move |_| newest(state).map(|submission| (submission.id, submission.status)));
    let before = StoredValue::new(None::<String>);
    effect(move || {
        state.ended.track();
        if let Some((id, _)) = shown.get() {
            if before.with_value(|before| before.as_ref() != Some(&id)) {
                state.lists.agency_findings.clear();
            }
            before.set_value(Some(id.clone()));
            untrack(|| load_findings(state, &id));
        }
    });
    let seen = StoredValue::new(None::<Look>);
    state.console.every(WATCH_MS, move || watch(state, seen));
    let submissions = live(move || {
        let state = agency.value()?;
        Some(if state.submissions.is_empty() {
            let words = if state.required {
                "Nothing was submitted yet. The order cannot be completed without a successful submission."
            } else {
                "Nothing was submitted, and this order can be completed without."
            };
            view! { <p class="muted">{words}</p> }.into_any()
        } else {
            view! { <ul class="records">{state.submissions.iter().map(row).collect_view()}</ul> }.into_any()
        })
    });
    let some = move || {
        agency.with(|agency| {
            agency
                .value
                .as_ref()
                .is_some_and(|agency| !agency.submissions.is_empty())
        })
    };
    let findings = move || {
        record_list(
            state.source(),
            state.lists.agency_findings,
            "Findings",
            "Nothing was found.",
            finding,
        )
    };
    view! {
        <div class="record-list">
            <h3>"Submissions"</h3>
            <FailureNote failure=agency.failure() about=state.about() again=move |()| state.reload()/>
            {when(move || agency.is_awaited(), || view! { <Skeleton lines=2/> })}
            {submissions}
        </div>
        {when(some, findings)}
        {correction(state)}
    }
    .into_any()
}
