//! Editing a draft. Each section is a full replacement, so saving may be repeated; what a colleague changed meanwhile
//! is merged field by field and never overwritten silently.

use leptos::prelude::*;
use omnival_core::draft::steps::Step;
use omnival_core::draft::{Field as F, Merged, merge};
use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::order::full::Contact as Known;
use omnival_core::order::{Order, Status};
use omnival_core::words::ContactRole;
use omnival_wire::order as decode;
use omnival_wire::request::Contact;

use super::fields::{error_summary, kept_note, sections};
use super::form::{Form, Texts};
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
use crate::parts::live::{attr_if, flag, live, steady, text, when};
use crate::parts::{Icon, Skeleton};
use crate::platform::{dom, page, task};
use crate::recovery::attempts::Attempts;
use crate::recovery::{About, FailureNote};
use crate::router::Screen;
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
    let attempts = Attempts::of_page();
    let typed_since = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !form.check(None) {
            return;
        }
        busy.set(true);
        failure.set(None);
        clash.set(None);
        typed_since.set(false);
        // The operator may leave meanwhile, and the form with them: from here on, only what it held now counts.
        let (key, fields, texts, mut order) = (form.key(), form.fields(), form.texts(), base.get_value());
        let left = attempts.if_left(console, &order, routes::edit(&order.at));
        task::spawn(async move {
            let end = save(console.api, &mut order, &texts).await;
            if end.is_ok() {
                mirror::forget_arrived(&key, &fields);
            }
            let now = match &end {
                Err(failed) if failed.status() == Some(409) => {
                    let read = endpoint::read_order(&order.at);
                    console.api.repeat(read, decode::order).await.ok()
                }
                _ => None,
            };
            if !form.is_there() {
                return match &end {
                    Ok(()) => left.worked("the draft was saved"),
                    Err(failed) => left.failed(failed),
                };
            }
            busy.set(false);
            let at = order.at.clone();
            let before = order.clone();
            base.set_value(order);
            match end {
                Ok(()) if form.fields() != fields => typed_since.set(true),
                Ok(()) if is_open(console, &at) => {
                    console.toaster.done("The draft was saved.");
                    console.router.replace(&routes::order(&at));
                }
                Ok(()) => {}
                Err(failed) => {
                    clash.set(now.map(|now| take_in(form, &before, now, base)));
                    if let Some(answer) = failed.reply.answer() {
                        form.show(&answer.problem);
                    }
                    failure.set(Some(failed));
                }
            }
        });
    };
    let plain = Signal::derive(move || failure.get().filter(|_| clash.with(Option::is_none)));
    let about = Signal::derive(move || About::from(&at.get_value()));
    let note = move || clash.get().map(|clash| clash_note(&clash, offer));
    let since = text(move || {
        let words = if typed_since.get() {
            "Saved as it was when you pressed. What you typed since is kept here: press Save draft again."
        } else {
            ""
        };
        words.to_owned()
    });
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
                <span class="sub" role="status">{since}</span>
                <button class="btn" type="button" prop:disabled=flag(move || busy.get()) on:click=discard>"Discard changes"</button>
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

/// Whether the address still names this form: nobody is pulled away from where they went.
fn is_open(console: Console, at: &OrderRef) -> bool {
    match untrack(|| console.router.screen()) {
        Screen::EditDraft(client, id) => client == at.client && id == at.order.as_str(),
        _ => false,
    }
}

/// Saves the sections in which `order` differs, one after the other, each fenced by the version before it. `order` is
/// the draft as far as it was saved, also when one of them fails.
async fn save(api: Api, order: &mut Order, texts: &Texts) -> Result<(), Failure> {
    let differs = |order: &Order, step: Step| {
        let mut fields = step.fields().iter();
        fields.any(|field| field.value_in(order).trim() != texts.of(*field))
    };
    let fenced = api.config.with_value(|config| config.fence);
    let fence = |order: &Order| order.version.filter(|_| fenced);
    if differs(order, Step::Conditions) {
        let call = endpoint::save_conditions(&order.at, texts.conditions(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Property) {
        let call = endpoint::save_property(&order.at, texts.property(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Vendor) {
        let call = endpoint::save_vendor(&order.at, texts.vendor(), fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    if differs(order, Step::Contacts) {
        let others = order
            .contacts
            .iter()
            .filter(|contact| contact.role != ContactRole::Borrower);
        let contacts = std::iter::once(texts.borrower()).chain(others.map(as_sent)).collect();
        let call = endpoint::save_contacts(&order.at, contacts, fence(order));
        *order = api.repeat(call, decode::order).await?;
    }
    Ok(())
}

fn as_sent(contact: &Known) -> Contact<'_> {
    Contact {
        role: contact.role.as_str(),
        name: &contact.name,
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}

/// Merges the draft as it is now into the form.
fn take_in(form: Form, before: &Order, now: Order, base: StoredValue<Order>) -> Clash {
    if now.status != Status::Draft {
        return Clash::Activated(Box::new(now));
    }
    let mut overlaps = Vec::new();
    for field in F::ALL {
        let theirs = field.value_in(&now);
        match merge(&field.value_in(before), &form.get(*field), &theirs) {
            Merged::Same | Merged::Mine => {}
            Merged::Theirs => form.fill(*field, &theirs),
            Merged::Overlap => overlaps.push((*field, theirs)),
        }
    }
    form.keep();
    base.set_value(now);
    Clash::Merged(overlaps)
}
