//! The draft form's fields, the same for creating and editing.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::draft::steps::Step;

use super::form::Form;
use super::form_choices::FormChoices;
use super::property_types::PROPERTY_TYPES;
use super::steps::{Steps, leads_to, section};
use crate::console::FailureNote;
use crate::platform::intl::{self, Style};
use crate::ui::live::{flag, live, text, when};
use crate::ui::{Field, Icon};

/// The steps between the loan and the review.
pub fn sections(form: Form, steps: Steps, choices: FormChoices) -> AnyView {
    let types = Signal::derive(|| {
        PROPERTY_TYPES
            .iter()
            .map(|(key, label)| ((*key).to_owned(), (*label).to_owned()))
            .collect()
    });
    let property = view! {
        <div class="form-grid">
            {line(form, F::Street, "span-4", "text", "")}
            {line(form, F::Unit, "span-2", "text", "")}
            {line(form, F::City, "span-3", "text", "")}
            {line(form, F::County, "span-3", "text", "")}
            {line(form, F::State, "span-2", "text", "Two letters")}
            {line(form, F::Zip, "span-2", "text", "")}
            {choose(form, F::PropertyType, "span-2", "Choose a type", types, Signal::stored(String::new()))}
        </div>
    };
    let contact = view! {
        <div class="form-grid">
            {line(form, F::ContactName, "span-6", "text", "")}
            {line(form, F::ContactPhone, "span-3", "tel", "")}
            {line(form, F::ContactEmail, "span-3", "email", "")}
        </div>
    };
    let about_contact = "Whom the vendor calls for access. A phone number or an e-mail address is enough.";
    let about_property = "Where the appraiser goes. Fees and vendor coverage follow from it.";
    view! {
        {section(steps, Step::Property, "Property", about_property, property.into_any())}
        {vendor(form, steps, choices)}
        {conditions(form, steps, choices)}
        {section(steps, Step::Contacts, "Borrower contact", about_contact, contact.into_any())}
    }
    .into_any()
}

fn vendor(form: Form, steps: Steps, choices: FormChoices) -> AnyView {
    let vendors = Signal::derive(move || {
        let vendors = choices.vendors.value().unwrap_or_default();
        vendors.into_iter().map(|vendor| (vendor.id, vendor.name)).collect()
    });
    let hint = Signal::derive(move || {
        if form.signal(F::Vendor).with(String::is_empty) {
            "The order waits for a vendor once it is activated.".to_owned()
        } else {
            "Assigned at activation, if eligible then; otherwise the order waits for a vendor.".to_owned()
        }
    });
    let content = view! {
        <div class="form-grid">{choose(form, F::Vendor, "span-4", "Left to assignment", vendors, hint)}</div>
        <FailureNote failure=choices.vendors.failure() about=choices.about() again=move |()| choices.read_vendors()/>
    };
    let about = "Pick one of the panel in advance, or leave it to whoever assigns the order.";
    section(steps, Step::Vendor, "Vendor", about, content.into_any())
}

fn conditions(form: Form, steps: Steps, choices: FormChoices) -> AnyView {
    let products = Signal::derive(move || {
        let products = choices.products.value().unwrap_or_default();
        products.into_iter().map(|product| (product.id, product.name)).collect()
    });
    let hint = Signal::derive(move || {
        let product = choices.product(&form.signal(F::Product).get());
        product.map(|product| product.description).unwrap_or_default()
    });
    let content = view! {
        <div class="form-grid">
            {choose(form, F::Product, "span-4", "Choose a product", products, hint)}
            {line(form, F::DueDate, "span-2", "date", "Needed before activation.")}
            {area(form, F::Instructions)}
        </div>
        <FailureNote failure=choices.products.failure() about=choices.about() again=move |()| choices.read_products()/>
        {choices.fee_line()}
    };
    let about = "What is appraised how, and until when.";
    section(
        steps,
        Step::Conditions,
        "Product and conditions",
        about,
        content.into_any(),
    )
}

fn line(form: Form, field: F, class: &'static str, kind: &'static str, hint: &'static str) -> AnyView {
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() hint=hint error=form.error(field) class=class>
            <input
                id=field.path() name=field.path() type=kind autocomplete="off"
                prop:value=form.signal(field) on:input=move |event| form.typed(field, event_target_value(&event))
                on:blur=move |_| if field == F::State { form.fill(field, &form.get(field).to_uppercase()); form.keep(); }
            />
        </Field>
    }
    .into_any()
}

fn area(form: Form, field: F) -> AnyView {
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() error=form.error(field) class="span-6">
            <textarea id=field.path() name=field.path() rows="3" prop:value=form.signal(field) on:input=move |event| form.typed(field, event_target_value(&event))></textarea>
        </Field>
    }
    .into_any()
}

fn choose(
    form: Form,
    field: F,
    class: &'static str,
    prompt: &'static str,
    options: Signal<Vec<(String, String)>>,
    hint: Signal<String>,
) -> AnyView {
    let value = form.signal(field);
    let options = move || {
        let mut all = options.get();
        let chosen = value.get();
        // What was chosen stays chosen, also while the list is still coming or no longer holds it.
        if !chosen.is_empty() && !all.iter().any(|(key, _)| *key == chosen) {
            all.push((chosen.clone(), chosen));
        }
        all.into_iter()
            .map(|(key, label)| {
                let of = key.clone();
                // The property: an attribute is without effect once the operator has chosen.
                let chosen = flag(move || value.with(|value| *value == of));
                view! { <option value=key prop:selected=chosen>{label}</option> }
            })
            .collect_view()
    };
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() hint=hint error=form.error(field) class=class>
            <select id=field.path() name=field.path() on:change=move |event| form.typed(field, event_target_value(&event))>
                <option value="" disabled=field.is_required() prop:selected=flag(move || value.with(String::is_empty))>{prompt}</option>
                {live(options)}
            </select>
        </Field>
    }
    .into_any()
}

/// Every error, each a link to its field.
pub fn error_summary(form: Form) -> AnyView {
    let count = move || form.errors.with(Vec::len) + form.others.with(Vec::len);
    let heading = move || match count() {
        1 => "1 thing needs attention".to_owned(),
        count => [&count.to_string(), " things need attention"].concat(),
    };
    let items = move || {
        let fields = form.errors.get().into_iter().map(|(field, text)| {
            let words = [field.label(), ": ", &text].concat();
            view! { <li><a href=["#", field.path()].concat() on:click=leads_to(field.path())>{words}</a></li> }
                .into_any()
        });
        let others = form.others.get().into_iter().map(|other| match other.at {
            Some(id) => view! { <li><a href=["#", id].concat() on:click=leads_to(id)>{other.text}</a></li> }.into_any(),
            None => view! { <li>{other.text}</li> }.into_any(),
        });
        fields.chain(others).collect::<Vec<_>>()
    };
    let summary = move || {
        view! {
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1">
                <Icon name="alert"/>
                <div><h2>{text(heading)}</h2><ul>{live(items)}</ul></div>
            </div>
        }
    };
    when(move || count() > 0, summary).into_any()
}

/// Whether, and since when, this device keeps what was typed.
pub fn kept_note(form: Form) -> AnyView {
    let words = live(move || {
        form.kept.get().map(|(at, kept)| {
            if kept {
                view! { <Icon name="check"/>"Kept on this device "<span class="num">{intl::at(at, Style::Seconds)}</span> }.into_any()
            } else {
                view! { <Icon name="alert"/>"This browser does not keep it: leaving loses what you typed" }.into_any()
            }
        })
    });
    view! { <p class="kept" role="status">{words}</p> }.into_any()
}
