//! The versions of the report: listed, shown, and two of them side by side.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::order::records::{Report, Revision};
use omnival_headless::endpoint;

use super::viewer::{Viewed, viewer};
use crate::order::OrderState;
use crate::records::{by_line, humanize, record_list};
use crate::ui::Icon;
use crate::ui::live::live;

/// The button that shows the latest version beside the checklist.
const BESIDE: &str = "show-beside";

pub fn view(state: OrderState) -> AnyView {
    let shown = RwSignal::new(Vec::<Report>::new());
    let row = move |report: &Report| {
        let one = report.clone();
        let other = report.clone();
        let show = move |_| shown.set(vec![one.clone()]);
        let compare = move |_| {
            let before = before(state, &other);
            shown.set(before.into_iter().chain([other.clone()]).collect());
        };
        let version = report.version.to_string();
        let compare = (report.version > 1).then(|| {
            let label = ["Compare version ", &version, " with the one before"].concat();
            view! { <button id=["compare-", &report.id].concat() class="btn small quiet" type="button" aria-label=label on:click=compare>"Compare"</button> }
        });
        let label = ["Show version ", &version].concat();
        view! {
            <li class="row-with-buttons">
                <div>{words(report)}</div>
                <div class="row">{compare}<button id=["show-", &report.id].concat() class="btn small" type="button" aria-label=label on:click=show>"Show"</button></div>
            </li>
        }
        .into_any()
    };
    let panes = live(move || {
        let all = shown.get();
        if all.is_empty() {
            return None;
        }
        let opener = if all.len() == 1 { "show-" } else { "compare-" };
        let opened_by = all
            .last()
            .map(|report| [opener, &report.id].concat())
            .unwrap_or_default();
        let views = all.into_iter().map(|report| viewed(state, &report)).collect();
        Some(viewer(state, views, opened_by, move || shown.set(Vec::new())))
    });
    view! {
        {wanted(state)}
        {record_list(state.source(), state.lists.reports, "Report versions", "No report was submitted yet.", row)}
        {between(state, shown)}
        {panes}
    }
    .into_any()
}

/// The revision that is asked for.
fn wanted(state: OrderState) -> AnyView {
    live(move || {
        let open = state.lists.revisions.with(|list| {
            let mut all = list.value.iter().flatten();
            all.find(|revision| !revision.resolved).cloned()
        });
        open.map(|revision| {
            view! {
                <div class="note" data-tone="info"><Icon name="info"/>
                    <div>
                        <p class="strong">"A revision is asked for: "{humanize(&revision.kind)}</p>
                        <p>{revision.reason.clone()}</p>
                        <p class="muted num">{by_line(revision.requested_by.as_ref(), revision.requested_at)}</p>
                    </div>
                </div>
            }
        })
    })
    .into_any()
}

/// What is known of two versions side by side.
fn between(state: OrderState, shown: RwSignal<Vec<Report>>) -> AnyView {
    live(move || {
        let pair = shown.get();
        let [older, newer] = pair.as_slice() else { return None };
        let asked = state.lists.revisions.with(|list| {
            let all = list.value.iter().flatten();
            all.filter(|revision| revision.report == older.id)
                .cloned()
                .collect::<Vec<_>>()
        });
        let size = difference(older.size, newer.size);
        let same = older.sha256.is_some() && older.sha256 == newer.sha256;
        let size = if same {
            "The two files are the same, byte for byte.".to_owned()
        } else {
            size
        };
        Some(view! {
            <div class="between">
                <p>{size}</p>
                {asked.iter().map(asked_for).collect_view()}
            </div>
        })
    })
    .into_any()
}

/// The latest version, for beside the checklist.
pub fn latest(state: OrderState) -> AnyView {
    let shown = RwSignal::new(false);
    let newest = Memo::new(move |_| state.lists.reports.with(|list| list.value.as_ref()?.first().cloned()));
    live(move || {
        let report = newest.get()?;
        Some(if shown.get() {
            viewer(state, vec![viewed(state, &report)], BESIDE.to_owned(), move || shown.set(false))
        } else {
            view! {
                <div class="row-with-buttons">
                    <div>{words(&report)}</div>
                    <button id=BESIDE class="btn small" type="button" on:click=move |_| shown.set(true)>"Show beside the checklist"</button>
                </div>
            }
            .into_any()
        })
    })
    .into_any()
}

fn viewed(state: OrderState, report: &Report) -> Viewed {
    let at = state.order.value_untracked().map(|order| order.at);
    let id = report.id.clone();
    Viewed {
        title: ["Version ", &report.version.to_string()].concat(),
        name: report.name.clone(),
        call: Box::new(move || at.as_ref().map(|at| endpoint::report_file(at, &id))),
    }
}

fn before(state: OrderState, report: &Report) -> Option<Report> {
    state.lists.reports.with_untracked(|list| {
        let older = list
            .value
            .iter()
            .flatten()
            .filter(|other| other.version < report.version);
        older.max_by_key(|other| other.version).cloned()
    })
}

/// One version in words.
pub fn words(report: &Report) -> AnyView {
    view! {
        <b>"Version "{report.version}</b>" "{report.name.clone()}" "<span class="muted">{humanize(&report.status)}</span>
        <span class="sub num">{file::size(report.size)}", by "{by_line(report.submitted_by.as_ref(), report.submitted_at)}</span>
    }
    .into_any()
}

fn difference(older: u64, newer: u64) -> String {
    match newer.cmp(&older) {
        std::cmp::Ordering::Equal => "Both files have the same size.".to_owned(),
        std::cmp::Ordering::Greater => ["The newer file is ", &file::size(newer - older), " larger."].concat(),
        std::cmp::Ordering::Less => ["The newer file is ", &file::size(older - newer), " smaller."].concat(),
    }
}

/// What the newer version was to change.
fn asked_for(revision: &Revision) -> AnyView {
    view! { <blockquote><b>"Asked for between them ("{humanize(&revision.kind)}")"</b>" "{revision.reason.clone()}</blockquote> }
        .into_any()
}
