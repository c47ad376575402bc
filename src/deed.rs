//! The dialog of a step: what is asked, what becomes of it, and one button that sends it once.
//!
//! Every field is kept on this device as it is typed, until the order shows that it arrived. What the platform refused
//! about a field at the last try is said beside that field. Must not know what any step is about: its feature says what to
//! ask and begins the write.

use leptos::prelude::*;
use omnival_core::form::{self, Kind};
use omnival_core::order::Step;

use crate::draft::mirror;
use crate::order::OrderState;
use crate::order::confirm::{changed_meanwhile, consequences};
use crate::order::state::Seen;
use crate::parts::live::attr_if;
use crate::parts::{Dialog, Field};
use crate::platform::dom;
use crate::platform::upload::Chosen;

mod ask;
mod file;

use ask::Filled;
pub use ask::{Ask, Check, Deed, OnChoice, Typed, choices, money_value};
use file::{file_picker, file_words};

#[derive(Clone, Copy)]
struct Input {
    name: &'static str,
    label: &'static str,
    kind: Kind,
    required: bool,
    value: RwSignal<String>,
    error: RwSignal<Option<String>>,
    key: StoredValue<Option<String>>,
    choices: StoredValue<Vec<(String, String)>>,
    file: StoredValue<Option<Chosen>, LocalStorage>,
}

impl Input {
    fn filled(self) -> Filled {
        let text = self.value.get_untracked();
        let label = self.choices.with_value(|choices| {
            let chosen = choices.iter().find(|(choice, _)| *choice == text);
            chosen.map(|(_, label)| label.clone())
        });
        Filled {
            name: self.name,
            label: self.label,
            shown: label.unwrap_or_else(|| text.clone()),
            text,
            file: self.file.get_value(),
        }
    }

    fn write(self, text: String) {
        self.key
            .with_value(|key| key.as_deref().map(|key| mirror::keep_text(key, &text)));
        self.error.set(None);
        self.value.set(text);
    }
}

type Submit = Box<dyn Fn(&Typed, Seen) + Send + Sync>;

/// `submit` begins the write; it is called with fields that are all in order.
pub fn deed_dialog(
    state: OrderState,
    seen: Seen,
    deed: Deed,
    submit: impl Fn(&Typed, Seen) + Send + Sync + 'static,
) -> AnyView {
    let submit: Submit = Box::new(submit);
    let refused = refused_fields(state, &seen, deed.step);
    let inputs: Vec<Input> = deed
        .asks
        .iter()
        .map(|ask| input(state, &seen, deed.step, ask, &refused))
        .collect();
    let texts: Vec<_> = inputs.iter().map(|one| (one.name, one.value)).collect();
    let fields = deed
        .asks
        .into_iter()
        .zip(inputs.clone())
        .map(|(ask, one)| {
            let other = texts
                .iter()
                .find(|(name, _)| Some(*name) == ask.after)
                .map(|(_, text)| *text);
            let field = field(state, ask, one);
            match other {
                None => field,
                Some(other) => {
                    let waits = move || other.with(|text| text.trim().is_empty());
                    view! { <div hidden=attr_if(waits, "")>{field}</div> }.into_any()
                }
            }
        })
        .collect_view();
    let note = changed_meanwhile(state, &seen);
    let class = if deed.danger { "btn danger" } else { "btn primary" };
    let check = deed.check;
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let mut wrong = None;
        for one in &inputs {
            let problem = one
                .value
                .with_untracked(|text| form::problem(one.kind, one.required, text));
            if problem.is_some() {
                wrong = wrong.or(Some(one.name));
            }
            one.error.set(problem.map(str::to_owned));
        }
        let typed = Typed(inputs.iter().map(|one| one.filled()).collect());
        if wrong.is_none()
            && let Some((name, problem)) = check(&typed)
        {
            wrong = Some(name);
            let field = inputs.iter().find(|one| one.name == name);
            if let Some(field) = field {
                field.error.set(Some(problem));
            }
        }
        match wrong {
            Some(name) => drop(dom::focus(name)),
            None => submit(&typed, seen.clone()),
        }
    };
    let effects = (!deed.consequences.is_empty()).then(|| consequences("What this does", deed.consequences));
    view! {
        <Dialog title=deed.title on_close=move |()| state.asking.set(None)>
            <form class="dialog-form" novalidate on:submit=on_submit>
                {deed.about}
                {fields}
                {effects}
                {note}
                <footer class="dialog-foot">
                    <button class="btn" type="button" on:click=move |_| state.asking.set(None)>{deed.keep}</button>
                    <button class=class type="submit">{deed.confirm}</button>
                </footer>
            </form>
        </Dialog>
    }
    .into_any()
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
    let form = [step.label(), ":", ask.name].concat();
    let key = user.map(|user| mirror::reason_key(&user, &seen.order.at, &form));
    let is_file = matches!(ask.kind, Kind::File(_));
    let kept = key.as_deref().filter(|_| !is_file).and_then(mirror::text);
    let file = key.as_ref().filter(|_| is_file).and_then(|key| {
        let chosen =
            |all: &Vec<(String, Chosen)>| all.iter().find(|(form, _)| form == key).map(|(_, file)| file.clone());
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
