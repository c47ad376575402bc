//! The order's life in five stretches, and where it is.

use leptos::prelude::*;
use omnival_core::order::{Order, Phase, Status};

use super::OrderState;
use crate::ui::Icon;
use crate::ui::live::live;

const STRETCHES: [(Phase, &str); 5] = [
    (Phase::Intake, "Intake"),
    (Phase::Vendor, "Vendor work"),
    (Phase::Qc, "Quality control"),
    (Phase::Delivery, "Delivery"),
    (Phase::Closed, "Completed"),
];

pub fn progress(state: OrderState) -> AnyView {
    let picture = move || {
        let before_end = state.history.with(|history| {
            let entries = &history.value.as_ref()?.entries;
            entries
                .iter()
                .find_map(|entry| (entry.to == Status::Cancelled.code()).then_some(entry.from)?)
        });
        state
            .order
            .with(|order| order.value.as_ref().map(|order| draw(order, before_end)))
    };
    live(move || {
        picture().map(|(held, steps)| {
            let steps: Vec<_> = steps.into_iter().map(step).collect();
            view! { <ol class="rail" aria-label="Progress of the order" data-held=held>{steps}</ol> }
        })
    })
    .into_any()
}

struct Step {
    name: &'static str,
    state: &'static str,
    note: String,
    loops: u32,
}

/// The stretches, each past, now, next or ended. An order on hold stands where it was held; a cancelled one ends where
/// it was cancelled.
fn draw(order: &Order, before_end: Option<i32>) -> (bool, Vec<Step>) {
    let held = order.status == Status::OnHold;
    let cancelled = matches!(order.status, Status::Cancelled | Status::Rejected);
    let place = match order.status {
        Status::OnHold => order
            .hold
            .as_ref()
            .and_then(|hold| hold.prior)
            .map_or(Status::Unassigned, |code| Status::of(false, Some(code))),
        Status::Cancelled | Status::Rejected => {
            before_end.map_or(Status::Unassigned, |code| Status::of(false, Some(code)))
        }
        status => status,
    };
    let here = STRETCHES.iter().position(|(phase, _)| *phase == place.phase());
    let steps = STRETCHES
        .iter()
        .enumerate()
        .map(|(index, (phase, name))| {
            let state = match here {
                Some(here) if index < here => "past",
                Some(here) if index == here && cancelled => "ended",
                Some(here) if index == here => "now",
                _ => "next",
            };
            let note = if matches!(state, "now" | "ended") {
                order.status.label().into_owned()
            } else {
                String::new()
            };
            let loops = match phase {
                Phase::Qc => order.revisions,
                Phase::Vendor => order.reassignments,
                _ => 0,
            };
            Step {
                name,
                state,
                note,
                loops,
            }
        })
        .collect();
    (held, steps)
}

fn step(step: Step) -> AnyView {
    let loops = (step.loops > 0).then(|| {
        let what = if step.name == "Vendor work" {
            " reassigned"
        } else {
            " revisions"
        };
        view! { <span class="sub rail-loop"><Icon name="refresh"/>{step.loops}{what}</span> }
    });
    let current = matches!(step.state, "now" | "ended").then_some("step");
    let word = match step.state {
        "past" => "done",
        "now" => "now",
        "ended" => "ended here",
        _ => "to come",
    };
    view! {
        <li data-state=step.state aria-current=current>
            <span class="rail-name">{step.name}<span class="vh">", "{word}</span></span>
            <span class="sub">{step.note}</span>
            {loops}
        </li>
    }
    .into_any()
}
