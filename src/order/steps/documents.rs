//! The files of an order: the report's versions, each shown and compared; supporting documents, and who may see them; and
//! handing in both.
//!
//! A version is never made by accident: a report is sent once, a lost answer is found out by the list of versions, and a
//! file that is a version already is not sent without being told so.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::ids::OrderRef;
use omnival_core::order::Order;

use crate::order::OrderState;
use crate::order::step_dialog::{Ask, OnChoice, StepForm, Typed, choices, members};
use crate::platform::task;
use crate::ui::Icon;
use crate::ui::live::live;

mod access;
pub mod versions;
pub mod viewer;

const KINDS: [(&str, &str); 5] = [
    ("engagement", "Engagement letter"),
    ("contract", "Purchase contract"),
    ("floorPlan", "Floor plan"),
    ("photo", "Photo"),
    ("other", "Other"),
];

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_documents(state.console.api, at);
}

pub fn ready(state: OrderState) -> bool {
    let lists = state.lists;
    lists.reports.is_settled() && lists.documents.is_settled()
}

pub fn view(state: OrderState) -> AnyView {
    view! {
        {versions::view(state)}
        {access::view(state)}
    }
    .into_any()
}

/// Is the chosen file a version already?
#[derive(Clone, Copy, PartialEq)]
enum Same {
    /// Nothing is chosen, or it is new, or nobody can tell.
    No,
    Comparing,
    Version(u32),
}

/// A file that is a version already is told so while it is chosen.
pub fn submit_report(state: OrderState, order: &Order) -> StepForm {
    let held = state.lists.reports.value_untracked().unwrap_or_default();
    let next = held.iter().map(|report| report.version).max().unwrap_or(0) + 1;
    let same = RwSignal::new(Same::No);
    let warned = StoredValue::new(false);
    let turn = StoredValue::new(0_u32);
    let on_choice: OnChoice = Box::new(move |file| {
        warned.set_value(false);
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        let Some(file) = file else { return same.set(Same::No) };
        same.set(Same::Comparing);
        let known: Vec<(String, u32)> = held
            .iter()
            .filter_map(|report| Some((report.sha256.clone()?, report.version)))
            .collect();
        task::spawn(async move {
            let hash = file.sha256().await;
            let known = known.iter().find(|(sha256, _)| hash.as_ref() == Some(sha256));
            // Another file was chosen meanwhile, or the dialog has gone.
            if turn.try_get_value() == Some(mine) {
                let _ = same.try_set(known.map_or(Same::No, |(_, version)| Same::Version(*version)));
            }
        });
    });
    StepForm {
        about: Some(version_note(same)),
        asks: vec![Ask::file("file", "Report", &file::REPORT, on_choice)],
        consequences: vec![
            ["It becomes version ", &next.to_string(), "; earlier versions are kept."].concat(),
            "QC is told, and reviews it.".to_owned(),
        ],
        check: Box::new(move |_: &Typed| same_version(same.get_untracked(), warned)),
        ..StepForm::new(order, "Submit the report", "Submit report")
    }
}

fn version_note(same: RwSignal<Same>) -> AnyView {
    live(move || {
        let Same::Version(version) = same.get() else {
            return None;
        };
        Some(view! {
            <div class="note" data-tone="warn" role="alert"><Icon name="alert"/>
                <p>"This very file is version "{version.to_string()}" already. Choose the revised one."</p>
            </div>
        })
    })
    .into_any()
}

/// A file that is a version already is sent only when the operator presses again.
fn same_version(same: Same, warned: StoredValue<bool>) -> Option<(&'static str, String)> {
    let version = match same {
        Same::No => return None,
        Same::Comparing => {
            let words = "The file is still being compared with the earlier versions. Press again in a moment.";
            return Some(("file", words.to_owned()));
        }
        Same::Version(_) if warned.get_value() => return None,
        Same::Version(version) => version.to_string(),
    };
    warned.set_value(true);
    let words = [
        "This file is version ",
        &version,
        " already. Choose the revised one, or press again to send it all the same.",
    ];
    Some(("file", words.concat()))
}

pub fn add_document(order: &Order) -> StepForm {
    StepForm {
        asks: vec![
            Ask::file("file", "Document", &file::DOCUMENT, Box::new(|_| ())),
            Ask::one_of("kind", "Kind", choices(&KINDS)),
        ],
        consequences: vec!["Only operations see it, until access is given to the vendor or the client.".to_owned()],
        fill: members(|typed| [("kind", typed.value("kind"))]),
        ..StepForm::new(order, "Add a document", "Add document")
    }
}
