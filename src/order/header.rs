//! Who and what the order is about, at a glance.

use leptos::prelude::*;
use omnival_core::order::Order;
use omnival_core::queue::Query;

use super::OrderState;
use crate::navigation::routes;
use crate::platform::clock;
use crate::platform::intl::{self, Style};
use crate::records::{due, status_badge};
use crate::ui::live::{live, text};
use crate::ui::{CopyButton, Icon};

pub fn header(state: OrderState) -> AnyView {
    let shown = live(move || state.order.value().map(|order| title(&order)));
    let facts = live(move || state.order.value().map(|order| key_facts(&order)));
    let as_of = text(move || {
        let at = state.order.with(|order| order.as_of);
        at.map(|at| intl::at(at, Style::Seconds)).unwrap_or_default()
    });
    let back = routes::orders(&state.client(), &Query::default());
    view! {
        <header class="order-head">
            <nav class="crumb" aria-label="Back"><a href=back><Icon name="arrow-left"/>"Orders"</a></nav>
            {shown}
            <dl class="keyfacts">
                {facts}
                <div><dt>"As of"</dt><dd class="num"><span role="status">{as_of}</span></dd></div>
            </dl>
        </header>
    }
    .into_any()
}

fn title(order: &Order) -> AnyView {
    let address = order
        .property
        .as_ref()
        .map(|property| property.one_line())
        .unwrap_or_else(|| "No property address yet".to_owned());
    view! {
        <div class="order-title">
            <h1 class="num">{order.title()}</h1>
            {status_badge(order.status)}
            <code class="num order-id">{order.at.order.as_str().to_owned()}</code>
            <CopyButton text=order.at.order.as_str().to_owned() label="Copy id"/>
        </div>
        <p class="order-sub">
            <span>{order.borrower().to_owned()}</span>
            <span>{address}</span>
            <span class="num">"Loan "{order.loan.number.clone()}</span>
        </p>
    }
    .into_any()
}

fn key_facts(order: &Order) -> AnyView {
    let due_at = order.sla.as_ref().and_then(|sla| sla.due_at);
    let (day, urgency, words) = due(
        order.due_date.as_deref(),
        due_at,
        order.status.is_active(),
        clock::wall(),
    );
    let day = if day.is_empty() { "Not set".to_owned() } else { day };
    view! {
        <div><dt>"Due"</dt><dd class="due num" data-urgency=urgency>{day}<span class="sub">{words}</span></dd></div>
        <div><dt>"Ball is with"</dt><dd>{order.status.next_actor().label()}</dd></div>
    }
    .into_any()
}
