//! The inspection: when, in the property's zone and in the operator's.

use leptos::prelude::*;
use omnival_core::operation::Operation;
use omnival_core::order::Step;
use omnival_core::order::full::Inspection;
use omnival_core::recovery::evidence::Goal;
use omnival_core::time::Timestamp;
use omnival_wire::Value;
use omnival_wire::records::{self as decode, Slots};

use crate::api::Remote;
use crate::console::{About, FailureNote};
use crate::endpoint::{self, acts};
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{StepForm, changed_meanwhile, consequences, step_dialog};
use crate::platform::intl::{self, Style};
use crate::ui::live::{live, when};
use crate::ui::{Dialog, Skeleton};

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

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| match step {
        Step::Schedule => schedule(state, seen),
        _ => completed(state, seen),
    });
}

fn completed(state: OrderState, seen: Seen) -> AnyView {
    let form = StepForm {
        about: seen.order.inspection.as_ref().map(appointment),
        consequences: vec!["The inspection counts as done now; the report is awaited next.".to_owned()],
        ..StepForm::new(
            Step::Inspected,
            ["Inspection completed: ", &seen.order.title()].concat(),
            "Record completion",
        )
    };
    step_dialog(state, seen, form, move |_, seen| {
        let call = acts::inspected(&seen.order.at, Vec::new(), seen.fence(state.console));
        let goal = Goal::act(Operation::Inspected);
        state.begin(seen, goal, vec![("Status", "Inspection completed".to_owned())], call);
    })
}

/// The slots are read anew each time: after "that slot is gone" the operator chooses among what is free now.
fn schedule(state: OrderState, seen: Seen) -> AnyView {
    let slots: Remote<Slots> = Remote::new();
    let at = StoredValue::new(seen.order.at.clone());
    let load = move || slots.load(state.console.api, endpoint::slots(&at.get_value()), decode::slots);
    load();
    let chosen = RwSignal::new(None::<Slot>);
    let missing = RwSignal::new(false);
    let choose = move |slot: Slot| {
        missing.set(false);
        chosen.set(Some(slot));
    };
    let is_moving = seen
        .order
        .inspection
        .as_ref()
        .is_some_and(|inspection| inspection.scheduled_at.is_some());
    let (title, confirm) = if is_moving {
        ("Move the inspection: ", "Move inspection")
    } else {
        ("Schedule the inspection: ", "Schedule")
    };
    let about = About::from(&seen.order.at);
    let note = changed_meanwhile(state, &seen);
    let title = [title, &seen.order.title()].concat();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((id, label)) = chosen.get_untracked() else {
            missing.set(true);
            return;
        };
        let body = vec![("slotId", Value::Text(id))];
        let call = acts::schedule(&seen.order.at, body, seen.fence(state.console));
        let goal = Goal::act(Operation::Schedule);
        state.begin(seen.clone(), goal, vec![("Inspection", label)], call);
    };
    view! {
        <Dialog title on_close=move |()| state.asking.set(None)>
            <form class="dialog-form" novalidate on:submit=submit>
                <FailureNote failure=slots.failure() about=about again=move |()| load()/>
                {when(move || slots.is_awaited(), || view! { <Skeleton lines=6/> })}
                <fieldset class="slots"><legend>"Free slots"</legend><ul>{live(move || slots.with(|loaded| loaded.value.as_ref().map(|slots| free(slots, choose))))}</ul></fieldset>
                {when(move || missing.get(), || view! { <p class="error" role="alert">"Choose a slot."</p> })}
                {consequences("What this does", vec!["Client and borrower are told at once.".to_owned()])}
                {note}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| state.asking.set(None)>"Not now"</button>
                    <button class="btn primary" type="submit">{confirm}</button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}

/// The id of a slot, and when it begins.
type Slot = (String, String);

fn free(slots: &Slots, choose: impl Fn(Slot) + Copy + 'static) -> Vec<AnyView> {
    let free = slots.slots.iter().filter(|slot| slot.available);
    let rows = free.filter_map(|slot| Some((slot.id.clone(), slot.starts_at?)));
    let zone = slots.time_zone.as_deref();
    let row = |(id, starts): (String, Timestamp)| {
        let label = zone
            .and_then(|zone| intl::at_place(starts, zone))
            .unwrap_or_else(|| intl::at(starts, Style::DateTime));
        let chosen = move |_| choose((id.clone(), label.clone()));
        view! { <li><label class="choice"><input type="radio" name="slot" on:change=chosen/><span class="num">{both(starts, zone)}</span></label></li> }
            .into_any()
    };
    rows.map(row).collect()
}
