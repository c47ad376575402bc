//! The order's facts in cards. Money as the server gives it; nothing here adds up.

use leptos::prelude::*;
use omnival_core::money::Money;
use omnival_core::order::full::Contact;
use omnival_core::order::{Order, Payment};
use omnival_core::time::Timestamp;

use super::OrderState;
use crate::platform::intl::{self, Style};
use crate::records::humanize;
use crate::ui::CopyButton;
use crate::ui::live::live;

pub fn facts(state: OrderState) -> AnyView {
    let about_order = live(move || {
        let for_vendor = state.console.user().is_some_and(|user| user.is_vendor());
        state.order.value().map(|order| cards(&order, for_vendor))
    });
    let about_money = live(move || {
        let payments = state.payments.value().filter(|payments| !payments.is_empty());
        payments.map(|payments| payment_card(&payments))
    });
    view! { <div class="cards">{about_order}{about_money}</div> }.into_any()
}

type Fact = (&'static str, Option<String>);

fn card(title: &'static str, facts: Vec<Fact>) -> Option<AnyView> {
    let facts: Vec<_> = facts
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        })
        .collect();
    (!facts.is_empty())
        .then(|| view! { <section class="card"><h2>{title}</h2><dl class="facts">{facts}</dl></section> }.into_any())
}

/// Delivery and agencies are not a vendor's business.
fn cards(order: &Order, for_vendor: bool) -> AnyView {
    let delivery = (!for_vendor).then(|| delivery(order)).flatten();
    let agency = (!for_vendor).then(|| agency(order)).flatten();
    view! {
        {hold(order)}{cancel(order)}{conditions(order)}{vendor(order)}{property(order)}{loan(order)}{contacts(&order.contacts)}{fee(order)}{clock(order)}{delivery}{agency}{instructions(order)}
    }
    .into_any()
}

fn when(at: Option<Timestamp>) -> Option<String> {
    at.map(|at| intl::at(at, Style::DateTime))
}

fn money(money: Option<&Money>) -> Option<String> {
    money.map(intl::money)
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn yes(flag: bool) -> Option<String> {
    text(if flag { "Yes" } else { "No" })
}

fn property(order: &Order) -> Option<AnyView> {
    order.property.as_ref().and_then(|property| {
        card(
            "Property",
            vec![
                ("Address", Some(property.one_line())),
                ("County", text(&property.county)),
                ("Type", Some(humanize(&property.kind))),
            ],
        )
    })
}

fn loan(order: &Order) -> Option<AnyView> {
    card(
        "Loan",
        vec![
            ("Number", text(&order.loan.number)),
            ("Type", Some(humanize(order.loan.kind.as_str()))),
            ("Purpose", Some(humanize(&order.loan.purpose))),
            ("Amount", money(order.loan.amount.as_ref())),
            (
                "Borrowers",
                Some(
                    order
                        .loan
                        .borrowers
                        .iter()
                        .map(|borrower| borrower.name.as_str())
                        .collect::<Vec<_>>()
                        .join(", "),
                ),
            ),
            ("Product", order.product.as_ref().map(|product| product.name.clone())),
            ("Branch", text(&order.branch_name)),
        ],
    )
}

fn vendor(order: &Order) -> Option<AnyView> {
    order.vendor.as_ref().and_then(|vendor| {
        card(
            "Vendor",
            vec![
                ("Name", text(&vendor.name)),
                ("E-mail", vendor.email.clone()),
                ("Phone", vendor.phone.clone()),
                ("Assigned", when(order.assigned_at)),
                ("Answer due", when(order.sla.as_ref().and_then(|sla| sla.respond_by))),
                (
                    "Reassigned",
                    (order.reassignments > 0).then(|| order.reassignments.to_string()),
                ),
                (
                    "Inspection",
                    when(order.inspection.as_ref().and_then(|inspection| inspection.scheduled_at)),
                ),
            ],
        )
    })
}

fn conditions(order: &Order) -> Option<AnyView> {
    order.conditions.as_ref().and_then(|conditions| {
        card(
            "Conditions proposed",
            vec![
                ("By", Some(humanize(conditions.proposed_by.as_str()))),
                ("Fee", money(conditions.fee.as_ref())),
                ("Due date", conditions.due_date.as_deref().map(intl::day)),
                ("Notes", conditions.notes.clone()),
                ("At", when(conditions.proposed_at)),
            ],
        )
    })
}

fn hold(order: &Order) -> Option<AnyView> {
    order.hold.as_ref().and_then(|hold| {
        card(
            "On hold",
            vec![
                ("Reason", text(&hold.reason)),
                ("By", hold.by.as_ref().map(|by| by.name.clone())),
                ("Since", when(hold.at)),
            ],
        )
    })
}

fn cancel(order: &Order) -> Option<AnyView> {
    order.cancel.as_ref().and_then(|cancel| {
        card(
            "Cancelled",
            vec![
                ("Reason", text(&cancel.reason)),
                ("By", cancel.by.as_ref().map(|by| by.name.clone())),
                ("At", when(cancel.at)),
                ("Fee applied", money(cancel.fee_applied.as_ref())),
                ("Refunded", money(cancel.refunded.as_ref())),
            ],
        )
    })
}

fn delivery(order: &Order) -> Option<AnyView> {
    order.delivery.as_ref().and_then(|delivery| {
        card(
            "Delivery",
            vec![
                ("Delivered", yes(delivery.delivered)),
                ("At", when(delivery.delivered_at)),
                ("Acknowledged", yes(delivery.acknowledged)),
                ("Downloads", Some(delivery.downloads.to_string())),
            ],
        )
    })
}

fn agency(order: &Order) -> Option<AnyView> {
    order.agency.as_ref().and_then(|agency| {
        card(
            "Agency submission",
            vec![
                ("Portal", Some(agency.portal.as_str().to_uppercase())),
                ("Required", yes(agency.required)),
                ("Status", Some(humanize(agency.status.as_str()))),
                ("Doc File ID", agency.document_file_id.clone()),
            ],
        )
    })
}

fn clock(order: &Order) -> Option<AnyView> {
    order.sla.as_ref().and_then(|sla| {
        card(
            "Turn time",
            vec![("Started", when(sla.started_at)), ("Due", when(sla.due_at))],
        )
    })
}

fn instructions(order: &Order) -> Option<AnyView> {
    order.instructions.as_ref().filter(|text| !text.trim().is_empty()).map(|text| {
        view! { <section class="card wide"><h2>"Special instructions"</h2><p class="instructions">{text.clone()}</p></section> }.into_any()
    })
}

fn contacts(contacts: &[Contact]) -> Option<AnyView> {
    let rows: Vec<_> = contacts
        .iter()
        .map(|contact| {
            let reach = [contact.phone.as_deref(), contact.email.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            view! { <div><dt>{humanize(contact.role.as_str())}</dt><dd>{contact.name.clone()}<span class="sub">{reach}</span></dd></div> }
        })
        .collect();
    (!rows.is_empty())
        .then(|| view! { <section class="card"><h2>"Contacts"</h2><dl class="facts">{rows}</dl></section> }.into_any())
}

fn fee(order: &Order) -> Option<AnyView> {
    let fee = order.fee.as_ref()?;
    let row = |name: &'static str, amount: Option<&Money>, class: &'static str| {
        amount.map(|amount| view! { <div class=class><dt>{name}</dt><dd class="num">{intl::money(amount)}</dd></div> })
    };
    let status = order.payment.as_ref().map(|payment| {
        let due = payment.amount_due.as_ref().map(intl::money).unwrap_or_default();
        view! { <div><dt>"Payment"</dt><dd>{humanize(payment.status.as_str())}<span class="sub num">{due}</span></dd></div> }
    });
    let card = view! {
        <section class="card">
            <h2>"Fee"</h2>
            <dl class="facts money">
                {row("Order fee", fee.order.as_ref(), "")}
                {row("Technology fee", fee.technology.as_ref(), "")}
                {row("Vendor charges", Some(&fee.vendor), "")}
                {row("Total, as billed", fee.total.as_ref(), "total")}
                {status}
            </dl>
        </section>
    };
    Some(card.into_any())
}

fn payment_card(payments: &[Payment]) -> AnyView {
    let rows: Vec<_> = payments
        .iter()
        .map(|payment| {
            let amount = payment.amount.as_ref().map(intl::money).unwrap_or_default();
            let at = payment.occurred_at.map(|at| intl::at(at, Style::DateTime)).unwrap_or_default();
            let by = payment.actor.as_ref().map(|actor| [" · ", &actor.name].concat()).unwrap_or_default();
            view! {
                <div><dt>{humanize(payment.kind.as_str())}", "{humanize(payment.status.as_str())}<span class="sub num">{at}{by}</span></dt>
                <dd class="num">{amount}<CopyButton text=payment.id.as_str().to_owned() label="Copy payment id"/></dd></div>
            }
        })
        .collect();
    view! { <section class="card wide"><h2>"Payment history"</h2><dl class="facts money">{rows}</dl></section> }
        .into_any()
}
