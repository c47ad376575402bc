//! Why a step is not open, by the order's status and by what the order is like: the sentences beside the table of
//! [`step`](super::step), each with what would open it.

use super::full::Order;
use crate::status::Status;
use crate::words::{AgencyStatus, PaymentStatus, Side};

pub(super) const UNDELIVERED: &str =
    "Payment is open once the report has been accepted and delivered to the borrower. Deliver it first.";

pub(super) fn edit(status: Status) -> Option<&'static str> {
    (status != Status::Draft).then_some(
        "Only a draft can be edited freely or deleted. This order is active. Cancel it if it must not go on.",
    )
}

pub(super) fn activate(status: Status) -> Option<&'static str> {
    (status != Status::Draft).then_some(
        "The order is active already. Activation cannot be repeated or undone. Cancel the order if it must not go on.",
    )
}

pub(super) fn assign(status: Status) -> Option<&'static str> {
    use Status as S;
    match status {
        S::Unassigned | S::Declined | S::Assigned | S::Accepted | S::AcceptedWithConditions | S::InProgress => None,
        S::Draft => Some("A draft is assigned by activating it with a vendor chosen, or after activation."),
        S::OnHold => Some("The order is on hold. Reactivate it first."),
        S::InspectionScheduled
        | S::InspectionCompleted
        | S::ReportSubmitted
        | S::RevisionRequested
        | S::ClientRevisionRequested
        | S::ReportAccepted
        | S::RovBorrower
        | S::RovClient
        | S::Completed
        | S::Cancelled
        | S::Rejected
        | S::Unknown(_) => Some(
            "The vendor's work has come too far to hand the order to another vendor. Cancel the order, or ask the vendor \
             to finish.",
        ),
    }
}

pub(super) fn hold(status: Status) -> Option<&'static str> {
    if status == Status::Draft {
        Some("A draft has no running clock to hold. Leave it, or delete it.")
    } else {
        (status == Status::OnHold).then_some("The order is on hold already. Reactivate it to go on.")
    }
}

pub(super) fn reactivate(status: Status) -> Option<&'static str> {
    (status != Status::OnHold)
        .then_some("Only an order on hold can be reactivated. Put it on hold first, or leave it running.")
}

pub(super) fn cancel(status: Status) -> Option<&'static str> {
    (status == Status::Draft).then_some("A draft is deleted, not cancelled.")
}

fn offered_by(order: &Order) -> Option<&Side> {
    order.conditions.as_ref().map(|terms| &terms.proposed_by)
}

fn agency_status(order: &Order) -> Option<&AgencyStatus> {
    order.agency.as_ref().map(|agency| &agency.status)
}

fn payment_status(order: &Order) -> Option<&PaymentStatus> {
    order.payment.as_ref().map(|payment| &payment.status)
}

pub(super) fn vendors_own_offer(order: &Order) -> Option<&'static str> {
    (order.status == Status::AcceptedWithConditions && offered_by(order) != Some(&Side::Client))
        .then_some("The vendor's own conditions are on the table; the client answers them.")
}

pub(super) fn clients_own_offer(order: &Order) -> Option<&'static str> {
    (offered_by(order) != Some(&Side::Vendor))
        .then_some("The client's counter-offer is on the table; the vendor answers it.")
}

fn no_agency(order: &Order) -> Option<&'static str> {
    order
        .agency
        .is_none()
        .then_some("No agency takes this loan's appraisal: conventional loans go to UCDP, FHA loans to EAD.")
}

pub(super) fn nothing_to_submit(order: &Order) -> Option<&'static str> {
    let is_on_its_way = agency_status(order).is_some_and(AgencyStatus::is_on_its_way);
    no_agency(order).or(is_on_its_way.then_some("A submission is on its way. Wait for its result before the next one."))
}

pub(super) fn nothing_to_override(order: &Order) -> Option<&'static str> {
    no_agency(order).or((agency_status(order) != Some(&AgencyStatus::NotSuccessful))
        .then_some("There is nothing to override: only a submission that was not successful has findings to override."))
}

pub(super) fn undelivered(order: &Order) -> Option<&'static str> {
    let is_delivered = order.delivery.as_ref().is_some_and(|delivery| delivery.delivered);
    (!is_delivered).then_some(UNDELIVERED)
}

pub(super) fn paid(order: &Order) -> Option<&'static str> {
    (payment_status(order) == Some(&PaymentStatus::Paid)).then_some("The order is paid. See the payment history.")
}

pub(super) fn not_to_mark_paid(order: &Order) -> Option<&'static str> {
    undelivered(order).or_else(|| paid(order))
}

pub(super) fn not_to_collect(order: &Order) -> Option<&'static str> {
    let is_pending = payment_status(order) == Some(&PaymentStatus::Pending);
    not_to_mark_paid(order)
        .or(is_pending.then_some("A payment is pending. Wait until the payment history shows how it ended."))
}
