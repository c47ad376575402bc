//! What was submitted to a portal, and how each submission stands.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::order::records::Submission;
use omnival_core::order::step::is_fha;
use omnival_core::words::Gse;

use crate::order::OrderState;
use crate::records::{by_line, humanize};

pub fn load(state: OrderState, at: &OrderRef) {
    let fha = state
        .order
        .with_untracked(|order| order.value.as_ref().is_some_and(is_fha));
    state.lists.load_agency(state.console.api, at, fha);
}

pub(super) fn newest(state: OrderState) -> Option<Submission> {
    state
        .lists
        .agency
        .with(|agency| agency.value.as_ref()?.submissions.first().cloned())
}

pub(super) fn row(submission: &Submission) -> AnyView {
    let files = submission.files.iter().map(|file| {
        let id = file.document_file_id.as_ref().map(|id| [", Doc File ID ", id].concat());
        view! { <span class="sub num">{agency_name(&file.gse)}": "{humanize(file.status.as_str())}{id}</span> }
    });
    let waits = submission
        .status
        .is_on_its_way()
        .then_some(" (the result comes later; this page watches for it)");
    view! {
        <li>
            <b>{humanize(submission.status.as_str())}</b><span class="muted">{waits}</span>
            <span class="sub num">"Appraisal "{submission.appraisal_number}", submitted by "{by_line(submission.submitted_by.as_ref(), submission.submitted_at)}</span>
            {files.collect_view()}
        </li>
    }
    .into_any()
}

pub(super) fn agency_name(gse: &Gse) -> String {
    match gse {
        Gse::FannieMae => "Fannie Mae".to_owned(),
        Gse::FreddieMac => "Freddie Mac".to_owned(),
        Gse::Fha | Gse::Other(_) => humanize(gse.as_str()),
    }
}
