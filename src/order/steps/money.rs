//! Invoice and payment. The gate, the amounts and the payment history stand beside every action; nothing here adds up, and
//! pending is shown as pending.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::OrderRef;
use omnival_core::order::records::{Invoice, InvoiceData};
use omnival_core::order::{Order, Payment};
use omnival_core::words::{InvoiceStatus, MethodKind, PaymentKind, TransferStatus};

use crate::console::FailureNote;
use crate::order::OrderState;
use crate::order::step_dialog::{Ask, Content, StepForm, choices, members};
use crate::platform::intl;
use crate::records::{by_line, humanize, record_list};
use crate::ui::Skeleton;
use crate::ui::live::{live, when};

const NOTE: Kind = Kind::Text { least: 3, most: 500 };
const REFERENCE: Kind = Kind::Text { least: 1, most: 64 };

pub fn load(state: OrderState, at: &OrderRef) {
    state.lists.load_money(state.console.api, at);
}

pub fn ready(state: OrderState) -> bool {
    let invoices = state.lists.invoices.with(|data| data.value.is_some());
    invoices && state.payments.with(|payments| payments.value.is_some())
}

pub fn view(state: OrderState) -> AnyView {
    let invoices = state.lists.invoices;
    let summary = live(move || invoices.with(|data| data.value.as_ref().map(amounts)));
    view! {
        <FailureNote failure=invoices.failure() about=state.about()/>
        {when(move || invoices.is_awaited(), || view! { <Skeleton lines=3/> })}
        {summary}
        {record_list(state.source(), state.payments, "Payment history", "No payment was recorded yet.", payment)}
    }
    .into_any()
}

fn amounts(data: &InvoiceData) -> AnyView {
    let money = |amount: &Option<omnival_core::money::Money>| amount.as_ref().map(intl::money);
    let gate = match (data.delivered, data.approved) {
        (true, true) => "Delivered and accepted: payment is open.",
        (false, true) => "Accepted, but not delivered yet: payment opens with the delivery to the borrower.",
        _ => "Not accepted and delivered yet: payment opens after both.",
    };
    let invoices = data.invoices.iter().map(invoice).collect_view();
    view! {
        <p class="muted">{gate}</p>
        <dl class="facts money">
            <div><dt>"Still due"</dt><dd class="num">{money(&data.amount_due)}</dd></div>
            <div><dt>"Paid"</dt><dd class="num">{money(&data.paid)}</dd></div>
        </dl>
        <ul class="records">{invoices}</ul>
    }
    .into_any()
}

fn invoice(invoice: &Invoice) -> AnyView {
    let amount = invoice.amount.as_ref().map(intl::money);
    view! {
        <li>
            <b>"Invoice "{invoice.number.clone()}</b>" "<span class="num">{amount}</span>" "<span class="muted">{humanize(invoice.status.as_str())}</span>
            <span class="sub num">"to the "{invoice.bill_to.clone()}", by "{by_line(invoice.created_by.as_ref(), invoice.created_at)}</span>
        </li>
    }
    .into_any()
}

/// One record of a payment history.
pub fn payment(payment: &Payment) -> AnyView {
    let amount = payment.amount.as_ref().map(intl::money);
    let reference = payment
        .reference
        .clone()
        .map(|reference| [", reference ", &reference].concat());
    view! {
        <li>
            <b>{humanize(payment.kind.as_str())}</b>" "<span class="num">{amount}</span>" "<span class="muted">{humanize(payment.status.as_str())}</span>
            <span class="sub num">{humanize(&payment.method)}{reference}", by "{by_line(payment.actor.as_ref(), payment.occurred_at)}</span>
        </li>
    }
    .into_any()
}

fn is_refundable(payment: &Payment) -> bool {
    payment.status == TransferStatus::Succeeded
        && matches!(
            payment.kind,
            PaymentKind::Charge | PaymentKind::Received | PaymentKind::PaymentLink
        )
}

fn stands(invoice: &Invoice) -> bool {
    matches!(invoice.status, InvoiceStatus::Open | InvoiceStatus::Paid)
}

pub fn without_payment(state: OrderState) -> Option<&'static str> {
    let some = state
        .payments
        .with(|list| list.value.iter().flatten().any(is_refundable));
    (!some).then_some("Nothing was paid yet that could be refunded.")
}

pub fn with_invoice(state: OrderState) -> Option<&'static str> {
    let some = |data: &InvoiceData| data.invoices.iter().any(stands);
    let some = state.lists.invoices.with(|data| data.value.as_ref().is_some_and(some));
    some.then_some("The order has its invoice.")
}

/// What is still due stands there to begin with.
fn amount(state: OrderState) -> Ask {
    let due = state
        .lists
        .invoices
        .with_untracked(|data| Some(data.value.as_ref()?.amount_due.as_ref()?.amount.clone()));
    Ask::new("amount", "Amount", Kind::Amount)
        .given(due.unwrap_or_default())
        .hint("In US dollars. What is still due stands there to begin with.")
}

pub fn create_invoice(order: &Order) -> StepForm {
    StepForm {
        asks: vec![
            Ask::one_of(
                "billTo",
                "Bill to",
                choices(&[("client", "The client"), ("borrower", "The borrower")]),
            ),
            Ask::new("note", "Note", Kind::Text { least: 0, most: 500 }).optional(),
        ],
        consequences: vec!["An invoice with a number of its own is created. An order has one.".to_owned()],
        fill: members(|typed| [("billTo", typed.value("billTo")), ("note", typed.or_null("note"))]),
        ..StepForm::new(order, "Create the invoice", "Create invoice")
    }
}

pub fn collect(state: OrderState, order: &Order) -> StepForm {
    let methods = state.lists.methods.value_untracked().unwrap_or_default();
    // Cards are typed into a third party's form, links are mailed, and checks are recorded when they arrive.
    let usable = methods.into_iter().filter(|method| {
        matches!(
            method.kind,
            MethodKind::Ach | MethodKind::Paypal | MethodKind::StoredCard
        )
    });
    let methods = usable.map(|method| (method.id, method.name)).collect();
    StepForm {
        asks: vec![Ask::one_of("methodId", "Payment method", methods), amount(state)],
        consequences: vec![
            "Money is moved at once. Some methods are pending first; the payment history then shows how they end."
                .to_owned(),
        ],
        fill: members(|typed| {
            [
                ("methodId", typed.value("methodId")),
                ("amount", typed.money_or_null("amount")),
            ]
        }),
        ..StepForm::new(order, "Collect payment", "Collect payment")
    }
}

pub fn payment_link(state: OrderState, order: &Order) -> StepForm {
    let borrower = order.loan.borrowers.iter().find_map(|borrower| borrower.email.clone());
    StepForm {
        asks: vec![
            Ask::new("email", "E-mail", Kind::Email).given(borrower.unwrap_or_default()),
            amount(state),
        ],
        consequences: vec!["A link to pay this amount is mailed at once. It cannot be called back.".to_owned()],
        fill: members(|typed| {
            [
                ("email", typed.value("email")),
                ("amount", typed.money_or_null("amount")),
            ]
        }),
        ..StepForm::new(order, "Send a payment link", "Send link")
    }
}

pub fn record(state: OrderState, order: &Order) -> StepForm {
    let methods = choices(&[
        ("check", "Check"),
        ("ach", "ACH"),
        ("wire", "Wire"),
        ("cash", "Cash"),
        ("other", "Other"),
    ]);
    StepForm {
        asks: vec![
            Ask::one_of("method", "Received by", methods),
            amount(state),
            Ask::new("reference", "Reference", REFERENCE).hint("The check's or the transfer's own number."),
            Ask::new("receivedOn", "Received on", Kind::Day),
        ],
        consequences: vec!["The order counts this amount as paid. No money is moved by it.".to_owned()],
        fill: members(|typed| {
            [
                ("method", typed.value("method")),
                ("amount", typed.money_or_null("amount")),
                ("reference", typed.value("reference")),
                ("receivedOn", typed.value("receivedOn")),
            ]
        }),
        ..StepForm::new(order, "Record a payment", "Record payment")
    }
}

pub fn mark_paid(order: &Order) -> StepForm {
    StepForm {
        asks: vec![Ask::new("note", "Why", NOTE).usual(&["Paid outside the platform", "Settled by statement"])],
        consequences: vec!["The order counts as paid, without a payment record. It may complete by it.".to_owned()],
        fill: members(|typed| [("note", typed.value("note"))]),
        ..StepForm::new(order, "Mark as paid", "Mark as paid")
    }
}

pub fn refund(state: OrderState, order: &Order) -> StepForm {
    let payments = state.payments.value_untracked().unwrap_or_default();
    let refundable = payments.iter().filter(|payment| is_refundable(payment));
    let label = |payment: &Payment| {
        let amount = payment.amount.as_ref().map(intl::money).unwrap_or_default();
        [
            &humanize(payment.kind.as_str()),
            " of ",
            &amount,
            ", ",
            &by_line(payment.actor.as_ref(), payment.occurred_at),
        ]
        .concat()
    };
    let options = refundable
        .map(|payment| (payment.id.as_str().to_owned(), label(payment)))
        .collect();
    StepForm {
        asks: vec![
            Ask::one_of("payment", "Payment", options),
            Ask::new("amount", "Amount", Kind::Amount)
                .hint("In US dollars; no more than what is left of that payment."),
            Ask::new("reason", "Reason", NOTE).usual(&["Order cancelled", "Charged too much", "Paid twice"]),
        ],
        consequences: vec!["Money is given back. A refund cannot be taken back.".to_owned()],
        danger: true,
        fill: Box::new(|typed| {
            Some(Content {
                id: typed.text("payment").to_owned(),
                members: vec![
                    ("amount", typed.money_or_null("amount")),
                    ("reason", typed.value("reason")),
                ],
            })
        }),
        ..StepForm::new(order, "Refund", "Refund")
    }
}
