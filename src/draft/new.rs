//! Creating a draft: the form, and what became of what it sent. See [`creation`].

use leptos::prelude::*;
use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::queue::Query;
use omnival_core::recovery::attempt::Stage;
use omnival_core::recovery::evidence::Verdict;
use omnival_core::words::Permission;
use omnival_headless::kept::Key;

use creation::Creation;
use earlier::Earlier;

use super::duplicates::Duplicates;
use super::fields::{error_summary, kept_note, sections};
use super::form::Form;
use super::form_choices::FormChoices;
use super::like::template;
use super::loan::loan_picker;
use super::review::review;
use super::steps::{Steps, step_list};
use crate::attempts::{Attempts, elsewhere, verifying};
use crate::console::support::{self, support_details};
use crate::console::{Console, message_page};
use crate::navigation::routes;
use crate::platform::page;
use crate::ui::live::{attr_if, flag, live, text};
use crate::ui::{ErrorNote, Icon};

mod creation;
mod earlier;

#[component]
pub fn NewOrder(client: ClientId) -> impl IntoView {
    page::set_title("New order");
    let console = Console::get();
    let may = console
        .user_now()
        .is_some_and(|user| user.may(Permission::OrdersCreate));
    if may {
        create_form(console, client)
    } else {
        let text = "Ask an administrator for “orders.create”, or ask a colleague to create the order.";
        message_page("Creating orders is not part of your role", text.to_owned())
    }
}

fn create_form(console: Console, client: ClientId) -> AnyView {
    let attempts = Attempts::of_page();
    let user = console.user_now();
    let key = user.as_ref().map(|user| Key::new_draft(&user.id, &client));
    let form = Form::new(key);
    let restored = form.restore();
    let sent_before = form.sent.with_untracked(Option::is_some);
    let earlier = Earlier::new(console, attempts, form, client.clone());
    let choices = FormChoices::new(form, client.clone());
    let duplicates = Duplicates::new(form, choices, client.clone(), None);
    let steps = Steps::of(form, duplicates.questions());
    let like = template(console, form, client.clone(), restored);
    if sent_before {
        earlier.look();
    }
    let creation = Creation::new(console, attempts, form, duplicates, earlier, client.clone());
    let back = routes::orders(&client, &Query::default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        creation.submit();
    };
    let note = text(move || creation.note().to_owned());
    view! {
        <form class="form stepped" novalidate on:submit=submit>
            {head(back.clone())}
            {step_list(steps)}
            <div class="step-body">
            {restored.then(|| restored_note(sent_before))}
            {like}
            {earlier.panel(move |at: &OrderRef| creation.open(at))}
            {live(move || outcome(attempts, creation))}
            {elsewhere(attempts, creation.held)}
            {error_summary(form)}
            {loan_picker(form, steps, client)}
            {sections(form, steps, choices)}
            {review(form, steps, choices, duplicates)}
            <footer class="form-actions">
                {kept_note(form)}
                <span class="sub" role="status">{note}</span>
                {discard(console, form, back)}
                <button class="btn primary" type="submit" aria-busy=attr_if(move || creation.is_working(), "true") prop:disabled=flag(move || creation.is_blocked())>"Create draft"</button>
            </footer>
            </div>
        </form>
    }
    .into_any()
}

fn head(back: String) -> AnyView {
    view! {
        <header class="page-head">
            <nav class="crumb" aria-label="Back"><a href=back><Icon name="arrow-left"/>"Orders"</a></nav>
            <h1>"New order"</h1>
            <p class="muted">"A draft: nothing is sent to a vendor, no clock starts and nothing is charged until it is activated."</p>
        </header>
    }
    .into_any()
}

fn restored_note(sent_before: bool) -> AnyView {
    let was_sent = if sent_before {
        "It was kept on this device. It had been sent before; what became of that is being found out."
    } else {
        "It was kept on this device and has not been sent."
    };
    view! {
        <div class="note" data-tone="info" role="status"><Icon name="info"/><div><p class="strong">"What you typed earlier is back."</p><p>{was_sent}</p></div></div>
    }
    .into_any()
}

fn discard(console: Console, form: Form, back: String) -> AnyView {
    let discard = move |_| {
        form.forget();
        console.router.go(&back);
    };
    view! { <button class="btn" type="button" on:click=discard>"Discard"</button> }.into_any()
}

/// How the creation stands, unless it went well: then the draft is shown.
fn outcome(attempts: Attempts, creation: Creation) -> Option<AnyView> {
    let tracked = creation.tracked.get()?;
    let intent = &tracked.attempt.intent;
    match tracked.attempt.stage() {
        Stage::Preparing | Stage::Recording { .. } | Stage::Sending => None,
        Stage::Verifying(_) => Some(verifying(attempts, intent.id.clone())),
        Stage::Concluded(end) => {
            let message = tracked.message()?;
            let details = support::text(support::of_attempt(&tracked, attempts.earlier(intent)));
            let id = intent.id.clone();
            let watch_on = tracked.is_unknown().then(|| {
                view! { <button class="btn small" type="button" on:click=move |_| attempts.watch_on(&id)>"Keep watching"</button> }
            });
            (!matches!(end.verdict, Verdict::Done(_))).then(|| {
                view! {
                    <ErrorNote happened=message.happened next=message.next>{watch_on}</ErrorNote>
                    {support_details(details)}
                }
                .into_any()
            })
        }
    }
}
