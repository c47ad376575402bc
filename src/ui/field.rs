//! A control with its label, its hint and its error, tied together for eye and ear.

use leptos::html;
use leptos::prelude::*;

use super::Icon;
use super::live::{attr_if, effect, live, text};

/// The child is one `<input>`, `<select>` or `<textarea>` whose id is `name`: the field's dotted
/// path in the request body (`property.zip`), so that an answer's field errors find it. The
/// control's `aria-*` attributes are set from here. A line is kept free below it, so that an
/// error moves nothing.
#[component]
pub fn Field(
    #[prop(into)] name: String,
    label: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// How many of the grid's six columns: `span-1` to `span-6`.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<html::Div>::new();
    let note = [&name, "-note"].concat();
    let described_by = note.clone();
    let invalid = move || error.with(Option::is_some);

    effect(move || {
        let invalid = invalid();
        let control = root
            .get()
            .and_then(|root| root.query_selector("input, select, textarea").ok().flatten());
        let Some(control) = control else { return };
        let set = |attribute: &str, value: &str| drop(control.set_attribute(attribute, value));
        set("aria-describedby", &described_by);
        set("aria-invalid", if invalid { "true" } else { "false" });
        set("aria-required", if required { "true" } else { "false" });
    });

    let mark = required.then(|| view! { <span class="req" aria-hidden="true">" *"</span> });
    let error = live(move || {
        error.get().map(|text| {
            view! {
                <p class="error">
                    <Icon name="alert"/>
                    <span>{text}</span>
                </p>
            }
        })
    });
    view! {
        <div class=["field ", class].concat() data-invalid=attr_if(invalid, "") node_ref=root>
            <label for=name>{label}{mark}</label>
            {children()}
            <div class="field-note" id=note>
                {error}
                <p class="hint">{text(move || hint.get())}</p>
            </div>
        </div>
    }
}
