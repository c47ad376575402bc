//! The dialog of a step: what is asked, what becomes of it, and one button that sends it once.
//!
//! Every field is kept on this device as it is typed, until the order shows that it arrived. What the platform refused
//! about a field at the last try is said beside that field. Must not know what any step is about: its workflow says what to
//! ask and what is sent of it.

#![deny(clippy::wildcard_enum_match_arm)]

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::order::Step;
use omnival_headless::desk::{self, Seen};

use super::OrderState;
use crate::platform::dom;
use crate::ui::live::{attr_if, live, text, when};
use crate::ui::{Dialog, Field};

mod begin;
mod file;
mod form;
mod input;
mod notes;
mod typed;

use begin::begin;
use file::file_picker;
use form::Picker;
pub use form::{Ask, Check, Content, OnChoice, Picked, StepForm, choices, members, members_about};
use input::Input;
use notes::changed_meanwhile;
pub use notes::consequences;
pub use typed::{Typed, money_value};

pub fn step_dialog(state: OrderState, step: Step, seen: Seen, form: StepForm) -> AnyView {
    let last = untrack(|| state.attempts.on_order(&seen.order.at.order));
    let refused = desk::refused(last.as_ref(), step);
    let inputs: Vec<Input> = form
        .asks
        .iter()
        .map(|ask| Input::new(state, &seen, step, ask, &refused))
        .collect();
    let fields = fields(state, form.asks, &inputs);
    let note = changed_meanwhile(state, &seen);
    let class = if form.danger { "btn danger" } else { "btn primary" };
    let effects = (!form.consequences.is_empty()).then(|| consequences(form.effects, form.consequences));
    let stuck = RwSignal::new(false);
    let (check, fill, told) = (form.check, form.fill, form.told);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match checked(&inputs, &check) {
            Ok(typed) => {
                // Where nothing differs, there is nothing to send.
                let content = fill(&typed);
                if content.is_none_or(|content| begin(state, step, &seen, content, &typed, &told)) {
                    state.asking.set(None);
                } else {
                    stuck.set(true);
                }
            }
            Err(name) => drop(dom::focus(name)),
        }
    };
    let close = move || state.asking.set(None);
    let confirm = form.confirm;
    view! {
        <Dialog title=form.title class=if form.wide { "wide" } else { "" } on_close=move |()| close()>
            <form class="dialog-form" novalidate on:submit=submit>
                {form.about}
                {fields}
                {effects}
                {note}
                {when(move || stuck.get(), || view! { <p class="error" role="alert">"It could not be begun, and nothing was sent. Close this, read the order again, and then try again."</p> })}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| close()>{form.keep}</button>
                    <button class=class type="submit" autofocus=form.focus_confirm>{text(move || confirm.get())}</button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
}

/// A field that comes after another one is shown once something stands in that.
fn fields(state: OrderState, asks: Vec<Ask>, inputs: &[Input]) -> Vec<AnyView> {
    let other = |ask: &Ask| inputs.iter().find(|one| Some(one.name) == ask.after);
    let show = |(ask, one): (Ask, &Input)| match other(&ask).map(|other| other.value) {
        None => field(state, ask, *one),
        Some(other) => {
            let waits = move || other.with(|text| text.trim().is_empty());
            view! { <div hidden=attr_if(waits, "")>{field(state, ask, *one)}</div> }.into_any()
        }
    };
    asks.into_iter().zip(inputs).map(show).collect()
}

/// What was typed, if all of it is in order; otherwise what is wrong is said at its field, and the first of them is given.
fn checked(inputs: &[Input], check: &Check) -> Result<Typed, &'static str> {
    let mut wrong = None;
    for one in inputs {
        let problem = one.problem();
        if problem.is_some() {
            wrong = wrong.or(Some(one.name));
        }
        one.error.set(problem.map(str::to_owned));
    }
    if let Some(name) = wrong {
        return Err(name);
    }
    let typed = Typed(inputs.iter().map(|one| one.typed()).collect());
    match check(&typed) {
        None => Ok(typed),
        Some((name, problem)) => {
            if let Some(field) = inputs.iter().find(|one| one.name == name) {
                field.error.set(Some(problem));
            }
            Err(name)
        }
    }
}

fn field(state: OrderState, ask: Ask, one: Input) -> AnyView {
    if let Some(picker) = ask.picker {
        return picked_from(picker, one);
    }
    let name = ask.name;
    let on_input = move |event: leptos::ev::Event| one.write(event_target_value(&event));
    let value = one.value;
    let area = |most: Option<&'static str>| {
        view! { <textarea id=name name=name rows="3" maxlength=most prop:value=value on:input=on_input></textarea> }
            .into_any()
    };
    let line = |type_: &'static str, mode: &'static str| {
        view! { <input id=name name=name type=type_ inputmode=mode autocomplete="off" prop:value=value on:input=on_input/> }
            .into_any()
    };
    let control = match ask.kind {
        Kind::Choice => {
            let options = ask
                .choices
                .into_iter()
                .map(|(choice, label)| {
                    let is_it = one.value.with_untracked(|value| *value == choice);
                    view! { <option value=choice selected=is_it>{label}</option> }
                })
                .collect_view();
            view! { <select id=name name=name on:change=on_input>{options}</select> }.into_any()
        }
        Kind::File(limits) => file_picker(state, one, limits, ask.on_choice),
        Kind::Reason => area(Some("600")),
        Kind::Text { most, .. } if most > 100 => area(None),
        Kind::Text { .. } | Kind::FhaCase => line("text", "text"),
        Kind::Amount => line("text", "decimal"),
        Kind::Day => line("date", ""),
        Kind::Email => line("email", "email"),
    };
    let usual = (!ask.usual.is_empty()).then(|| {
        let chip = |text: &'static str| {
            let choose = move |_| {
                one.write(text.to_owned());
                dom::focus(name);
            };
            view! { <li><button class="chip" type="button" on:click=choose>{text}</button></li> }
        };
        let chips = ask.usual.iter().map(|text| chip(text)).collect_view();
        view! { <ul class="chips" aria-label=["Usual: ", ask.label].concat()>{chips}</ul> }
    });
    view! {
        <Field name=name label=ask.label required=ask.required error=one.error hint=ask.hint>{control}</Field>
        {usual}
    }
    .into_any()
}

/// A control of the step's own, and what is wrong below it.
fn picked_from(picker: Picker, one: Input) -> AnyView {
    let error = live(move || {
        let error = one.error.get().filter(|_| picker.picked.with(Option::is_none));
        error.map(|text| view! { <p class="error" role="alert">{text}</p> })
    });
    view! {
        {picker.view}
        {error}
    }
    .into_any()
}
