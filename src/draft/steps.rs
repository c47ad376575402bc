//! The draft's steps beside its form: what each still needs, and the way there. Everything stays on one page; a step is
//! a place in it, never a gate.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::draft::steps::{Gap, State, Step, gaps, states};

use super::form::Form;
use crate::platform::dom;
use crate::ui::Icon;
use crate::ui::live::{attr_if, live};

/// A handle to one form's steps.
#[derive(Clone, Copy)]
pub struct Steps {
    states: Memo<Vec<(Step, State)>>,
    pub gaps: Memo<Vec<Gap>>,
    /// Where the operator is.
    here: RwSignal<Option<Step>>,
}

impl Steps {
    /// `questions` is what the review asks beside the fields.
    pub fn of(form: Form, questions: Signal<usize>) -> Self {
        let value = move |field: F| form.signal(field).get();
        Self {
            states: Memo::new(move |_| {
                let refused: Vec<_> = form
                    .errors
                    .with(|errors| errors.iter().map(|(field, _)| *field).collect());
                states(value, &refused, questions.get()).to_vec()
            }),
            gaps: Memo::new(move |_| gaps(value)),
            here: RwSignal::new(None),
        }
    }
}

const fn anchor(step: Step) -> &'static str {
    match step {
        Step::Loan => "step-loan",
        Step::Property => "step-property",
        Step::Vendor => "step-vendor",
        Step::Conditions => "step-conditions",
        Step::Contacts => "step-contacts",
        Step::Review => "step-review",
    }
}

/// Leads to a place on this page without touching the address.
pub fn leads_to(id: &'static str) -> impl Fn(leptos::ev::MouseEvent) {
    move |event| {
        event.prevent_default();
        dom::focus(id);
    }
}

/// The part of the form that belongs to one step.
pub fn section(steps: Steps, step: Step, title: &'static str, hint: &'static str, content: AnyView) -> AnyView {
    view! {
        <fieldset class="form-section" id=anchor(step) tabindex="-1" on:focusin=move |_| steps.here.set(Some(step))>
            <legend>{title}</legend>
            <p class="section-hint">{hint}</p>
            {content}
        </fieldset>
    }
    .into_any()
}

/// The list of the steps, each a link to its part of the form.
pub fn step_list(steps: Steps) -> AnyView {
    let items: Vec<_> = Step::ALL.into_iter().map(|step| item(steps, step)).collect();
    view! { <nav class="step-list scroll" aria-label="Steps"><ol>{items}</ol></nav> }.into_any()
}

fn item(steps: Steps, step: Step) -> AnyView {
    let state = Memo::new(move |_| {
        let found = steps
            .states
            .with(|states| states.iter().find(|(of, _)| *of == step).copied());
        found.map_or(State::Complete, |(_, state)| state)
    });
    let shown = live(move || {
        let state = state.get();
        let sign = match state {
            State::Complete => view! { <Icon name="check"/> }.into_any(),
            State::Wrong(_) => view! { <Icon name="alert"/> }.into_any(),
            State::Optional => ().into_any(),
            // The words beside it say so too.
            State::ToGo(count) => view! { <span class="num" aria-hidden="true">{count}</span> }.into_any(),
        };
        view! {
            <span class="step-mark" data-state=state.mark()>{sign}</span>
            <span class="step-name">{step.label()}<span class="vh">": "</span><span class="sub">{state.words()}</span></span>
        }
    });
    let here = attr_if(move || steps.here.get() == Some(step), "step");
    view! { <li><a href=["#", anchor(step)].concat() aria-current=here on:click=leads_to(anchor(step))>{shown}</a></li> }
        .into_any()
}
