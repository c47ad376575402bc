//! Editing a draft. Each section is a full replacement, so saving may be repeated; what a colleague changed meanwhile
//! is merged field by field and never overwritten silently.

use leptos::prelude::*;
use omnival_core::draft::steps::Step;
use omnival_core::draft::{Field as F, Merged, merge};
use omnival_core::ids::ClientId;
use omnival_core::order::full::Contact as Known;
use omnival_core::order::{Order, Status};
use omnival_wire::order as decode;
use omnival_wire::request::Contact;

use super::fields::{error_summary, kept_note, sections};
use super::form::Form;
use super::like::loan_label;
use super::loan::loan_known;
use super::mirror;
use super::offer::Offer;
use super::review::review;
use super::steps::{Steps, step_list};
use super::twins::Twins;
use crate::api::{Api, Failure, Remote, endpoint};
use crate::app::whole;
use crate::console::Console;
use crate::parts::live::{attr_if, live, steady, when};
use crate::parts::{Icon, Skeleton};
use crate::platform::{dom, page, task};
use crate::recovery::{About, FailureNote};
use crate::routes;

#[component]
pub fn EditDraft(client: ClientId, id: String) -> impl IntoView {
    let console = Console::get();
    let order: Remote<Order> = Remote::new();
    page::set_title("Edit draft");
    let about = About {
        client: Some(client.as_str().to_owned()),
        order: Some(id.clone()),
    };
    let load = move || order.load(console.api, endpoint::find_order(&client, &id), decode::order);
    load();
    // Signing in again reads what could not be read before; what is being edited is left alone.
    let again = load.clone();
    console.on_return(move || {
        if order.with_untracked(|order| order.value.is_none()) {
            again();
        }
    });
    // Read once: what is being typed is never replaced by a later read.
    let there = steady(move || order.with(|order| order.value.is_some()));
    let form = live(move || {
        there.get();
        let order = order.value_untracked()?;
        if order.status == Status::Draft {
            return Some(edit_form(console, order));
        }
        let now = [
            "It is now “",
            &order.status.label(),
            "”. Open it to see who activated it, and what is possible now.",
        ];
        Some(whole("This order is no draft any more", now.concat()))
    });
    view! {
        <FailureNote failure=order.failure() about again=move |()| load()/>
        {when(move || order.is_awaited(), || view! { <Skeleton lines=12/> })}
        {form}
    }
}

fn edit_form(console: Console, order: Order) -> AnyView {
    let key = console
        .user_now()
        .map(|user| mirror::edit_key(&user.id, order.at.order.as_str()))
        .unwrap_or_default();
    let form = Form::new(key);
    for field in F::ALL {
        form.fill(*field, &field.value_in(&order));
    }
    let restored = form.restore();
    // The loan of an order never changes, whatever an old mirror says.
    form.fill(F::Loan, order.at.loan.as_str());
    form.loan_label.set(loan_label(&order));
    let offer = Offer::new(form, order.at.client.clone());
    let twins = Twins::new(form, offer, order.at.client.clone(), Some(order.at.order.clone()));
    let steps = Steps::of(form, twins.questions());
    lead_to_asked_field(console);
    let title = order.title();
    let at = StoredValue::new(order.at.clone());
    // What editing began from: moves on with each section that arrives, and when a colleague's changes are merged.
    let base = StoredValue::new(order);
    let failure = RwSignal::new(None::<Failure>);
    let clash = RwSignal::new(None::<Clash>);
    let busy = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !form.check(None) {
            return;
        }
        busy.set(true);
        failure.set(None);
        clash.set(None);
        task::spawn(async move {
            let end = save(console, form, base).await;
            let _ = busy.try_set(false);
            match end {
                Ok(()) => {
                    form.forget();
                    console.toaster.done("The draft was saved.");
                    console.router.replace(&routes::order(&at.get_value()));
                }
                Err(failed) => {
                    if failed.status() == Some(409) {
                        let found = reread(console.api, form, base).await;
                        let _ = clash.try_set(found);
                    }
                    if let Some(answer) = failed.reply.answer() {
                        form.show(&answer.problem);
                    }
                    let _ = failure.try_set(Some(failed));
                }
            }
        });
    };
    let plain = Signal::derive(move || failure.get().filter(|_| clash.with(Option::is_none)));
    let about = Signal::derive(move || About::from(&at.get_value()));
    let note = move || clash.get().map(|clash| clash_note(&clash, offer));
    let discard = move |_| {
        form.forget();
        console.router.go(&routes::order(&at.get_value()));
    };
    view! {
        <form class="form stepped" novalidate on:submit=submit>
            <header class="page-head">
                <nav class="crumb" aria-label="Back"><a href=routes::order(&at.get_value())><Icon name="arrow-left"/>{title.clone()}</a></nav>
                <h1>"Edit draft"</h1>
            </header>
            {step_list(steps)}
            <div class="step-body">
            {restored.then(|| view! {
                <div class="note" data-tone="info" role="status"><Icon name="info"/><div><p class="strong">"What you typed earlier is back."</p><p>"It was kept on this device and has not been saved. Discard it to start from the saved draft."</p></div></div>
            })}
            {live(note)}
            <FailureNote failure=plain about/>
            {error_summary(form)}
            {loan_known(form, steps)}
            {sections(form, steps, offer)}
            {review(form, steps, offer, twins)}
            <footer class="form-actions">
                {kept_note(form)}
                <button class="btn" type="button" on:click=discard>"Discard changes"</button>
                <button class="btn primary" type="submit" aria-busy=attr_if(move || busy.get(), "true")>"Save draft"</button>
            </footer>
            </div>
        </form>
    }
    .into_any()
}

/// The address may name the field for which the operator came here.
fn lead_to_asked_field(console: Console) {
    let asked = console.router.param_now(routes::FIELD);
    if let Some(field) = asked.and_then(|path| F::of_path(&path)) {
        request_animation_frame(move || {
            dom::focus(field.path());
        });
    }
}

/// What a colleague did to the draft while it was being edited here.
#[derive(Clone, PartialEq)]
enum Clash {
    /// Saved it too. The fields that both changed, with the colleague's text.
    Merged(Vec<(F, String)>),
    /// It is no draft any more.
    Activated(Box<Order>),
}

fn clash_note(clash: &Clash, offer: Offer) -> AnyView {
    let overlaps = match clash {
        Clash::Merged(overlaps) => overlaps,
        Clash::Activated(order) => return activated_note(order),
    };
    let items: Vec<_> = overlaps
        .iter()
        .map(|(field, theirs)| {
            let theirs = if theirs.is_empty() { "nothing".to_owned() } else { ["“", &offer.words(*field, theirs), "”"].concat() };
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
    .into_any()
}

fn activated_note(order: &Order) -> AnyView {
    let happened = [
        "This order is no draft any more: it is now “",
        &order.status.label(),
        "”. What you changed here was not saved, and is kept.",
    ];
    view! {
        <div class="note" data-tone="warn" role="alert">
            <Icon name="alert"/>
            <div>
                <p class="strong">{happened.concat()}</p>
                <p>"Open the order to see who activated it and when, and what can still be changed."</p>
            </div>
            <div class="row"><a class="btn small" href=routes::order(&order.at)>"Open the order"</a></div>
        </div>
    }
    .into_any()
}

/// Saves the sections that differ from the base, one after the other, each fenced by the version before it.
async fn save(console: Console, form: Form, base: StoredValue<Order>) -> Result<(), Failure> {
    let api = console.api;
    let differs = |step: Step| {
        let order = base.get_value();
        step.fields()
            .iter()
            .any(|field| field.value_in(&order).trim() != form.get(*field).trim())
    };
    let texts = form.texts();
    let at = base.get_value().at;
    let fence = || {
        base.get_value()
            .version
            .filter(|_| api.config.with_value(|config| config.fence))
    };
    if differs(Step::Conditions) {
        let saved = api
            .repeat(
                endpoint::save_conditions(&at, texts.conditions(), fence()),
                decode::order,
            )
            .await?;
        base.set_value(saved);
    }
    if differs(Step::Property) {
        let saved = api
            .repeat(endpoint::save_property(&at, texts.property(), fence()), decode::order)
            .await?;
        base.set_value(saved);
    }
    if differs(Step::Vendor) {
        let saved = api
            .repeat(endpoint::save_vendor(&at, texts.vendor(), fence()), decode::order)
            .await?;
        base.set_value(saved);
    }
    if differs(Step::Contacts) {
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

/// Reads the draft as it is now and merges it into the form. `None` when it could not be read.
async fn reread(api: Api, form: Form, base: StoredValue<Order>) -> Option<Clash> {
    let before = base.try_get_value()?;
    let now = api.repeat(endpoint::read_order(&before.at), decode::order).await.ok()?;
    if now.status != Status::Draft {
        return Some(Clash::Activated(Box::new(now)));
    }
    let mut overlaps = Vec::new();
    for field in F::ALL {
        let theirs = field.value_in(&now);
        match merge(&field.value_in(&before), &form.get(*field), &theirs) {
            Merged::Same | Merged::Mine => {}
            Merged::Theirs => form.fill(*field, &theirs),
            Merged::Overlap => overlaps.push((*field, theirs)),
        }
    }
    form.keep();
    base.set_value(now);
    Some(Clash::Merged(overlaps))
}
