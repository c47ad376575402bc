//! What a portal found in the newest submission, what of it may be overridden, and what only a corrected report helps
//! against.

use leptos::prelude::*;
use omnival_core::order::Section;
use omnival_core::order::records::AgencyFinding;
use omnival_core::words::{AgencyStatus, Severity};
use omnival_headless::endpoint;
use omnival_wire::records as decode;

use super::submissions::{agency_name, newest};
use crate::order::OrderState;
use crate::records::{by_line, humanize};
use crate::ui::Icon;
use crate::ui::live::live;

pub(super) fn is_open(finding: &AgencyFinding) -> bool {
    finding.overridable && finding.overridden.is_none()
}

/// What no reason code helps against: the report itself must be corrected.
pub fn hard_stops(state: OrderState) -> Vec<String> {
    let stops = |finding: &&AgencyFinding| {
        !finding.overridable && matches!(finding.severity, Severity::Fatal | Severity::HardStop)
    };
    let refused = newest(state).is_some_and(|submission| submission.status == AgencyStatus::NotSuccessful);
    state.lists.agency_findings.with(|findings| {
        let findings = findings.value.iter().flatten().filter(|_| refused).filter(stops);
        findings
            .map(|finding| [&finding.code, ": ", &finding.message].concat())
            .collect()
    })
}

/// The way on from a hard stop.
pub(super) fn correction(state: OrderState) -> AnyView {
    live(move || {
        (!hard_stops(state).is_empty()).then(|| {
            view! {
                <div class="note" data-tone="warn"><Icon name="alert"/>
                    <p>"A hard stop needs a corrected report. The revision request is prefilled with what the agency found: choose “Client revision…” there."</p>
                    <div class="row"><button class="btn small" type="button" on:click=move |_| state.go_to(Section::Report)>"Go to the revision request"</button></div>
                </div>
            }
        })
    })
    .into_any()
}

pub(super) fn load_findings(state: OrderState, submission: &str) {
    let portal = state
        .lists
        .agency
        .with_untracked(|agency| agency.value.as_ref().map(|agency| agency.portal.clone()));
    if let (Some(at), Some(portal)) = (state.order.value_untracked().map(|order| order.at), portal) {
        let call = endpoint::agency_findings(&at, portal.as_str(), submission);
        state
            .lists
            .agency_findings
            .load(state.console.api, call, decode::agency_findings);
    }
}

pub(super) fn finding(finding: &AgencyFinding) -> AnyView {
    let end = match (&finding.overridden, finding.overridable) {
        (Some(one), _) => [
            "overridden with ",
            &one.reason_code,
            " by ",
            &by_line(one.by.as_ref(), one.at),
        ]
        .concat(),
        (None, true) => "can be overridden with a reason code".to_owned(),
        (None, false) if matches!(finding.severity, Severity::Fatal | Severity::HardStop) => {
            "cannot be overridden: correct the report".to_owned()
        }
        (None, false) => "for information".to_owned(),
    };
    view! {
        <li data-severity=finding.severity.as_str().to_owned()>
            <b>{humanize(finding.severity.as_str())}" "{finding.code.clone()}</b>" "{finding.message.clone()}
            <span class="sub">{agency_name(&finding.gse)}", "{end}</span>
        </li>
    }
    .into_any()
}
