//! Submitting the appraisal to the agencies: UCDP for conventional loans, EAD for FHA loans. Received is not success: a
//! submission is watched until its result is there.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::{EntryId, OrderRef};
use omnival_core::operation::{Operation, Term};
use omnival_core::order::records::{AgencyFinding, Submission};
use omnival_core::order::step::is_fha;
use omnival_core::order::{Section, Step};
use omnival_core::recovery::evidence::Goal;
use omnival_wire::Value;
use omnival_wire::records as decode;

use crate::api::endpoint::{self, acts};
use crate::deed::{Ask, Deed, choices, deed_dialog};
use crate::order::OrderState;
use crate::order::facts::spaced;
use crate::order::state::Seen;
use crate::parts::live::{effect, live, when};
use crate::parts::{Icon, Skeleton};
use crate::recovery::FailureNote;
use crate::work::{by_line, list};

mod overrides;
mod watch;

use overrides::override_dialog;
use watch::{Look, WATCH_MS, watch};

const UNIT: Kind = Kind::Text { least: 1, most: 40 };
const NOTE: Kind = Kind::Text { least: 0, most: 500 };

pub fn load(state: OrderState, at: &OrderRef) {
    let fha = state
        .order
        .with_untracked(|order| order.value.as_ref().is_some_and(is_fha));
    state.lists.load_agency(state.console.api, at, fha);
}

pub fn ready(state: OrderState) -> bool {
    let lists = state.lists;
    lists.agency.with(|agency| agency.value.is_some()) && lists.reports.is_settled()
}

fn newest(state: OrderState) -> Option<Submission> {
    state
        .lists
        .agency
        .with(|agency| agency.value.as_ref()?.submissions.first().cloned())
}

fn is_open(finding: &AgencyFinding) -> bool {
    finding.overridable && finding.overridden.is_none()
}

/// What no reason code helps against: the report itself must be corrected.
pub fn hard_stops(state: OrderState) -> Vec<String> {
    let stops =
        |finding: &&AgencyFinding| !finding.overridable && matches!(finding.severity.as_str(), "fatal" | "hardStop");
    let refused = newest(state).is_some_and(|submission| submission.status == "notSuccessful");
    state.lists.agency_findings.with(|findings| {
        let findings = findings.value.iter().flatten().filter(|_| refused).filter(stops);
        findings
            .map(|finding| [&finding.code, ": ", &finding.message].concat())
            .collect()
    })
}

pub fn closed(state: OrderState, step: Step) -> Option<&'static str> {
    let findings = state.lists.agency_findings;
    match step {
        Step::Override if findings.with(|list| list.failure.is_some()) => {
            Some("The portal's findings could not be read. Read them again below.")
        }
        Step::Override if !findings.is_settled() => Some("The portal's findings are still being read."),
        Step::SubmitToAgency if is_empty(state) => Some("No report version is there to submit."),
        Step::Override if findings.with(|list| !list.value.iter().flatten().any(is_open)) => {
            Some("No finding is left that the portal lets be overridden: the report itself must be corrected.")
        }
        _ => None,
    }
}

fn is_empty(state: OrderState) -> bool {
    let reports = state.lists.reports;
    reports.with(|list| list.value.as_ref().is_some_and(Vec::is_empty))
}

fn is_on_its_way(submission: &Submission) -> bool {
    matches!(
        submission.status.as_str(),
        "received" | "inProgress" | "overrideRequested" | "submitting"
    )
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
        list(
            state,
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

/// The way on from a hard stop.
fn correction(state: OrderState) -> AnyView {
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

fn load_findings(state: OrderState, submission: &str) {
    let portal = state
        .lists
        .agency
        .with_untracked(|agency| agency.value.as_ref().map(|agency| agency.portal.clone()));
    if let (Some(at), Some(portal)) = (state.order.value_untracked().map(|order| order.at), portal) {
        let call = endpoint::agency_findings(&at, &portal, submission);
        state
            .lists
            .agency_findings
            .load(state.console.api, call, decode::agency_findings);
    }
}

fn row(submission: &Submission) -> AnyView {
    let files = submission.files.iter().map(|file| {
        let id = file.document_file_id.as_ref().map(|id| [", Doc File ID ", id].concat());
        view! { <span class="sub num">{agency_name(&file.gse)}": "{spaced(&file.status)}{id}</span> }
    });
    let waits = is_on_its_way(submission).then_some(" (the result comes later; this page watches for it)");
    view! {
        <li>
            <b>{spaced(&submission.status)}</b><span class="muted">{waits}</span>
            <span class="sub num">"Appraisal "{submission.appraisal_number}", submitted by "{by_line(submission.submitted_by.as_ref(), submission.submitted_at)}</span>
            {files.collect_view()}
        </li>
    }
    .into_any()
}

fn agency_name(word: &str) -> String {
    match word {
        "fannieMae" => "Fannie Mae".to_owned(),
        "freddieMac" => "Freddie Mac".to_owned(),
        other => spaced(other),
    }
}

fn finding(finding: &AgencyFinding) -> AnyView {
    let end = match (&finding.overridden, finding.overridable) {
        (Some(one), _) => [
            "overridden with ",
            &one.reason_code,
            " by ",
            &by_line(one.by.as_ref(), one.at),
        ]
        .concat(),
        (None, true) => "can be overridden with a reason code".to_owned(),
        (None, false) if matches!(finding.severity.as_str(), "fatal" | "hardStop") => {
            "cannot be overridden: correct the report".to_owned()
        }
        (None, false) => "for information".to_owned(),
    };
    view! {
        <li data-severity=finding.severity.clone()>
            <b>{spaced(&finding.severity)}" "{finding.code.clone()}</b>" "{finding.message.clone()}
            <span class="sub">{agency_name(&finding.gse)}", "{end}</span>
        </li>
    }
    .into_any()
}

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| {
        let submissions = state
            .lists
            .agency
            .value_untracked()
            .map(|agency| agency.submissions)
            .unwrap_or_default();
        match step {
            Step::Override => {
                let held = submissions
                    .iter()
                    .flat_map(|one| one.as_overrides().map(|entry| entry.id).collect::<Vec<_>>());
                let seen = seen.beside(held.collect::<Vec<_>>());
                override_dialog(state, seen, submissions.first())
            }
            _ => {
                let seen = seen.beside(submissions.iter().map(|one| EntryId::new(&one.id)));
                submit(state, seen, submissions.first())
            }
        }
    });
}

fn submit(state: OrderState, seen: Seen, last: Option<&Submission>) -> AnyView {
    let fha = is_fha(&seen.order);
    let report = state
        .lists
        .reports
        .value_untracked()
        .and_then(|all| all.into_iter().next());
    // A corrected appraisal goes under the file that the first submission was given.
    let file = last.and_then(|last| last.files.iter().find_map(|file| file.document_file_id.clone()));
    let number = last.map_or(1, |last| last.appraisal_number).clamp(1, 3);
    let note = Ask::new("note", "Note", NOTE).optional();
    let asks = if fha {
        vec![
            Ask::new("fhaCaseNumber", "FHA case number", Kind::FhaCase).hint("For example 123-4567890."),
            note,
        ]
    } else {
        let numbers = choices(&[("1", "Appraisal 1"), ("2", "Appraisal 2"), ("3", "Appraisal 3")]);
        vec![
            Ask::new("businessUnit", "Business unit", UNIT).hint("The seller/servicer number that submits."),
            Ask::one_of("appraisalNumber", "Which appraisal of this loan", numbers)
                .given(number.to_string())
                .hint("Submitting under a number that is taken replaces that appraisal."),
            Ask::one_of(
                "gses",
                "To",
                choices(&[
                    ("both", "Fannie Mae and Freddie Mac"),
                    ("fannieMae", "Fannie Mae"),
                    ("freddieMac", "Freddie Mac"),
                ]),
            ),
            note,
        ]
    };
    let portal = if fha { "EAD" } else { "UCDP" };
    let mut consequences = vec![
        [
            portal,
            " receives the appraisal. Received is not success: the result comes in minutes.",
        ]
        .concat(),
    ];
    match &file {
        Some(file) => consequences.push(["It goes under the same Doc File ID: ", file, "."].concat()),
        None => {
            consequences.push("A Doc File ID is given with the first submission, and stays with the loan.".to_owned())
        }
    }
    let deed = Deed {
        asks,
        consequences,
        ..Deed::new(
            Step::SubmitToAgency,
            ["Submit to ", portal, ": ", &seen.order.title()].concat(),
            "Submit",
        )
    };
    deed_dialog(state, seen, deed, move |typed, seen| {
        let Some(report) = &report else { return };
        let fence = seen.fence(state.console);
        let goal = Goal::Act {
            operation: if fha {
                Operation::SubmitToEad
            } else {
                Operation::SubmitToUcdp
            },
            terms: vec![(Term::Report, report.id.clone())],
        };
        let id = ("reportId", Value::Text(report.id.clone()));
        let note = ("note", typed.or_null("note"));
        let call = if fha {
            acts::submit_to_ead(
                &seen.order.at,
                vec![id, ("fhaCaseNumber", typed.value("fhaCaseNumber")), note],
                fence,
            )
        } else {
            let gses = match typed.text("gses") {
                "both" => vec!["fannieMae", "freddieMac"],
                one => vec![one],
            };
            let gses = gses.into_iter().map(|gse| Value::Text(gse.to_owned())).collect();
            let body = vec![
                id,
                ("businessUnit", typed.value("businessUnit")),
                (
                    "appraisalNumber",
                    Value::Number(typed.text("appraisalNumber").parse().ok()),
                ),
                ("gses", Value::List(gses)),
                ("documentFileId", file.clone().map_or(Value::Null, Value::Text)),
                note,
            ];
            acts::submit_to_ucdp(&seen.order.at, body, fence)
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}
