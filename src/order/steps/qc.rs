//! The report's versions, and QC beside them: checklist, CrossCheck, findings, revisions, reconsiderations of value.

use leptos::prelude::*;
use omnival_core::ids::{EntryId, OrderRef};
use omnival_core::operation::{Operation, Term};
use omnival_core::order::Step;
use omnival_core::order::records::{Finding, Report, Revision, Rov, Run};
use omnival_core::recovery::evidence::Goal;
use omnival_core::words::{RovStatus, RunStatus};
use omnival_wire::Value;

use super::agency::hard_stops;
use super::documents::versions;
use crate::endpoint::acts;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{Ask, StepForm, choices, step_dialog};
use crate::platform::intl::{self, Style};
use crate::records::{by_line, humanize, record_list};

mod checklist;
mod rov;

use rov::{REASON, decide, submit_rov};

/// How often a CrossCheck run that has not ended is looked at.
const WATCH_MS: u32 = 2_000;
const KINDS: [(&str, &str); 6] = [
    ("correction", "Correction"),
    ("clarification", "Clarification"),
    ("additionalComparables", "Additional comparables"),
    ("missingContent", "Missing content"),
    ("formatting", "Formatting"),
    ("other", "Other"),
];
/// From here on, one more revision is a matter for the vendor's manager. Source: `qc/escalate` in docs/sources.md.
const ESCALATES_AT: u32 = 3;

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_qc(state.console.api, at);
}

pub fn ready(state: OrderState) -> bool {
    let lists = state.lists;
    lists.reports.is_settled()
        && lists.revisions.is_settled()
        && lists.rovs.is_settled()
        && lists.runs.with(|list| list.value.is_some())
}

pub fn closed(state: OrderState, step: Step) -> Option<&'static str> {
    let lists = state.lists;
    let on_report = matches!(
        step,
        Step::RunCrossCheck | Step::AcceptReport | Step::RequestRevision | Step::RequestClientRevision
    );
    if on_report
        && lists
            .reports
            .with(|list| list.value.as_ref().is_some_and(Vec::is_empty))
    {
        return Some("No report version is there to act upon.");
    }
    let is_open = |rov: &Rov| rov.status == RovStatus::Open;
    let none_open = || {
        lists
            .rovs
            .with(|list| list.value.as_ref().is_some_and(|rovs| !rovs.iter().any(is_open)))
    };
    (step == Step::DecideRov && none_open()).then_some("No reconsideration of value is open.")
}

/// A run ends by itself, and its findings come with its end.
fn watch(state: OrderState) {
    let lists = state.lists;
    if !state.may_watch() || !lists.runs.is_older_than(WATCH_MS.into()) {
        return;
    }
    let runs = lists.runs.with_untracked(|runs| {
        let mut runs = runs.value.iter().flatten();
        runs.any(|run| run.status == RunStatus::Running)
    });
    if let (true, Some(at)) = (runs, state.order.value_untracked().map(|order| order.at)) {
        lists.load_runs(state.console.api, &at);
    }
}

pub fn view(state: OrderState) -> AnyView {
    let lists = state.lists;
    state.console.every(WATCH_MS, move || watch(state));
    view! {
        <div class="desk">
            <div>{versions::latest(state)}</div>
            <div>{checklist::view(state)}</div>
        </div>
        {record_list(state.source(), lists.runs, "CrossCheck", "CrossCheck was not run yet.", run)}
        {record_list(state.source(), lists.findings, "Findings", "Nothing was found.", finding)}
        {record_list(state.source(), lists.revisions, "Revisions", "No revision was requested.", revision)}
        {record_list(state.source(), lists.rovs, "Reconsiderations of value", "None was submitted.", rov::row)}
    }
    .into_any()
}

fn run(run: &Run) -> AnyView {
    let end = run
        .completed_at
        .map(|at| [", ended ", &intl::at(at, Style::DateTime)].concat());
    view! {
        <li>
            <b>{humanize(run.status.as_str())}</b>
            <span class="sub num">"started by "{by_line(run.started_by.as_ref(), run.started_at)}{end}</span>
        </li>
    }
    .into_any()
}

fn finding(finding: &Finding) -> AnyView {
    view! {
        <li data-severity=finding.severity.clone()>
            <b>{humanize(&finding.severity)}" "{finding.code.clone()}</b>" "{finding.message.clone()}
            <span class="sub">{humanize(&finding.source)}</span>
        </li>
    }
    .into_any()
}

fn revision(revision: &Revision) -> AnyView {
    let state = if revision.resolved { "answered" } else { "open" };
    view! {
        <li>
            <b>{humanize(&revision.kind)}</b>" "<span class="muted">{state}</span>" "{revision.reason.clone()}
            <span class="sub num">{humanize(revision.source.as_str())}", by "{by_line(revision.requested_by.as_ref(), revision.requested_at)}</span>
        </li>
    }
    .into_any()
}

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| {
        let lists = state.lists;
        let newest = lists.reports.value_untracked().and_then(|all| all.into_iter().next());
        let rovs = lists.rovs.value_untracked().unwrap_or_default();
        let id = |id: &str| EntryId::new(id);
        match step {
            Step::RunCrossCheck => {
                let runs = lists.runs.value_untracked().unwrap_or_default();
                crosscheck(state, seen.beside(runs.iter().map(|run| id(&run.id))), newest)
            }
            Step::AcceptReport => accept(state, seen, newest),
            Step::RequestRevision | Step::RequestClientRevision => {
                let held = lists.revisions.value_untracked().unwrap_or_default();
                revise(state, seen.beside(held.iter().map(|one| id(&one.id))), newest, step)
            }
            Step::SubmitRov => submit_rov(state, seen.beside(rovs.iter().map(|rov| id(&rov.id)))),
            _ => {
                let decided = rovs.iter().filter_map(Rov::as_decision).map(|entry| entry.id);
                let seen = seen.beside(decided);
                decide(state, seen, rovs.iter().find(|rov| rov.status == RovStatus::Open))
            }
        }
    });
}

fn about_report(report: Option<&Report>) -> AnyView {
    match report {
        Some(one) => view! { <ul class="records"><li>{versions::words(one)}</li></ul> }.into_any(),
        None => view! { <p class="muted">"The report's versions could not be read."</p> }.into_any(),
    }
}

/// The goal that is about this report.
fn about(operation: Operation, report: &str) -> Goal {
    Goal::Act {
        operation,
        terms: vec![(Term::Report, report.to_owned())],
    }
}

fn crosscheck(state: OrderState, seen: Seen, report: Option<Report>) -> AnyView {
    let form = StepForm {
        about: Some(about_report(report.as_ref())),
        consequences: vec![
            "The report is sent to CrossCheck. Its findings come later and stand beside the report.".to_owned(),
        ],
        ..StepForm::new(
            Step::RunCrossCheck,
            ["Run CrossCheck: ", &seen.order.title()].concat(),
            "Run CrossCheck",
        )
    };
    step_dialog(state, seen, form, move |_, seen| {
        let Some(report) = &report else { return };
        let body = vec![("reportId", Value::Text(report.id.clone()))];
        let call = acts::run_crosscheck(&seen.order.at, body, seen.fence(state.console));
        let goal = about(Operation::RunCrossCheck, &report.id);
        state.begin(seen, goal, vec![("Report", report.name.clone())], call);
    })
}

fn accept(state: OrderState, seen: Seen, report: Option<Report>) -> AnyView {
    let open = untrack(|| checklist::unanswered(state));
    let mut consequences = vec![
        "QC ends with this version; delivery and agency submission open.".to_owned(),
        "It cannot be taken back: afterwards only the client can ask for a revision.".to_owned(),
    ];
    if open > 0 {
        consequences.push([&open.to_string(), " items of the checklist have no answer."].concat());
    }
    let form = StepForm {
        about: Some(about_report(report.as_ref())),
        consequences,
        ..StepForm::new(
            Step::AcceptReport,
            ["Accept the report: ", &seen.order.title()].concat(),
            "Accept report",
        )
    };
    step_dialog(state, seen, form, move |_, seen| {
        let Some(report) = &report else { return };
        let call = acts::accept_report(&seen.order.at, &report.id, Vec::new(), seen.fence(state.console));
        let goal = about(Operation::AcceptReport, &report.id);
        state.begin(seen, goal, vec![("Status", "Report accepted".to_owned())], call);
    })
}

/// Prefilled with what the checklist failed, which goes along by its ids.
fn revise(state: OrderState, seen: Seen, report: Option<Report>, step: Step) -> AnyView {
    let by_qc = step == Step::RequestRevision;
    let failed = if by_qc {
        untrack(|| checklist::failed(state))
    } else {
        Vec::new()
    };
    // What an agency stopped the report for is what the client wants mended.
    let stops = if by_qc {
        Vec::new()
    } else {
        untrack(|| hard_stops(state))
    };
    let words: Vec<_> = failed
        .iter()
        .map(|(_, words)| words)
        .chain(&stops)
        .map(String::as_str)
        .collect();
    let form = StepForm {
        about: Some(about_report(report.as_ref())),
        asks: vec![
            Ask::one_of("type", "Type", choices(&KINDS)),
            Ask::new("reason", "Reason", REASON)
                .given(words.join("\n"))
                .hint("In detail: the vendor works from these words.")
                .usual(&[
                    "Please correct the items that failed.",
                    "Please explain the adjustments that were made.",
                ]),
        ],
        consequences: revision_consequences(&seen),
        ..StepForm::new(
            step,
            [step.label(), ": ", &seen.order.title()].concat(),
            "Request revision",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let Some(report) = &report else { return };
        let body = [
            ("reportId", Value::Text(report.id.clone())),
            ("type", typed.value("type")),
            ("reason", typed.value("reason")),
        ];
        let fence = seen.fence(state.console);
        let operation = if by_qc {
            Operation::RequestRevision
        } else {
            Operation::RequestClientRevision
        };
        let goal = about(operation, &report.id);
        let call = if by_qc {
            let items = failed.iter().map(|(id, _)| Value::Text(id.clone())).collect();
            let body = body
                .into_iter()
                .chain([("checklistItemIds", Value::List(items))])
                .collect();
            acts::request_revision(&seen.order.at, body, fence)
        } else {
            acts::request_client_revision(&seen.order.at, body.into(), fence)
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn revision_consequences(seen: &Seen) -> Vec<String> {
    let mut consequences = vec!["The vendor is told at once and submits a new version; this one is kept.".to_owned()];
    if seen.order.revisions + 1 >= ESCALATES_AT {
        let count = (seen.order.revisions + 1).to_string();
        consequences.push(
            [
                "This is revision ",
                &count,
                " of this order: talk to the vendor's manager about it.",
            ]
            .concat(),
        );
    }
    consequences
}
