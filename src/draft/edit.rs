//! Editing a draft. Each section is a full replacement, so saving may be repeated; what a colleague changed meanwhile
//! is merged field by field and never overwritten silently.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use omnival_core::draft::{Field as F, Merged, merge};
use omnival_core::order::full::Contact as Known;
use omnival_core::order::{Order, Status};
use omnival_wire::order as decode;
use omnival_wire::request::Contact;

use super::fields::{ErrorSummary, KeptNote, Sections};
use super::form::Form;
use super::mirror;
use crate::api::{Api, Failure, Remote, endpoint};
use crate::app::Whole;
use crate::console::{Console, client_in_address};
use crate::parts::{Icon, Skeleton};
use crate::platform::page;
use crate::recovery::{About, FailureNote};
use crate::routes;

#[component]
pub fn EditDraft() -> impl IntoView {
    let console = Console::get();
    let params = use_params_map();
    let client = client_in_address(params);
    let id = Memo::new(move |_| params.with(|params| params.get("order")).unwrap_or_default());
    let order: Remote<Order> = Remote::new();
    page::set_title("Edit draft");
    let load = move || {
        let (client, id) = (client.get(), id.get());
        order.load(async move {
            console
                .api
                .repeat(endpoint::find_order(&client, &id), decode::order)
                .await
        });
    };
    Effect::new(move |_| load());
    // Signing in again reads what could not be read before; what is being edited is left alone.
    console.on_return(move || {
        if order.with_untracked(|order| order.value.is_none()) {
            untrack(load);
        }
    });
    // Read once: what is being typed is never replaced by a later read.
    let first = Memo::new(move |_| order.value());
    let about = Signal::derive(move || About {
        client: Some(client.get().as_str().to_owned()),
        order: Some(id.get()),
    });
    view! {
        <FailureNote failure=order.failure() about again=move |()| untrack(load)/>
        <Show when=move || order.is_awaited()><Skeleton lines=12/></Show>
        {move || first.get().map(|order| {
            if order.status == Status::Draft {
                return view! { <EditForm order/> }.into_any();
            }
            let now = ["It is now “", &order.status.label(), "”. Open it to see who activated it, and what is possible now."];
            view! { <Whole heading="This order is no draft any more" text=now.concat()/> }.into_any()
        })}
    }
}

/// The order's value of each field of the form.
fn value_of(order: &Order, field: F) -> String {
    let property = order.property.as_ref();
    let borrower = order
        .contacts
        .iter()
        .find(|contact| contact.role == "borrower")
        .or(order.contacts.first());
    let text = match field {
        F::Loan => Some(order.at.loan.as_str()),
        F::Product => order.product.as_ref().map(|product| product.id.as_str()),
        F::Street => property.map(|property| property.street.as_str()),
        F::Unit => property.and_then(|property| property.unit.as_deref()),
        F::City => property.map(|property| property.city.as_str()),
        F::County => property.map(|property| property.county.as_str()),
        F::State => property.map(|property| property.state.as_str()),
        F::Zip => property.map(|property| property.zip.as_str()),
        F::PropertyType => property.map(|property| property.kind.as_str()),
        F::ContactName => borrower.map(|contact| contact.name.as_str()),
        F::ContactEmail => borrower.and_then(|contact| contact.email.as_deref()),
        F::ContactPhone => borrower.and_then(|contact| contact.phone.as_deref()),
        F::DueDate => order.due_date.as_deref(),
        F::Instructions => order.instructions.as_deref(),
    };
    text.unwrap_or_default().to_owned()
}

const PROPERTY: [F; 7] = [
    F::Street,
    F::Unit,
    F::City,
    F::County,
    F::State,
    F::Zip,
    F::PropertyType,
];
const CONTACT: [F; 3] = [F::ContactName, F::ContactEmail, F::ContactPhone];
const CONDITIONS: [F; 3] = [F::Product, F::DueDate, F::Instructions];

#[component]
fn EditForm(order: Order) -> impl IntoView {
    let console = Console::get();
    let key = console
        .user_now()
        .map(|user| mirror::edit_key(&user.id, order.at.order.as_str()))
        .unwrap_or_default();
    let form = Form::new(key);
    for field in F::ALL {
        form.fill(*field, &value_of(&order, *field));
    }
    let restored = form.restore();
    // The loan of an order never changes, whatever an old mirror says.
    form.fill(F::Loan, order.at.loan.as_str());
    let title = order.title();
    let at = StoredValue::new(order.at.clone());
    let client = order.at.client.clone();
    // What editing began from: moves on with each section that arrives, and when a colleague's changes are merged.
    let base = StoredValue::new(order);
    let failure = RwSignal::new(None::<Failure>);
    let overlaps = RwSignal::new(None::<Vec<(F, String)>>);
    let busy = RwSignal::new(false);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !form.check() {
            return;
        }
        busy.set(true);
        failure.set(None);
        overlaps.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let end = save(console, form, base).await;
            let _ = busy.try_set(false);
            match end {
                Ok(()) => {
                    form.forget();
                    console.toaster.done("The draft was saved.");
                    navigate(
                        &routes::order(&at.get_value()),
                        NavigateOptions {
                            replace: true,
                            ..NavigateOptions::default()
                        },
                    );
                }
                Err(failed) => {
                    if failed.status() == Some(409) {
                        let merged = reread(console.api, form, base).await;
                        let _ = overlaps.try_set(merged);
                    }
                    if let Some(answer) = failed.reply.answer() {
                        form.show(&answer.problem);
                    }
                    let _ = failure.try_set(Some(failed));
                }
            }
        });
    };
    let plain = Signal::derive(move || failure.get().filter(|_| overlaps.with(Option::is_none)));
    let about = Signal::derive(move || About::from(&at.get_value()));
    let note = move || overlaps.get().map(|overlaps| merged(&overlaps));
    let discard = move |_| {
        form.forget();
        let navigate = use_navigate();
        navigate(&routes::order(&at.get_value()), NavigateOptions::default());
    };
    view! {
        <form class="form" novalidate on:submit=submit>
            <header class="page-head">
                <nav class="crumb" aria-label="Back"><a href=move || routes::order(&at.get_value())><Icon name="arrow-left"/>{title.clone()}</a></nav>
                <h1>"Edit draft"</h1>
            </header>
            {restored.then(|| view! {
                <div class="note" data-tone="info" role="status"><Icon name="info"/><div><p class="strong">"What you typed earlier is back."</p><p>"It was kept on this device and has not been saved. Discard it to start from the saved draft."</p></div></div>
            })}
            {note}
            <FailureNote failure=plain about/>
            <ErrorSummary form/>
            <Sections form client/>
            <footer class="form-actions">
                <KeptNote form/>
                <button class="btn" type="button" on:click=discard>"Discard changes"</button>
                <button class="btn primary" type="submit" aria-busy=move || busy.get().then_some("true")>"Save draft"</button>
            </footer>
        </form>
    }
}

fn merged(overlaps: &[(F, String)]) -> impl IntoView + use<> {
    let items: Vec<_> = overlaps
        .iter()
        .map(|(field, theirs)| {
            let theirs = if theirs.is_empty() { "nothing".to_owned() } else { ["“", theirs, "”"].concat() };
            view! { <li data-fits="no"><b>{field.label()}</b><span>"Saved by a colleague: "{theirs}". Yours is in the form."</span></li> }
        })
        .collect();
    let next = if items.is_empty() {
        "Nothing overlaps: their changes are in the form beside yours. Look it over, then save again."
    } else {
        "Decide each of these in the form, then save again. What does not overlap is merged already."
    };
    view! {
        <div class="note" data-tone="warn" role="alert">
            <Icon name="alert"/>
            <div>
                <p class="strong">"A colleague saved this draft while you were editing it. Yours was not saved yet, and nothing you typed is lost."</p>
                <p>{next}</p>
                <ul class="merge">{items}</ul>
            </div>
        </div>
    }
}

/// Saves the sections that differ from the base, one after the other, each fenced by the version before it.
async fn save(console: Console, form: Form, base: StoredValue<Order>) -> Result<(), Failure> {
    let api = console.api;
    let differs = |fields: &[F]| {
        let order = base.get_value();
        fields
            .iter()
            .any(|field| value_of(&order, *field).trim() != form.get(*field).trim())
    };
    let texts = form.texts();
    let at = base.get_value().at;
    let fence = || {
        base.get_value()
            .version
            .filter(|_| api.config.with_value(|config| config.fence))
    };
    if differs(&CONDITIONS) {
        let saved = api
            .repeat(
                endpoint::save_conditions(&at, texts.conditions(), fence()),
                decode::order,
            )
            .await?;
        base.set_value(saved);
    }
    if differs(&PROPERTY) {
        let saved = api
            .repeat(endpoint::save_property(&at, texts.property(), fence()), decode::order)
            .await?;
        base.set_value(saved);
    }
    if differs(&CONTACT) {
        let known = base.get_value().contacts;
        let others = known.iter().filter(|contact| contact.role != "borrower").map(as_sent);
        let contacts = std::iter::once(texts.borrower()).chain(others).collect();
        let saved = api
            .repeat(endpoint::save_contacts(&at, contacts, fence()), decode::order)
            .await?;
        base.set_value(saved);
    }
    Ok(())
}

fn as_sent(contact: &Known) -> Contact<'_> {
    Contact {
        role: &contact.role,
        name: &contact.name,
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}

/// Reads the draft as it is now and merges it into the form. Gives the fields that both sides changed; `None` when it
/// could not be read.
async fn reread(api: Api, form: Form, base: StoredValue<Order>) -> Option<Vec<(F, String)>> {
    let before = base.try_get_value()?;
    let now = api.repeat(endpoint::read_order(&before.at), decode::order).await.ok()?;
    if now.status != Status::Draft {
        return None;
    }
    let mut overlaps = Vec::new();
    for field in F::ALL {
        let theirs = value_of(&now, *field);
        match merge(&value_of(&before, *field), &form.get(*field), &theirs) {
            Merged::Same | Merged::Mine => {}
            Merged::Theirs => form.fill(*field, &theirs),
            Merged::Overlap => overlaps.push((*field, theirs)),
        }
    }
    form.keep();
    base.set_value(now);
    Some(overlaps)
}
