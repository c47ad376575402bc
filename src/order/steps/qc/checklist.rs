//! The checklist: each answer is saved as it is given, and saved again without harm.

use leptos::prelude::*;
use omnival_core::order::Status;
use omnival_core::order::records::ChecklistItem;
use omnival_core::words::{ChecklistAnswer, Permission};
use omnival_headless::endpoint;
use omnival_wire::records as decode;

use crate::api::Failure;
use crate::attempts::Place;
use crate::console::FailureNote;
use crate::order::OrderState;
use crate::platform::task;
use crate::ui::live::{attr_if, flag, live};

const ANSWERS: [(&str, &str); 4] = [
    ("", "No answer yet"),
    ("pass", "Pass"),
    ("fail", "Fail"),
    ("notApplicable", "Not applicable"),
];

/// Items without an answer.
pub fn unanswered(state: OrderState) -> usize {
    let count = |items: &[ChecklistItem]| items.iter().filter(|item| item.answer.is_none()).count();
    state
        .lists
        .checklist
        .with(|list| list.value.as_ref().map_or(0, |list| count(&list.items)))
}

/// What failed: the item's id, and words for the vendor.
pub fn failed(state: OrderState) -> Vec<(String, String)> {
    let words = |item: &ChecklistItem| match &item.note {
        Some(note) => [&item.question, ": ", note].concat(),
        None => item.question.clone(),
    };
    state.lists.checklist.with(|list| {
        let items = list.value.iter().flat_map(|list| &list.items);
        let failed = items.filter(|item| item.answer == Some(ChecklistAnswer::Fail));
        failed.map(|item| (item.id.clone(), words(item))).collect()
    })
}

pub fn view(state: OrderState) -> AnyView {
    let checklist = state.lists.checklist;
    let failure = RwSignal::new(None::<Failure>);
    let can = Memo::new(move |_| {
        let under_qc = state.order.with(|order| {
            order
                .value
                .as_ref()
                .is_some_and(|order| order.status == Status::ReportSubmitted)
        });
        under_qc && state.console.user().is_some_and(|user| user.may(Permission::QcReview))
    });
    let rows = live(move || {
        let list = checklist.value()?;
        if list.items.is_empty() || list.report.is_none() {
            return None;
        }
        let can = can.get();
        let items = list
            .items
            .iter()
            .map(|item| row(state, item, can, failure))
            .collect_view();
        Some(view! { <ul class="records checklist">{items}</ul> })
    });
    let progress = live(move || {
        let total = checklist.with(|list| list.value.as_ref().map_or(0, |list| list.items.len()));
        let answered = total - unanswered(state).min(total);
        (total > 0).then(|| [&answered.to_string(), " of ", &total.to_string(), " answered"].concat())
    });
    view! {
        <div class="record-list">
            <h3>"Checklist "<span class="muted num">{progress}</span></h3>
            <FailureNote failure=checklist.failure() about=state.about()/>
            <FailureNote failure about=state.about()/>
            {rows}
        </div>
    }
    .into_any()
}

fn row(state: OrderState, item: &ChecklistItem, can: bool, failure: RwSignal<Option<Failure>>) -> AnyView {
    let answer = item.answer.clone().unwrap_or_default().as_str().to_owned();
    let (id, note) = (item.id.clone(), item.note.clone());
    let busy = RwSignal::new(false);
    // What the select shows: the operator's choice while it is being saved, otherwise what the platform holds.
    let chosen = RwSignal::new(answer.clone());
    let held = answer.clone();
    let save = move |event: leptos::ev::Event| {
        let Some(order) = state.order.value_untracked() else {
            return;
        };
        let left = state.attempts.if_left(&order, Place::order(&order.at));
        let value = event_target_value(&event);
        let answer = (!value.is_empty()).then_some(value.as_str());
        let call = endpoint::answer_item(&order.at, &id, answer, note.as_deref());
        let before = held.clone();
        chosen.set(value);
        busy.set(true);
        task::spawn(async move {
            let end = state.console.api.repeat(call, decode::answered_item).await;
            let _ = busy.try_set(false);
            match end {
                // Nobody is left to be shown it: the list belongs to the order's page.
                Ok(_) if state.ended.is_disposed() => {}
                Ok(saved) => {
                    take(state, saved);
                    let _ = failure.try_set(None);
                }
                Err(failed) if state.ended.is_disposed() => left.failed(&failed),
                Err(failed) => {
                    let _ = failure.try_set(Some(failed));
                    let _ = chosen.try_set(before);
                }
            }
        });
    };
    let options = ANSWERS
        .iter()
        .map(|(value, label)| {
            let is_chosen = flag(move || chosen.with(|chosen| chosen == value));
            view! { <option value=*value prop:selected=is_chosen>{*label}</option> }
        })
        .collect_view();
    let by = item.answered_by.as_ref().map(|by| by.name.clone());
    view! {
        <li data-answer=answer.clone()>
            <label>
                <span>{item.question.clone()}<span class="sub">{item.section.clone()}{by.map(|by| [", ", &by].concat())}</span></span>
                <select disabled=!can aria-busy=attr_if(move || busy.get(), "true") on:change=save>{options}</select>
            </label>
        </li>
    }
    .into_any()
}

/// An answer as the platform has it now.
fn take(state: OrderState, saved: ChecklistItem) {
    if let Some(mut list) = state.lists.checklist.value_untracked() {
        if let Some(item) = list.items.iter_mut().find(|item| item.id == saved.id) {
            *item = saved;
        }
        state.lists.checklist.put(list);
    }
}
