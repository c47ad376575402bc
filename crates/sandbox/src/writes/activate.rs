//! Activation: the point of no return. It issues the order number, starts the clock, may charge, and
//! hands the order to the vendor picked in advance if that one may have it.

use serde_json::Value;

use super::act::{Act, state_conflict};
use super::body::version_only;
use super::done::Done;
use super::{assign, draft};
use crate::base::money::Money;
use crate::base::random;
use crate::base::time::Stamp;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::order::{ContactRole, Hold, Order, PaymentStatus, Sla};
use crate::model::payment::{NewPayment, Payee, PaymentKind, PaymentMethodKind, TransactionStatus};
use crate::model::vendor::Vendor;
use crate::problem::{Code, FieldError, Problem};
use crate::rules::{deadlines, eligibility};
use crate::store::orders::{self, Stored};
use crate::store::{loans, payments};

const PAYMENT_FAILED: &str = "Payment at activation failed";

pub(super) fn activate(act: &Act<'_>, mut stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
    let expected = version_only(body)?;
    act.check_fence(&stored, expected)?;
    if !stored.order.is_draft {
        return Err(state_conflict(&stored, "activated again"));
    }
    require_complete(&stored.order, act.moment.at)?;
    draft::price(act, &mut stored.order)?;
    let vendor = picked_vendor(act, &stored)?;

    open(act, &mut stored)?;
    let charge = if draft::charges_at_activation(&stored.order) {
        charge(act, &mut stored)?
    } else {
        Charge::None
    };
    match (&charge, vendor) {
        (Charge::Failed, _) => put_on_hold(act, &mut stored)?,
        (_, Picked::Eligible(vendor)) => {
            assign::hand_over(act, &mut stored, &vendor, assign::By::Automation)?;
        }
        (_, Picked::NotEligible(why)) => {
            let summary = format!("The vendor picked in advance was not assigned. {why}");
            act.tell(&mut stored, Entry::new(EntryType::Comment, &summary).by_automation())?;
        }
        (_, Picked::Nobody) => {}
    }
    let order = &stored.order;
    let summary = format!(
        "Activated as {}, now at “{}”",
        order.order_number.as_deref().unwrap_or_default(),
        status::name(order.stage())
    );
    let charge = match charge {
        Charge::Taken(amount) => Some(amount),
        Charge::None | Charge::Failed => None,
    };
    act.finish(stored, &summary, charge)
}

/// 422 with everything that is missing.
fn require_complete(order: &Order, now: Stamp) -> Result<(), Problem> {
    let mut errors = Vec::new();
    let mut unless = |met: bool, field: &str, message: &str| {
        if !met {
            errors.push(FieldError {
                field: field.to_owned(),
                message: message.to_owned(),
            });
        }
    };
    unless(order.product.is_some(), "productId", "Choose a product.");
    unless(order.property.is_some(), "property", "Enter the property.");
    let reachable = order
        .contacts
        .iter()
        .any(|contact| contact.role == ContactRole::Borrower && (contact.phone.is_some() || contact.email.is_some()));
    unless(
        reachable,
        "contacts",
        "Add a borrower with a phone number or an e-mail address.",
    );
    match order.due_date {
        None => unless(false, "dueDate", "Set a due date."),
        Some(day) => unless(
            !deadlines::is_past(day, now),
            "dueDate",
            "The due date has passed. Set a later one.",
        ),
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::new(
        Code::NotProcessable,
        "The draft is not complete. Add what is missing, then activate it.",
    )
    .with_errors(errors))
}

enum Picked {
    Nobody,
    Eligible(Box<Vendor>),
    NotEligible(String),
}

fn picked_vendor(act: &Act<'_>, stored: &Stored) -> Result<Picked, Problem> {
    let Some(id) = &stored.order.preferred_vendor_id else {
        return Ok(Picked::Nobody);
    };
    match eligibility::require_eligible(act.tx, stored, id) {
        Ok(vendor) => Ok(Picked::Eligible(Box::new(vendor))),
        Err(problem) if problem.code() == Code::VendorNotEligible => {
            let reasons: Vec<&str> = problem.errors().iter().map(|error| error.message.as_str()).collect();
            Ok(Picked::NotEligible(reasons.join(" ")))
        }
        Err(problem) => Err(problem),
    }
}

fn open(act: &Act<'_>, stored: &mut Stored) -> Result<(), Problem> {
    let now = act.moment.at;
    let order = &mut stored.order;
    order.order_number = Some(orders::next_number(act.tx)?);
    order.is_draft = false;
    order.sla = Some(Sla {
        started_at: now,
        respond_by: None,
        due_at: Stamp::end_of(order.due_date.unwrap_or_else(|| now.day())),
        paused_ms: 0,
    });
    let entry = Entry::new(EntryType::Activated, "Activated the order")
        .by(&act.user.id)
        .to(status::UNASSIGNED);
    act.tell(stored, entry)?;
    let line = ["activation", "Order number issued, clock started", "Activation"];
    act.audit(stored, line)
}

enum Charge {
    None,
    Taken(Money),
    Failed,
}

fn charge(act: &Act<'_>, stored: &mut Stored) -> Result<Charge, Problem> {
    let loan = loans::load(act.tx, &stored.order.loan_id)?;
    let declines = act.settings.charges_decline || loan.is_some_and(|(_, billing)| billing.charge_declines);
    let amount = stored.order.fee.map_or(Money::ZERO, |fee| fee.total);
    let reference = format!("ch_{}", random::hex(5));
    let seq = payments::append(
        act.tx,
        stored.row,
        act.moment,
        NewPayment {
            kind: PaymentKind::Charge,
            status: if declines {
                TransactionStatus::Failed
            } else {
                TransactionStatus::Succeeded
            },
            amount,
            method: PaymentMethodKind::Ach,
            reference: Some(&reference),
            actor_id: Some(&act.user.id),
            related_seq: None,
            payee: Payee::Client,
        },
    )?;
    if let Some(payment) = &mut stored.order.payment {
        if declines {
            payment.status = PaymentStatus::Failed;
        } else {
            payment.status = PaymentStatus::Paid;
            payment.amount_due = Money::ZERO;
            payment.paid_at = Some(act.moment.at);
        }
    }
    let (kind, summary, charge) = if declines {
        let summary = "The charge at activation was declined";
        (EntryType::PaymentFailed, summary, Charge::Failed)
    } else {
        let summary = "Payment collected at activation";
        (EntryType::PaymentCollected, summary, Charge::Taken(amount))
    };
    let entry = Entry::new(kind, summary).by_automation().payment(seq);
    act.tell(stored, entry)?;
    Ok(charge)
}

fn put_on_hold(act: &Act<'_>, stored: &mut Stored) -> Result<(), Problem> {
    stored.order.hold = Some(Hold {
        reason: PAYMENT_FAILED.to_owned(),
        by: act.user.actor(),
        at: act.moment.at,
        prior_status: status::UNASSIGNED,
    });
    let entry = Entry::new(EntryType::Held, "Put on hold")
        .by_automation()
        .to(status::ON_HOLD)
        .because(PAYMENT_FAILED);
    act.tell(stored, entry)
}
