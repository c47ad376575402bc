//! A new order that begins from another one: the note about it, and what is copied when. What was typed before is never
//! replaced unasked.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::order::Order;
use omnival_headless::{drafts, endpoint};
use omnival_wire::order as decode;

use super::form::Form;
use crate::api::Remote;
use crate::console::{About, Console, FailureNote};
use crate::navigation::routes;
use crate::ui::Icon;
use crate::ui::live::{effect, live};

#[derive(Clone, Copy, PartialEq)]
enum Copied {
    Nothing,
    Terms,
    Everything,
}

/// The note about the order that this one begins from, if the address names one.
pub fn template(console: Console, form: Form, client: ClientId, restored: bool) -> Option<AnyView> {
    let id = console.router.param_now(routes::LIKE)?;
    let order: Remote<Order> = Remote::new();
    let copied = RwSignal::new(Copied::Nothing);
    let about = About {
        client: Some(client.as_str().to_owned()),
        order: Some(id.clone()),
    };
    let load = move || order.load(console.api, endpoint::find_order(&client, &id), decode::order);
    load();
    let again = load.clone();
    console.on_return(move || {
        if order.has_failed_now() {
            again();
        }
    });
    let there = Memo::new(move |_| order.with(|order| order.value.is_some()));
    effect(move || {
        if there.get() && !restored && copied.get_untracked() == Copied::Nothing {
            order.with_untracked(|order| order.value.as_ref().map(|order| take_terms(form, order)));
            copied.set(Copied::Terms);
        }
    });
    let note = live(move || {
        let from = order.value()?;
        Some(told(form, from, copied))
    });
    Some(
        view! {
            <FailureNote failure=order.failure() about again=move |()| load()/>
            {note}
        }
        .into_any(),
    )
}

fn take_terms(form: Form, order: &Order) {
    form.fill_all(&drafts::terms(&form.fields(), order));
}

fn take_loan(form: Form, order: &Order) {
    form.fill_all(&drafts::same_loan(&form.fields(), &form.typed_fields(), order));
    form.loan_label.set(drafts::label_of_order(order));
    form.errors.set(Vec::new());
    form.keep();
}

fn told(form: Form, order: Order, copied: RwSignal<Copied>) -> AnyView {
    let name = order.title();
    let link = routes::order(&order.at);
    let loan = order.loan.number.clone();
    let order = StoredValue::new(order);
    let same_loan = move |_| {
        order.with_value(|order| take_loan(form, order));
        copied.set(Copied::Everything);
    };
    let replace = move |_| {
        form.clear();
        order.with_value(|order| take_terms(form, order));
        copied.set(Copied::Terms);
    };
    let words = live(move || {
        match copied.get() {
        Copied::Nothing => "Nothing was copied, because what you typed earlier is still here.".to_owned(),
        Copied::Terms => "Product and special instructions are copied. The due date is not, and loan, property, borrower and vendor are that order's own: choose a loan below, or take the same one again.".to_owned(),
        Copied::Everything => "Product, instructions, loan, property, borrower and vendor are copied around what you had typed. The due date is not: enter a new one.".to_owned(),
    }
    });
    let button = live(move || {
        match copied.get() {
        // What was sent may have arrived: it is not replaced before that is known.
        Copied::Nothing | Copied::Terms if form.sent.with(Option::is_some) => None,
        Copied::Nothing => Some(view! { <button class="btn small" type="button" on:click=replace>"Replace it with a copy"</button> }.into_any()),
        Copied::Terms => Some(
            view! { <button class="btn small" type="button" on:click=same_loan>"Same loan again: "{loan.clone()}</button> }
                .into_any(),
        ),
        Copied::Everything => None,
    }
    });
    view! {
        <div class="note like" role="status">
            <Icon name="copy"/>
            <div>
                <p class="strong">"Begun from "<a href=link>{name}</a></p>
                <p>{words}</p>
            </div>
            <div class="row">{button}</div>
        </div>
    }
    .into_any()
}
