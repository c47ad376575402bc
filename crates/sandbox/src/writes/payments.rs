//! Money in: charges, links, payments that arrive by themselves, and the word of whoever keeps the books.

use serde_json::Value;

use super::act::{Act, require_status};
use super::body::expected_version;
use super::done::Done;
use super::invoices::require_delivered_and_approved;
use crate::base::money::Money;
use crate::base::random;
use crate::contract::status;
use crate::input::{Fields, Mistakes, is_email, is_filled};
use crate::model::entry::{Entry, EntryType};
use crate::model::id::payment_seq;
use crate::model::payment::{Kept, NewPayment, Payee, PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::model::product::PaymentMethod;
use crate::model::task::Task;
use crate::problem::{Code, FieldError, Problem};
use crate::rules::{deadlines, settlement};
use crate::store::orders::Stored;
use crate::store::{loans, payments, reference};

/// How money can come in by itself.
const ARRIVES_BY: [PaymentMethodKind; 5] = [
    PaymentMethodKind::Check,
    PaymentMethodKind::Ach,
    PaymentMethodKind::Wire,
    PaymentMethodKind::Cash,
    PaymentMethodKind::Other,
];

pub(super) fn collect(act: &Act<'_>, stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let method_id = fields.id(&mut mistakes, "methodId");
    let method = reference::payment_methods(act.tx, &stored.order.client_id)?
        .into_iter()
        .find(|method| method.id == method_id);
    if method.is_none() && !method_id.is_empty() {
        mistakes.add("methodId", "This client has no such payment method.");
    }
    let amount = fields.money(&mut mistakes, "amount");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let (Some(method), Some(amount)) = (method, amount) else {
        return Err(Problem::field("", "methodId and amount are required."));
    };
    act.check_fence(&stored, expected)?;
    require_delivered_and_approved(&stored, "paid for")?;
    require_open(&stored)?;
    if payments::kept(act.tx, stored.row)?.iter().any(Kept::is_pending_charge) {
        return Err(Problem::new(
            Code::DuplicateAction,
            "A charge is under way. Wait until it has settled before you collect again.",
        ));
    }
    require_chargeable(&method)?;
    require_within(&stored, amount)?;
    charge(act, stored, &method, amount)
}

/// 422 for methods that nothing can be drawn from here.
fn require_chargeable(method: &PaymentMethod) -> Result<(), Problem> {
    let why = match method.kind {
        PaymentMethodKind::Check => "A check is recorded when it arrives.",
        PaymentMethodKind::CreditCard => "A card is entered in the card provider's own form.",
        PaymentMethodKind::PaymentLink => "A payment link is sent to the borrower.",
        PaymentMethodKind::Ach
        | PaymentMethodKind::Paypal
        | PaymentMethodKind::StoredCard
        | PaymentMethodKind::Wire
        | PaymentMethodKind::Cash
        | PaymentMethodKind::Other => return Ok(()),
    };
    let error = FieldError {
        field: "methodId".to_owned(),
        message: why.to_owned(),
    };
    let detail = format!("Nothing can be collected by this method from here. {why}");
    Err(Problem::not_processable(detail).with_errors(vec![error]))
}

fn charge(act: &Act<'_>, mut stored: Stored, method: &PaymentMethod, amount: Money) -> Result<Done, Problem> {
    let loan = loans::load(act.tx, &stored.order.loan_id)?;
    let declines = act.settings.charges_decline || loan.is_some_and(|(_, billing)| billing.charge_declines);
    let is_slow = method.kind == PaymentMethodKind::Ach;
    let status = match (declines, is_slow) {
        (true, _) => TransactionStatus::Failed,
        (false, true) => TransactionStatus::Pending,
        (false, false) => TransactionStatus::Succeeded,
    };
    let reference = format!("ch_{}", random::hex(5));
    let seq = append(
        act,
        &stored,
        (PaymentKind::Charge, status),
        amount,
        method.kind,
        &reference,
    )?;
    let (kind, summary) = match status {
        TransactionStatus::Failed => (
            EntryType::PaymentFailed,
            format!("The charge of {amount} by {} was declined", method.name),
        ),
        TransactionStatus::Pending => (
            EntryType::PaymentCollected,
            format!("Charged {amount} by {}, pending", method.name),
        ),
        TransactionStatus::Succeeded => (
            EntryType::PaymentCollected,
            format!("Charged {amount} by {}", method.name),
        ),
    };
    let entry = Entry::new(kind, &summary).by(&act.user.id).payment(seq);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    if status == TransactionStatus::Pending {
        let task = Task::ChargeSettles { payment_seq: seq };
        act.schedule(&stored, act.settings.payment_delay_ms, &task)?;
    }
    // What is pending has not moved yet; its settling enters it.
    let moved = (status == TransactionStatus::Succeeded).then_some(amount);
    let done = act.finish(stored, &summary, moved)?;
    if !declines {
        return Ok(done);
    }
    Ok(Done::Refused(Problem::new(
        Code::PaymentDeclined,
        "The charge was declined; no money was taken. Check the payment method, or collect by another one.",
    )))
}

pub(super) fn send_link(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let hint = "Enter an e-mail address such as dana@mail.example.";
    let email = fields.text(&mut mistakes, "email", hint, is_email);
    let amount = fields.money(&mut mistakes, "amount");
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let amount = amount.ok_or_else(|| Problem::field("amount", "This field is required."))?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "sent a payment link for", |code| {
        status::is_active(code) || code == status::COMPLETED
    })?;
    require_open(&stored)?;
    require_within(&stored, amount)?;
    let reference = format!("pl_{}", random::hex(5));
    let seq = append(
        act,
        &stored,
        (PaymentKind::PaymentLink, TransactionStatus::Pending),
        amount,
        PaymentMethodKind::PaymentLink,
        &reference,
    )?;
    if act.settings.borrower_acts {
        let task = Task::LinkIsPaid { payment_seq: seq };
        act.schedule(&stored, act.settings.payment_delay_ms, &task)?;
    }
    let summary = format!("Sent a payment link over {amount} to {email}");
    let entry = Entry::new(EntryType::PaymentLinkSent, &summary)
        .by(&act.user.id)
        .payment(seq);
    act.tell(&mut stored, entry)?;
    act.finish(stored, &summary, None)
}

pub(super) fn record(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let method = fields.word_of(
        &mut mistakes,
        "method",
        "Choose one of the ways of payment.",
        &ARRIVES_BY,
    );
    let amount = fields.money(&mut mistakes, "amount");
    let reference = fields.text(&mut mistakes, "reference", "At most 64 characters.", |text| {
        is_filled(text, 64)
    });
    let received_on = fields.date(&mut mistakes, "receivedOn");
    if received_on.is_some_and(|day| deadlines::is_ahead(day, act.moment.at)) {
        mistakes.add("receivedOn", "This day lies in the future.");
    }
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let amount = amount.ok_or_else(|| Problem::field("amount", "This field is required."))?;
    act.check_fence(&stored, expected)?;
    require_status(&stored, "paid", |code| {
        !matches!(code, status::REJECTED | status::CANCELLED)
    })?;
    if payments::is_recorded(act.tx, stored.row, &reference, amount)? {
        return Err(Problem::new(
            Code::DuplicateAction,
            "A payment with this reference and amount has been recorded. Look at the payment history.",
        ));
    }
    let seq = append(
        act,
        &stored,
        (PaymentKind::Received, TransactionStatus::Succeeded),
        amount,
        method,
        &reference,
    )?;
    let summary = format!("Received {amount} by {method}, reference {reference}");
    let entry = Entry::new(EntryType::PaymentReceived, &summary)
        .by(&act.user.id)
        .payment(seq);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, Some(amount))
}

pub(super) fn mark_paid(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let note = fields.text(&mut mistakes, "note", "Give a note of 3 to 500 characters.", |text| {
        text.chars().count() >= 3 && is_filled(text, 500)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    act.check_fence(&stored, expected)?;
    require_delivered_and_approved(&stored, "marked as paid")?;
    require_open(&stored)?;
    let summary = "Marked the order as paid";
    let entry = Entry::new(EntryType::MarkedPaid, summary)
        .by(&act.user.id)
        .because(&note);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, summary, None)
}

pub(super) fn refund(
    act: &Act<'_>,
    mut stored: Stored,
    payment_id: &str,
    body: Option<&Value>,
) -> Result<Done, Problem> {
    let kept = payments::kept(act.tx, stored.row)?;
    let payment = payment_seq(payment_id)
        .and_then(|seq| kept.into_iter().find(|payment| payment.seq == seq))
        .ok_or_else(|| Problem::not_found("payment"))?;
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let amount = fields.money(&mut mistakes, "amount");
    let reason = fields.text(
        &mut mistakes,
        "reason",
        "Give a reason of 3 to 500 characters.",
        |text| text.chars().count() >= 3 && is_filled(text, 500),
    );
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    let amount = amount.ok_or_else(|| Problem::field("amount", "This field is required."))?;
    act.check_fence(&stored, expected)?;
    if !payment.is_taken() {
        return Err(Problem::not_processable(
            "No money came in by this payment, so none of it can be given back.",
        ));
    }
    let left = payment.amount - payment.refunded;
    if amount > left {
        return Err(too_much(format!(
            "At most {left} of this payment can still be refunded."
        )));
    }
    let reference = format!("re_{}", random::hex(5));
    let new = NewPayment {
        kind: PaymentKind::Refund,
        status: TransactionStatus::Succeeded,
        amount,
        method: payment.method,
        reference: Some(&reference),
        actor_id: Some(&act.user.id),
        related_seq: Some(payment.seq),
        payee: Payee::Client,
    };
    let seq = payments::append(act.tx, stored.row, act.moment, new)?;
    let summary = format!("Refunded {amount}");
    let entry = Entry::new(EntryType::Refunded, &summary)
        .by(&act.user.id)
        .because(&reason)
        .payment(seq);
    act.tell(&mut stored, entry)?;
    settlement::settle(act.tx, act.moment, &mut stored)?;
    act.finish(stored, &summary, Some(-amount))
}

/// A record of a kind in a status; answers its key.
fn append(
    act: &Act<'_>,
    stored: &Stored,
    (kind, status): (PaymentKind, TransactionStatus),
    amount: Money,
    method: PaymentMethodKind,
    reference: &str,
) -> Result<i64, Problem> {
    let new = NewPayment {
        kind,
        status,
        amount,
        method,
        reference: Some(reference),
        actor_id: Some(&act.user.id),
        related_seq: None,
        payee: Payee::Client,
    };
    payments::append(act.tx, stored.row, act.moment, new)
}

/// 409 if nothing is owed any more.
fn require_open(stored: &Stored) -> Result<(), Problem> {
    if stored.order.is_paid() {
        return Err(Problem::new(
            Code::DuplicateAction,
            "This order is paid. Look at the payment history before you do more.",
        ));
    }
    Ok(())
}

/// 422 for more than is owed.
fn require_within(stored: &Stored, amount: Money) -> Result<(), Problem> {
    let due = stored
        .order
        .payment
        .as_ref()
        .map_or(Money::ZERO, |payment| payment.amount_due);
    match amount > due {
        true => Err(too_much(format!("Only {due} is due on this order."))),
        false => Ok(()),
    }
}

fn too_much(message: String) -> Problem {
    let detail = format!("The amount is too high. {message}");
    let error = FieldError {
        field: "amount".to_owned(),
        message,
    };
    Problem::not_processable(detail).with_errors(vec![error])
}
