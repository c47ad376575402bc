//! Invoice and payment. The gate, the amounts and the payment history stand beside every action; nothing here adds up, and
//! pending is shown as pending.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_core::ids::{EntryId, OrderRef};
use omnival_core::operation::{Operation, Term};
use omnival_core::order::records::{Invoice, InvoiceData};
use omnival_core::order::{Payment, Step};
use omnival_core::recovery::evidence::Goal;
use omnival_core::words::{InvoiceStatus, MethodKind, PaymentKind, TransferStatus};

use crate::console::FailureNote;
use crate::endpoint::acts;
use crate::order::OrderState;
use crate::order::state::Seen;
use crate::order::step_dialog::{Ask, StepForm, choices, step_dialog};
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

pub fn ask(state: OrderState, step: Step) {
    state.ask(move |seen| {
        let payments = state.payments.value_untracked().unwrap_or_default();
        let invoices = state.lists.invoices.value_untracked();
        let beside_payments = || payments.iter().map(|payment| EntryId::new(payment.id.as_str()));
        match step {
            Step::CreateInvoice => {
                let held = invoices.iter().flat_map(|data| &data.invoices);
                let seen = seen.beside(held.map(|invoice| EntryId::new(&invoice.id)));
                create_invoice(state, seen)
            }
            Step::Collect => collect(state, seen.beside(beside_payments()), invoices.as_ref()),
            Step::SendPaymentLink => payment_link(state, seen.beside(beside_payments()), invoices.as_ref()),
            Step::RecordPayment => record(state, seen.beside(beside_payments()), invoices.as_ref()),
            Step::Refund => refund(state, seen.beside(beside_payments()), &payments),
            _ => mark_paid(state, seen),
        }
    });
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

pub fn closed(state: OrderState, step: Step) -> Option<&'static str> {
    match step {
        Step::Refund
            if !state
                .payments
                .with(|list| list.value.iter().flatten().any(is_refundable)) =>
        {
            Some("Nothing was paid yet that could be refunded.")
        }
        Step::CreateInvoice
            if state
                .lists
                .invoices
                .with(|data| data.value.as_ref().is_some_and(|data| data.invoices.iter().any(stands))) =>
        {
            Some("The order has its invoice.")
        }
        _ => None,
    }
}

fn due(invoices: Option<&InvoiceData>) -> String {
    let due = invoices.and_then(|data| data.amount_due.as_ref());
    due.map(|due| due.amount.clone()).unwrap_or_default()
}

fn amount(invoices: Option<&InvoiceData>) -> Ask {
    Ask::new("amount", "Amount", Kind::Amount)
        .given(due(invoices))
        .hint("In US dollars. What is still due stands there to begin with.")
}

fn create_invoice(state: OrderState, seen: Seen) -> AnyView {
    let form = StepForm {
        asks: vec![
            Ask::one_of(
                "billTo",
                "Bill to",
                choices(&[("client", "The client"), ("borrower", "The borrower")]),
            ),
            Ask::new("note", "Note", Kind::Text { least: 0, most: 500 }).optional(),
        ],
        consequences: vec!["An invoice with a number of its own is created. An order has one.".to_owned()],
        ..StepForm::new(
            Step::CreateInvoice,
            ["Create the invoice: ", &seen.order.title()].concat(),
            "Create invoice",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let body = vec![("billTo", typed.value("billTo")), ("note", typed.or_null("note"))];
        let call = acts::create_invoice(&seen.order.at, body, seen.fence(state.console));
        let goal = Goal::act(Operation::CreateInvoice);
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn collect(state: OrderState, seen: Seen, invoices: Option<&InvoiceData>) -> AnyView {
    let methods = state.lists.methods.value_untracked().unwrap_or_default();
    // Cards are typed into a third party's form, links are mailed, and checks are recorded when they arrive.
    let usable = methods.into_iter().filter(|method| {
        matches!(
            method.kind,
            MethodKind::Ach | MethodKind::Paypal | MethodKind::StoredCard
        )
    });
    let methods = usable.map(|method| (method.id, method.name)).collect();
    let form = StepForm {
        asks: vec![Ask::one_of("methodId", "Payment method", methods), amount(invoices)],
        consequences: vec![
            "Money is moved at once. Some methods are pending first; the payment history then shows how they end."
                .to_owned(),
        ],
        ..StepForm::new(
            Step::Collect,
            ["Collect payment: ", &seen.order.title()].concat(),
            "Collect payment",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let body = vec![
            ("methodId", typed.value("methodId")),
            ("amount", typed.money_or_null("amount")),
        ];
        let call = acts::collect(&seen.order.at, body, seen.fence(state.console));
        let amount = typed.money("amount").map(|amount| (Term::Amount, amount.plain()));
        let goal = Goal::Act {
            operation: Operation::Collect,
            terms: amount.into_iter().collect(),
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn payment_link(state: OrderState, seen: Seen, invoices: Option<&InvoiceData>) -> AnyView {
    let borrower = seen
        .order
        .loan
        .borrowers
        .iter()
        .find_map(|borrower| borrower.email.clone());
    let form = StepForm {
        asks: vec![
            Ask::new("email", "E-mail", Kind::Email).given(borrower.unwrap_or_default()),
            amount(invoices),
        ],
        consequences: vec!["A link to pay this amount is mailed at once. It cannot be called back.".to_owned()],
        ..StepForm::new(
            Step::SendPaymentLink,
            ["Send a payment link: ", &seen.order.title()].concat(),
            "Send link",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let body = vec![
            ("email", typed.value("email")),
            ("amount", typed.money_or_null("amount")),
        ];
        let call = acts::send_payment_link(&seen.order.at, body, seen.fence(state.console));
        let amount = typed.money("amount").map(|amount| (Term::Amount, amount.plain()));
        let goal = Goal::Act {
            operation: Operation::SendPaymentLink,
            terms: amount.into_iter().collect(),
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn record(state: OrderState, seen: Seen, invoices: Option<&InvoiceData>) -> AnyView {
    let methods = choices(&[
        ("check", "Check"),
        ("ach", "ACH"),
        ("wire", "Wire"),
        ("cash", "Cash"),
        ("other", "Other"),
    ]);
    let form = StepForm {
        asks: vec![
            Ask::one_of("method", "Received by", methods),
            amount(invoices),
            Ask::new("reference", "Reference", REFERENCE).hint("The check's or the transfer's own number."),
            Ask::new("receivedOn", "Received on", Kind::Day),
        ],
        consequences: vec!["The order counts this amount as paid. No money is moved by it.".to_owned()],
        ..StepForm::new(
            Step::RecordPayment,
            ["Record a payment: ", &seen.order.title()].concat(),
            "Record payment",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let body = vec![
            ("method", typed.value("method")),
            ("amount", typed.money_or_null("amount")),
            ("reference", typed.value("reference")),
            ("receivedOn", typed.value("receivedOn")),
        ];
        let call = acts::record_payment(&seen.order.at, body, seen.fence(state.console));
        let amount = typed.money("amount").map(|amount| (Term::Amount, amount.plain()));
        let reference = (Term::Reference, typed.text("reference").to_owned());
        let goal = Goal::Act {
            operation: Operation::RecordPayment,
            terms: amount.into_iter().chain([reference]).collect(),
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn mark_paid(state: OrderState, seen: Seen) -> AnyView {
    let form = StepForm {
        asks: vec![Ask::new("note", "Why", NOTE).usual(&["Paid outside the platform", "Settled by statement"])],
        consequences: vec!["The order counts as paid, without a payment record. It may complete by it.".to_owned()],
        ..StepForm::new(
            Step::MarkPaid,
            ["Mark as paid: ", &seen.order.title()].concat(),
            "Mark as paid",
        )
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let body = vec![("note", typed.value("note"))];
        let call = acts::mark_paid(&seen.order.at, body, seen.fence(state.console));
        let goal = Goal::act(Operation::MarkPaid);
        state.begin(seen, goal, typed.asked(), call);
    })
}

fn refund(state: OrderState, seen: Seen, payments: &[Payment]) -> AnyView {
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
    let form = StepForm {
        asks: vec![
            Ask::one_of("payment", "Payment", options),
            Ask::new("amount", "Amount", Kind::Amount)
                .hint("In US dollars; no more than what is left of that payment."),
            Ask::new("reason", "Reason", NOTE).usual(&["Order cancelled", "Charged too much", "Paid twice"]),
        ],
        consequences: vec!["Money is given back. A refund cannot be taken back.".to_owned()],
        danger: true,
        ..StepForm::new(Step::Refund, ["Refund: ", &seen.order.title()].concat(), "Refund")
    };
    step_dialog(state, seen, form, move |typed, seen| {
        let id = typed.text("payment");
        let body = vec![
            ("amount", typed.money_or_null("amount")),
            ("reason", typed.value("reason")),
        ];
        let call = acts::refund(&seen.order.at, id, body, seen.fence(state.console));
        let amount = typed.money("amount").map(|amount| (Term::Amount, amount.plain()));
        let goal = Goal::Act {
            operation: Operation::Refund,
            terms: amount.into_iter().chain([(Term::Payment, id.to_owned())]).collect(),
        };
        state.begin(seen, goal, typed.asked(), call);
    })
}
