//! The draft form's sections, the same for creating and editing.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::ids::ClientId;
use omnival_core::order::full::Fee;
use omnival_wire::reference::{self as decode, Choice};

use super::form::Form;
use crate::api::{Remote, endpoint};
use crate::console::Console;
use crate::parts::{Field, Icon};
use crate::platform::intl::{self, Style};

const PROPERTY_TYPES: [(&str, &str); 5] = [
    ("singleFamily", "Single family"),
    ("condo", "Condominium"),
    ("townhouse", "Townhouse"),
    ("multiFamily", "Multi-family (2–4 units)"),
    ("manufactured", "Manufactured home"),
];

/// Everything but the loan.
#[component]
pub fn Sections(form: Form, client: ClientId) -> impl IntoView {
    let api = Console::get().api;
    let products: Remote<Vec<Choice>> = Remote::new();
    let of = client.clone();
    products.load(async move { api.repeat(endpoint::products(&of), decode::choices).await });
    let products = Signal::derive(move || {
        products
            .value()
            .unwrap_or_default()
            .into_iter()
            .map(|choice| (choice.id, choice.name))
            .collect()
    });
    let types = Signal::derive(|| {
        PROPERTY_TYPES
            .iter()
            .map(|(key, label)| ((*key).to_owned(), (*label).to_owned()))
            .collect()
    });
    view! {
        <fieldset class="form-section">
            <legend>"Product and terms"</legend>
            <p class="section-hint">"What is appraised how, and until when."</p>
            <div class="form-grid">
                {choose(form, F::Product, "span-4", "Choose a product", products)}
                {text(form, F::DueDate, "span-2", "date", "off", "Needed before activation.")}
                {area(form, F::Instructions)}
            </div>
            <FeePreview form client/>
        </fieldset>
        <fieldset class="form-section">
            <legend>"Property"</legend>
            <p class="section-hint">"Where the appraiser goes. Fees and vendor coverage follow from it."</p>
            <div class="form-grid">
                {text(form, F::Street, "span-4", "text", "off", "")}
                {text(form, F::Unit, "span-2", "text", "off", "")}
                {text(form, F::City, "span-3", "text", "off", "")}
                {text(form, F::County, "span-3", "text", "off", "")}
                {text(form, F::State, "span-2", "text", "off", "Two letters")}
                {text(form, F::Zip, "span-2", "text", "off", "")}
                {choose(form, F::PropertyType, "span-2", "Choose a type", types)}
            </div>
        </fieldset>
        <fieldset class="form-section">
            <legend>"Borrower contact"</legend>
            <p class="section-hint">"Whom the vendor calls for access. A phone number or an e-mail address is enough."</p>
            <div class="form-grid">
                {text(form, F::ContactName, "span-6", "text", "off", "")}
                {text(form, F::ContactPhone, "span-3", "tel", "off", "")}
                {text(form, F::ContactEmail, "span-3", "email", "off", "")}
            </div>
        </fieldset>
    }
}

fn text(
    form: Form,
    field: F,
    class: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: &'static str,
) -> impl IntoView {
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() hint=hint error=form.error(field) class=class>
            <input
                id=field.path() name=field.path() type=kind autocomplete=autocomplete
                prop:value=form.signal(field) on:input=move |event| form.typed(field, event_target_value(&event))
                on:blur=move |_| if field == F::State { form.fill(field, &form.get(field).to_uppercase()); form.keep(); }
            />
        </Field>
    }
}

fn area(form: Form, field: F) -> impl IntoView {
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() error=form.error(field) class="span-6">
            <textarea id=field.path() name=field.path() rows="3" prop:value=form.signal(field) on:input=move |event| form.typed(field, event_target_value(&event))></textarea>
        </Field>
    }
}

fn choose(
    form: Form,
    field: F,
    class: &'static str,
    prompt: &'static str,
    options: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let value = form.signal(field);
    let options = move || {
        let mut all = options.get();
        let chosen = value.get();
        // What was chosen stays chosen, also while the list is still coming or no longer holds it.
        if !chosen.is_empty() && !all.iter().any(|(key, _)| *key == chosen) {
            all.push((chosen.clone(), chosen.clone()));
        }
        all.into_iter()
            .map(|(key, label)| {
                let selected = key == chosen;
                view! { <option value=key selected=selected>{label}</option> }
            })
            .collect_view()
    };
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() error=form.error(field) class=class>
            <select id=field.path() name=field.path() on:change=move |event| form.typed(field, event_target_value(&event))>
                <option value="" disabled selected=move || value.with(String::is_empty)>{prompt}</option>
                {options}
            </select>
        </Field>
    }
}

/// What the order would cost, as the platform resolves it for product and ZIP code.
#[component]
fn FeePreview(form: Form, client: ClientId) -> impl IntoView {
    let api = Console::get().api;
    let fee: Remote<Fee> = Remote::new();
    let question = Memo::new(move |_| {
        let (product, zip) = (form.signal(F::Product).get(), form.signal(F::Zip).get());
        let zip = zip.trim().to_owned();
        (!product.is_empty() && zip.len() >= 5).then_some((product, zip))
    });
    Effect::new(move |_| match question.get() {
        Some((product, zip)) => {
            let client = client.clone();
            fee.load(async move { api.repeat(endpoint::fee(&client, &product, &zip), decode::fee).await });
        }
        None => fee.clear(),
    });
    move || {
        let fee = fee.value()?;
        Some(view! {
            <p class="fee-preview num" role="status">
                <Icon name="info"/>
                <span>"Fee here: "<b>{intl::money(&fee.total)}</b>" in total (order fee "{intl::money(&fee.order)}", technology fee "{intl::money(&fee.technology)}", vendor charges "{intl::money(&fee.vendor)}")"</span>
            </p>
        })
    }
}

/// Every error, each a link to its field.
#[component]
pub fn ErrorSummary(form: Form) -> impl IntoView {
    let count = move || form.errors.with(Vec::len) + form.others.with(Vec::len);
    let heading = move || match count() {
        1 => "1 thing needs attention".to_owned(),
        count => [&count.to_string(), " things need attention"].concat(),
    };
    let items = move || {
        let fields = form.errors.get().into_iter().map(|(field, text)| {
            let to = dom_link(field);
            view! { <li><a href=["#", field.path()].concat() on:click=to>{field.label()}": "{text}</a></li> }.into_any()
        });
        let others = form
            .others
            .get()
            .into_iter()
            .map(|text| view! { <li>{text}</li> }.into_any());
        fields.chain(others).collect::<Vec<_>>()
    };
    view! {
        <Show when=move || { count() > 0 }>
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1">
                <Icon name="alert"/>
                <div><h2>{heading}</h2><ul>{items}</ul></div>
            </div>
        </Show>
    }
}

/// Leads to the field without touching the address.
fn dom_link(field: F) -> impl Fn(leptos::ev::MouseEvent) {
    move |event| {
        event.prevent_default();
        crate::platform::dom::focus(field.path());
    }
}

/// Whether, and since when, this device keeps what was typed.
#[component]
pub fn KeptNote(form: Form) -> impl IntoView {
    let words = move || {
        form.kept.get().map(|(at, kept)| {
            if kept {
                view! { <Icon name="check"/>"Kept on this device "<span class="num">{intl::at(at, Style::Seconds)}</span> }.into_any()
            } else {
                view! { <Icon name="alert"/>"This browser does not keep it: leaving loses what you typed" }.into_any()
            }
        })
    };
    view! { <p class="kept" role="status">{words}</p> }
}
