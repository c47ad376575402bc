//! The draft form's sections, the same for creating and editing.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::ids::ClientId;
use omnival_core::money::Money;
use omnival_core::order::full::Fee;
use omnival_wire::reference::{self as decode, Choice};

use super::form::Form;
use crate::api::{Remote, endpoint};
use crate::console::Console;
use crate::parts::live::{effect, flag, live, text, when};
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
pub fn sections(form: Form, client: ClientId) -> AnyView {
    let api = Console::get().api;
    let products: Remote<Vec<Choice>> = Remote::new();
    products.load(api, endpoint::products(&client), decode::choices);
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
                {line(form, F::DueDate, "span-2", "date", "off", "Needed before activation.")}
                {area(form, F::Instructions)}
            </div>
            {fee_preview(form, client)}
        </fieldset>
        <fieldset class="form-section">
            <legend>"Property"</legend>
            <p class="section-hint">"Where the appraiser goes. Fees and vendor coverage follow from it."</p>
            <div class="form-grid">
                {line(form, F::Street, "span-4", "text", "off", "")}
                {line(form, F::Unit, "span-2", "text", "off", "")}
                {line(form, F::City, "span-3", "text", "off", "")}
                {line(form, F::County, "span-3", "text", "off", "")}
                {line(form, F::State, "span-2", "text", "off", "Two letters")}
                {line(form, F::Zip, "span-2", "text", "off", "")}
                {choose(form, F::PropertyType, "span-2", "Choose a type", types)}
            </div>
        </fieldset>
        <fieldset class="form-section">
            <legend>"Borrower contact"</legend>
            <p class="section-hint">"Whom the vendor calls for access. A phone number or an e-mail address is enough."</p>
            <div class="form-grid">
                {line(form, F::ContactName, "span-6", "text", "off", "")}
                {line(form, F::ContactPhone, "span-3", "tel", "off", "")}
                {line(form, F::ContactEmail, "span-3", "email", "off", "")}
            </div>
        </fieldset>
    }
    .into_any()
}

fn line(
    form: Form,
    field: F,
    class: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: &'static str,
) -> AnyView {
    view! {
        <Field name=field.path() label=field.label() required=field.is_required() hint=hint error=form.error(field) class=class>
            <input
                id=field.path() name=field.path() type=kind autocomplete=autocomplete
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
                <option value="" disabled prop:selected=flag(move || value.with(String::is_empty))>{prompt}</option>
                {live(options)}
            </select>
        </Field>
    }
    .into_any()
}

/// What the order would cost, as the platform resolves it for product and ZIP code.
fn fee_preview(form: Form, client: ClientId) -> AnyView {
    let api = Console::get().api;
    let fee: Remote<Fee> = Remote::new();
    let question = Memo::new(move |_| {
        let (product, zip) = (form.signal(F::Product).get(), form.signal(F::Zip).get());
        let zip = zip.trim().to_owned();
        (!product.is_empty() && zip.len() >= 5).then_some((product, zip))
    });
    effect(move || match question.get() {
        Some((product, zip)) => fee.load(api, endpoint::fee(&client, &product, &zip), decode::fee),
        None => fee.clear(),
    });
    live(move || {
        let fee = fee.value()?;
        let row =
            |name: &'static str, amount: Option<&Money>| amount.map(|amount| [name, &intl::money(amount)].concat());
        let rows = [
            row("order fee ", fee.order.as_ref()),
            row("technology fee ", fee.technology.as_ref()),
            row("vendor charges ", Some(&fee.vendor)),
        ];
        let rows = rows.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let total = fee.total.as_ref()?;
        Some(view! {
            <p class="fee-preview num" role="status">
                <Icon name="info"/>
                <span>"Fee here: "<b>{intl::money(total)}</b>" in total ("{rows}")"</span>
            </p>
        })
    })
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
            view! { <li><a href=["#", field.path()].concat() on:click=dom_link(field)>{words}</a></li> }.into_any()
        });
        let others = form
            .others
            .get()
            .into_iter()
            .map(|text| view! { <li>{text}</li> }.into_any());
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

/// Leads to the field without touching the address.
fn dom_link(field: F) -> impl Fn(leptos::ev::MouseEvent) {
    move |event| {
        event.prevent_default();
        crate::platform::dom::focus(field.path());
    }
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
