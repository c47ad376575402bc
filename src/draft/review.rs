//! The last step: what will be sent, in short; what is still missing, each a link to its field; the fee; and whether
//! there is such an order already.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::draft::steps::{Gap, Step, Until};

use super::duplicates::Duplicates;
use super::form::Form;
use super::form_choices::FormChoices;
use super::steps::{Steps, leads_to, section};
use crate::ui::Icon;
use crate::ui::live::live;

pub fn review(form: Form, steps: Steps, choices: FormChoices, duplicates: Duplicates) -> AnyView {
    let content = view! {
        <div class="review">
            <section aria-labelledby="review-sent">
                <h3 id="review-sent">"In short"</h3>
                {summary(form, choices)}
            </section>
            <section aria-labelledby="review-fee">
                <h3 id="review-fee">"Fee"</h3>
                {choices.fee_rows()}
            </section>
            <section aria-labelledby="review-missing">
                <h3 id="review-missing">"Still missing"</h3>
                {missing(steps)}
            </section>
            <section aria-labelledby="review-twins">
                <h3 id="review-twins">"Orders like this one"</h3>
                {duplicates.panel()}
            </section>
        </div>
    };
    let hint = "What is sent, what it still lacks, and whether there is such an order already.";
    section(steps, Step::Review, "Review", hint, content.into_any())
}

fn summary(form: Form, choices: FormChoices) -> AnyView {
    let text = move |field: F| form.signal(field).get().trim().to_owned();
    let joined = |parts: Vec<String>, between: &str| {
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    let rows = live(move || {
        let region = joined(vec![text(F::State), text(F::Zip)], " ");
        let property = vec![text(F::Street), text(F::Unit), text(F::City), region];
        let contact = vec![text(F::ContactName), text(F::ContactPhone), text(F::ContactEmail)];
        let chosen = |field: F| choices.words(field, &text(field));
        let vendor = chosen(F::Vendor);
        let vendor = if vendor.is_empty() {
            "Left to assignment".to_owned()
        } else {
            vendor
        };
        let facts = [
            ("Loan", form.loan_label.get()),
            ("Property", joined(property, ", ")),
            ("Type", chosen(F::PropertyType)),
            ("Vendor", vendor),
            ("Product", chosen(F::Product)),
            ("Due date", chosen(F::DueDate)),
            ("Instructions", text(F::Instructions)),
            ("Contact", joined(contact, " · ")),
        ];
        facts
            .into_iter()
            .map(|(name, value)| {
                let value = if value.is_empty() {
                    view! { <span class="muted">"Not entered"</span> }.into_any()
                } else {
                    value.into_any()
                };
                view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
            })
            .collect_view()
    });
    view! { <dl class="facts">{rows}</dl> }.into_any()
}

fn missing(steps: Steps) -> AnyView {
    let shown = live(move || {
        let gaps = steps.gaps.get();
        if gaps.is_empty() {
            let words = "Nothing: it can be created, and activated afterwards.";
            return view! { <p class="row"><Icon name="check"/>{words}</p> }.into_any();
        }
        let of = |until: Until| {
            gaps.iter()
                .filter(|gap| gap.until == until)
                .copied()
                .collect::<Vec<_>>()
        };
        view! {
            {list("Before it can be created", of(Until::Created))}
            {list("Before it can be activated", of(Until::Activated))}
        }
        .into_any()
    });
    view! { <div class="gaps">{shown}</div> }.into_any()
}

fn list(title: &'static str, gaps: Vec<Gap>) -> Option<AnyView> {
    let items: Vec<_> = gaps
        .into_iter()
        .map(|gap| {
            let path = gap.field.path();
            view! {
                <li data-wrong=gap.wrong.then_some("")>
                    <a href=["#", path].concat() on:click=leads_to(path)>{gap.field.label()}</a>
                    <span class="sub">{gap.text}</span>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <h4>{title}</h4><ul class="records">{items}</ul> }.into_any())
}
