//! The dialog of a step: what is asked, what becomes of it, and one button that sends it once.
//!
//! Every field is kept on this device as it is typed, until the order shows that it arrived. What the platform refused
//! about a field at the last try is said beside that field. Must not know what any step is about: its feature says what to
//! ask and begins the write.

use leptos::prelude::*;
use omnival_core::form::{Kind, problem};
use omnival_core::order::Step;
use omnival_headless::kept::Key;

use super::OrderState;
use super::state::Seen;
use crate::console::KEPT;
use crate::platform::dom;
use crate::platform::upload::Chosen;
use crate::ui::live::attr_if;
use crate::ui::{Dialog, Field};

mod file;
mod form;
mod input;
mod notes;

use file::{file_picker, file_words};
pub use form::{Ask, Check, OnChoice, StepForm, Typed, choices, money_value};
use input::Input;
pub use notes::{changed_meanwhile, consequences};

type Submit = Box<dyn Fn(&Typed, Seen) + Send + Sync>;

/// `submit` begins the write; it is called with fields that are all in order.
pub fn step_dialog(
    state: OrderState,
    seen: Seen,
    form: StepForm,
    submit: impl Fn(&Typed, Seen) + Send + Sync + 'static,
) -> AnyView {
    let submit: Submit = Box::new(submit);
    let refused = refused_fields(state, &seen, form.step);
    let inputs: Vec<Input> = form
        .asks
        .iter()
        .map(|ask| input(state, &seen, form.step, ask, &refused))
        .collect();
    let fields = fields(state, form.asks, &inputs);
    let note = changed_meanwhile(state, &seen);
    let class = if form.danger { "btn danger" } else { "btn primary" };
    let check = form.check;
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match checked(&inputs, &check) {
            Ok(typed) => submit(&typed, seen.clone()),
            Err(name) => drop(dom::focus(name)),
        }
    };
    let effects = (!form.consequences.is_empty()).then(|| consequences("What this does", form.consequences));
    view! {
        <Dialog title=form.title on_close=move |()| state.asking.set(None)>
            <form class="dialog-form" novalidate on:submit=on_submit>
                {form.about}
                {fields}
                {effects}
                {note}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| state.asking.set(None)>{form.keep}</button>
                    <button class=class type="submit">{form.confirm}</button>
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
        let problem = one.value.with_untracked(|text| problem(one.kind, one.required, text));
        if problem.is_some() {
            wrong = wrong.or(Some(one.name));
        }
        one.error.set(problem.map(str::to_owned));
    }
    if let Some(name) = wrong {
        return Err(name);
    }
    let typed = Typed(inputs.iter().map(|one| one.filled()).collect());
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

/// What the platform said about fields when it refused the last try of the same step.
fn refused_fields(state: OrderState, seen: &Seen, step: Step) -> Vec<(String, String)> {
    let last = untrack(|| state.attempts.on_order(&seen.order.at.order));
    let last = last.filter(|tracked| tracked.attempt.intent.goal.operation().step() == Some(step));
    let answer = last
        .as_ref()
        .and_then(|tracked| tracked.attempt.conclusion()?.reply.answer());
    answer.map_or_else(Vec::new, |answer| {
        let fields = answer.problem.fields.iter();
        fields
            .map(|(field, text)| (field.clone(), text.as_str().to_owned()))
            .collect()
    })
}

fn input(state: OrderState, seen: &Seen, step: Step, ask: &Ask, refused: &[(String, String)]) -> Input {
    let user = state.console.user_now().map(|user| user.id);
    let key = user.map(|user| Key::field(&user, &seen.order.at.order, step.label(), ask.name));
    let is_file = matches!(ask.kind, Kind::File(_));
    let kept = key.as_ref().filter(|_| !is_file).and_then(|key| KEPT.text(key));
    let file = key.as_ref().filter(|_| is_file).and_then(|key| {
        let chosen = |all: &Vec<(Key, Chosen)>| all.iter().find(|(form, _)| form == key).map(|(_, file)| file.clone());
        state.chosen.with_value(chosen)
    });
    let kept = file.as_ref().map(file_words).or(kept);
    // What was chosen once may not be offered any more.
    let is_offered = |kept: &String| ask.choices.is_empty() || ask.choices.iter().any(|(choice, _)| choice == kept);
    let kept = kept.filter(is_offered);
    let is_about = |field: &str| {
        field == ask.name
            || field
                .strip_prefix(ask.name)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
    };
    let refused = refused
        .iter()
        .find(|(field, _)| is_about(field))
        .map(|(_, text)| text.clone());
    Input {
        name: ask.name,
        label: ask.label,
        kind: ask.kind,
        required: ask.required,
        value: RwSignal::new(kept.unwrap_or_else(|| ask.given.clone())),
        error: RwSignal::new(refused),
        key: StoredValue::new(key),
        choices: StoredValue::new(ask.choices.clone()),
        file: StoredValue::new_local(file),
    }
}

fn field(state: OrderState, ask: Ask, one: Input) -> AnyView {
    let name = ask.name;
    let on_input = move |event: leptos::ev::Event| one.write(event_target_value(&event));
    let value = one.value;
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
        Kind::Text { most, .. } if most > 100 => {
            view! { <textarea id=name name=name rows="3" prop:value=value on:input=on_input></textarea> }.into_any()
        }
        kind => {
            let (type_, mode) = match kind {
                Kind::Day => ("date", ""),
                Kind::Email => ("email", "email"),
                Kind::Amount => ("text", "decimal"),
                _ => ("text", "text"),
            };
            view! { <input id=name name=name type=type_ inputmode=mode autocomplete="off" prop:value=value on:input=on_input/> }
                .into_any()
        }
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
