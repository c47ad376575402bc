//! The report's versions, and QC beside them: checklist, CrossCheck, findings, revisions, reconsiderations of value.

use leptos::prelude::*;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;
use omnival_core::order::records::{Finding, Report, Revision, Rov, Run};
use omnival_core::words::{RovStatus, RunStatus};
use omnival_wire::Value;

use super::agency::hard_stops;
use super::documents::versions;
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, StepForm, Typed, choices, members, members_about};
use crate::platform::intl::{self, Style};
use crate::records::{by_line, humanize, record_list};

mod checklist;
mod rov;

use rov::REASON;
pub use rov::submit_rov;

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

pub fn without_report(state: OrderState) -> Option<&'static str> {
    let reports = state.lists.reports;
    let none = reports.with(|list| list.value.as_ref().is_some_and(Vec::is_empty));
    none.then_some("No report version is there to act upon.")
}

pub fn without_open_rov(state: OrderState) -> Option<&'static str> {
    let none = |rovs: &Vec<Rov>| !rovs.iter().any(is_open);
    let none = state.lists.rovs.with(|list| list.value.as_ref().is_some_and(none));
    none.then_some("No reconsideration of value is open.")
}

fn is_open(rov: &Rov) -> bool {
    rov.status == RovStatus::Open
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

fn newest(state: OrderState) -> Option<Report> {
    state
        .lists
        .reports
        .with_untracked(|list| list.value.as_ref()?.first().cloned())
}

fn about_report(report: &Report) -> Option<AnyView> {
    Some(view! { <ul class="records"><li>{versions::words(report)}</li></ul> }.into_any())
}

pub fn crosscheck(state: OrderState, order: &Order) -> Option<StepForm> {
    let report = newest(state)?;
    let id = report.id.clone();
    Some(StepForm {
        about: about_report(&report),
        consequences: vec![
            "The report is sent to CrossCheck. Its findings come later and stand beside the report.".to_owned(),
        ],
        told: vec![("Report", report.name)],
        fill: members(move |_| [("reportId", Value::Text(id.clone()))]),
        ..StepForm::new(order, "Run CrossCheck", "Run CrossCheck")
    })
}

pub fn accept(state: OrderState, order: &Order) -> Option<StepForm> {
    let report = newest(state)?;
    let open = checklist::unanswered(state);
    let mut consequences = vec![
        "QC ends with this version; delivery and agency submission open.".to_owned(),
        "It cannot be taken back: afterwards only the client can ask for a revision.".to_owned(),
    ];
    if open > 0 {
        consequences.push([&open.to_string(), " items of the checklist have no answer."].concat());
    }
    Some(StepForm {
        about: about_report(&report),
        consequences,
        told: vec![("Status", "Report accepted".to_owned())],
        fill: members_about(&report.id, |_| []),
        ..StepForm::new(order, "Accept the report", "Accept report")
    })
}

/// Prefilled with what the checklist failed, which goes along by its ids.
pub fn revise(state: OrderState, order: &Order) -> Option<StepForm> {
    let report = newest(state)?;
    let failed = checklist::failed(state);
    let words: Vec<_> = failed.iter().map(|(_, words)| words.as_str()).collect();
    let form = revision_form(order, "Request revision", &report, &words.join("\n"));
    Some(StepForm {
        fill: members(move |typed| {
            let items = failed.iter().map(|(id, _)| Value::Text(id.clone())).collect();
            let [report, kind, reason] = revised(typed, &report);
            [report, kind, reason, ("checklistItemIds", Value::List(items))]
        }),
        ..form
    })
}

/// What an agency stopped the report for is what the client wants mended.
pub fn revise_for_client(state: OrderState, order: &Order) -> Option<StepForm> {
    let report = newest(state)?;
    let form = revision_form(order, "Client revision", &report, &hard_stops(state).join("\n"));
    Some(StepForm {
        fill: members(move |typed| revised(typed, &report)),
        ..form
    })
}

fn revised(typed: &Typed, report: &Report) -> [(&'static str, Value); 3] {
    [
        ("reportId", Value::Text(report.id.clone())),
        ("type", typed.value("type")),
        ("reason", typed.value("reason")),
    ]
}

fn revision_form(order: &Order, what: &str, report: &Report, given: &str) -> StepForm {
    StepForm {
        about: about_report(report),
        asks: vec![
            Ask::one_of("type", "Type", choices(&KINDS)),
            Ask::new("reason", "Reason", REASON)
                .given(given)
                .hint("In detail: the vendor works from these words.")
                .usual(&[
                    "Please correct the items that failed.",
                    "Please explain the adjustments that were made.",
                ]),
        ],
        consequences: revision_consequences(order),
        ..StepForm::new(order, what, "Request revision")
    }
}

fn revision_consequences(order: &Order) -> Vec<String> {
    let mut consequences = vec!["The vendor is told at once and submits a new version; this one is kept.".to_owned()];
    if order.revisions + 1 >= ESCALATES_AT {
        let count = (order.revisions + 1).to_string();
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

/// The one that is open.
pub fn decide_rov(state: OrderState, order: &Order) -> Option<StepForm> {
    let rovs = state.lists.rovs.value_untracked()?;
    let open = rovs.iter().find(|rov| is_open(rov))?;
    Some(rov::decide(order, open))
}
