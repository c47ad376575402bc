//! The inspection: when, in the property's zone and in the operator's.

use leptos::prelude::*;
use omnival_core::order::Order;
use omnival_core::order::full::Inspection;
use omnival_core::time::Timestamp;
use omnival_headless::endpoint;
use omnival_wire::records::{self as decode, Slots};

use crate::api::Remote;
use crate::console::{About, FailureNote};
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, Picked, StepForm, members};
use crate::platform::intl::{self, Style};
use crate::ui::Skeleton;
use crate::ui::live::{live, when};

pub fn view(state: OrderState) -> AnyView {
    live(move || {
        let inspection = state.order.with(|order| order.value.as_ref()?.inspection.clone());
        match inspection {
            None => view! { <p class="muted">"No inspection is scheduled."</p> }.into_any(),
            Some(inspection) => appointment(&inspection),
        }
    })
    .into_any()
}

fn appointment(inspection: &Inspection) -> AnyView {
    let zone = inspection.time_zone.as_deref();
    let row = |name: &'static str, at: Option<Timestamp>| {
        at.map(|at| view! { <div><dt>{name}</dt><dd class="num">{both(at, zone)}</dd></div> })
    };
    view! {
        <dl class="facts">
            {row("Scheduled", inspection.scheduled_at)}
            {row("Completed", inspection.completed_at)}
        </dl>
    }
    .into_any()
}

/// There, and here where that is another time.
fn both(at: Timestamp, zone: Option<&str>) -> AnyView {
    let here = intl::at(at, Style::DateTime);
    let there = zone
        .and_then(|zone| intl::at_place(at, zone))
        .filter(|there| *there != here);
    match there {
        Some(there) => view! { {there}" at the property"<span class="sub">{here}" for you"</span> }.into_any(),
        None => here.into_any(),
    }
}

pub fn completed(order: &Order) -> StepForm {
    StepForm {
        about: order.inspection.as_ref().map(appointment),
        consequences: vec!["The inspection counts as done now; the report is awaited next.".to_owned()],
        told: vec![("Status", "Inspection completed".to_owned())],
        ..StepForm::new(order, "Inspection completed", "Record completion")
    }
}

/// The slots are read anew each time: after "that slot is gone" the operator chooses among what is free now.
pub fn schedule(state: OrderState, order: &Order) -> StepForm {
    let slots: Remote<Slots> = Remote::new();
    let at = StoredValue::new(order.at.clone());
    let load = move || slots.load(state.console.api, endpoint::slots(&at.get_value()), decode::slots);
    load();
    let picked: Picked = RwSignal::new(None);
    let is_moving = order
        .inspection
        .as_ref()
        .is_some_and(|inspection| inspection.scheduled_at.is_some());
    let (what, confirm) = if is_moving {
        ("Move the inspection", "Move inspection")
    } else {
        ("Schedule the inspection", "Schedule")
    };
    let about = About::from(&order.at);
    let view = view! {
        <FailureNote failure=slots.failure() about=about again=move |()| load()/>
        {when(move || slots.is_awaited(), || view! { <Skeleton lines=6/> })}
        <fieldset class="slots"><legend>"Free slots"</legend><ul>{live(move || slots.with(|loaded| loaded.value.as_ref().map(|slots| free(slots, picked))))}</ul></fieldset>
    };
    StepForm {
        asks: vec![Ask::pick(
            "slotId",
            "Inspection",
            picked,
            view.into_any(),
            "Choose a slot.",
        )],
        consequences: vec!["Client and borrower are told at once.".to_owned()],
        fill: members(|typed| [("slotId", typed.value("slotId"))]),
        ..StepForm::new(order, what, confirm)
    }
}

fn free(slots: &Slots, picked: Picked) -> Vec<AnyView> {
    let free = slots.slots.iter().filter(|slot| slot.available);
    let rows = free.filter_map(|slot| Some((slot.id.clone(), slot.starts_at?)));
    let zone = slots.time_zone.as_deref();
    let row = |(id, starts): (String, Timestamp)| {
        let label = zone
            .and_then(|zone| intl::at_place(starts, zone))
            .unwrap_or_else(|| intl::at(starts, Style::DateTime));
        let chosen = move |_| picked.set(Some((id.clone(), label.clone())));
        view! { <li><label class="choice"><input type="radio" name="slot" on:change=chosen/><span class="num">{both(starts, zone)}</span></label></li> }
            .into_any()
    };
    rows.map(row).collect()
}
