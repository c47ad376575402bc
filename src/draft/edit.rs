//! Editing a draft. Each section is a full replacement, so saving may be repeated; what a colleague changed meanwhile
//! is merged field by field and never overwritten silently.

use leptos::prelude::*;
use omnival_core::draft::Field as F;
use omnival_core::ids::ClientId;
use omnival_core::order::{Order, Status};
use omnival_headless::drafts::{Clash, label_of_order, opened};
use omnival_headless::endpoint;
use omnival_headless::kept::Key;
use omnival_wire::order as decode;

use super::duplicates::Duplicates;
use super::fields::{error_summary, kept_note, sections};
use super::form::Form;
use super::form_choices::FormChoices;
use super::loan::loan_known;
use super::review::review;
use super::steps::{Steps, step_list};
use crate::api::Remote;
use crate::console::{About, Console, FailureNote, message_page};
use crate::navigation::routes;
use crate::platform::{dom, page};
use crate::ui::live::{attr_if, flag, live, steady, text, when};
use crate::ui::{Icon, Skeleton};

mod saving;

use saving::Saving;

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
        Some(message_page("This order is no draft any more", now.concat()))
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
        .map(|user| Key::edited_draft(&user.id, &order.at.order));
    let form = Form::new(key);
    let copy = form.copy();
    form.fill_all(&opened(&order, copy.as_ref()).pairs());
    form.loan_label.set(label_of_order(&order));
    let choices = FormChoices::new(form, order.at.client.clone());
    let duplicates = Duplicates::new(form, choices, order.at.client.clone(), Some(order.at.order.clone()));
    let steps = Steps::of(form, duplicates.questions());
    lead_to_asked_field(console);
    let title = order.title();
    let about = About::from(&order.at);
    let back = routes::order(&order.at);
    let saving = Saving::new(console, form, order);
    let Saving {
        failure, clash, busy, ..
    } = saving;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saving.submit();
    };
    let plain = Signal::derive(move || failure.get().filter(|_| clash.with(Option::is_none)));
    view! {
        <form class="form stepped" novalidate on:submit=submit>
            <header class="page-head">
                <nav class="crumb" aria-label="Back"><a href=back.clone()><Icon name="arrow-left"/>{title}</a></nav>
                <h1>"Edit draft"</h1>
            </header>
            {step_list(steps)}
            <div class="step-body">
            {copy.is_some().then(restored_note)}
            {live(move || clash.get().map(|clash| clash_note(&clash, choices)))}
            <FailureNote failure=plain about=about/>
            {error_summary(form)}
            {loan_known(form, steps)}
            {sections(form, steps, choices)}
            {review(form, steps, choices, duplicates)}
            <footer class="form-actions">
                {kept_note(form)}
                {saved_note(saving.typed_since)}
                {discard(console, form, busy, back)}
                <button class="btn primary" type="submit" aria-busy=attr_if(move || busy.get(), "true")>"Save draft"</button>
            </footer>
            </div>
        </form>
    }
    .into_any()
}

fn restored_note() -> AnyView {
    view! {
        <div class="note" data-tone="info" role="status"><Icon name="info"/><div><p class="strong">"What you typed earlier is back."</p><p>"It was kept on this device and has not been saved. Discard it to start from the saved draft."</p></div></div>
    }
    .into_any()
}

fn saved_note(typed_since: RwSignal<bool>) -> AnyView {
    let since = text(move || {
        let words = if typed_since.get() {
            "Saved as it was when you pressed. What you typed since is kept here: press Save draft again."
        } else {
            ""
        };
        words.to_owned()
    });
    view! { <span class="sub" role="status">{since}</span> }.into_any()
}

fn discard(console: Console, form: Form, busy: RwSignal<bool>, back: String) -> AnyView {
    let discard = move |_| {
        form.forget();
        console.router.go(&back);
    };
    view! { <button class="btn" type="button" prop:disabled=flag(move || busy.get()) on:click=discard>"Discard changes"</button> }
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

fn clash_note(clash: &Clash, choices: FormChoices) -> AnyView {
    let overlaps = match clash {
        Clash::Merged { overlaps, .. } => overlaps,
        Clash::Activated(order) => return activated_note(order),
    };
    let items: Vec<_> = overlaps
        .iter()
        .map(|(field, theirs)| {
            let theirs = if theirs.is_empty() { "nothing".to_owned() } else { ["“", &choices.words(*field, theirs), "”"].concat() };
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
