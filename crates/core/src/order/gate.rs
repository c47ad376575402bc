//! Which steps are open for this order and this user, and why the others are not.
//!
//! The gates stop an operator early, in words. The server's own refusal stays the authority: an open gate promises
//! nothing, a closed one only spares a round trip.

use std::borrow::Cow;

use super::full::Order;
use super::readiness::missing;
use super::step::{Section, Step, Taken};
use crate::session::User;
use crate::status::Status;
use crate::words::Permission;

/// Whether a step is open, and if not, why not and what would open it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gate {
    Open,
    Closed(Cow<'static, str>),
}

/// Every step of a section with its gate, in the order in which a page shows them.
pub fn gates(section: Section, order: &Order, user: &User) -> Vec<(Step, Gate)> {
    let steps = Step::ALL.iter().filter(|step| step.section() == section);
    steps.map(|step| (*step, gate(*step, order, user))).collect()
}

/// Is the step open to this user on this order, and if not, why not? The status is named before the role, because nobody
/// could help otherwise.
pub fn gate(step: Step, order: &Order, user: &User) -> Gate {
    let row = step.row();
    by_status(step, order.status)
        .or_else(|| (row.unless)(order).map(Cow::Borrowed))
        .or_else(|| step.permission().and_then(|permission| by_role(permission, user)))
        .or_else(|| if row.needs_all { incomplete(order) } else { None })
        .map_or(Gate::Open, Gate::Closed)
}

/// Why the step is not taken in this status, if it is not.
pub fn by_status(step: Step, status: Status) -> Option<Cow<'static, str>> {
    let row = step.row();
    if matches!(status, Status::Unknown(_)) || status.is_closed() && !row.outlives {
        return for_good(status);
    }
    let why = match row.taken {
        Taken::In(..) if status == Status::OnHold => Some("The order is on hold. Reactivate it first."),
        Taken::In(statuses, elsewhere) => (!statuses.contains(&status)).then_some(elsewhere),
        Taken::Active(elsewhere) => (status == Status::Draft).then_some(elsewhere),
        Taken::By(rule) => rule(status),
    };
    why.map(Cow::Borrowed)
}

/// Why this user's role does not let them, if it does not.
fn by_role(permission: Permission, user: &User) -> Option<Cow<'static, str>> {
    (!user.may(permission)).then(|| {
        Cow::Owned(
            [
                "Your role (",
                user.role.as_str(),
                ") does not include “",
                permission.as_str(),
                "”. Ask an administrator, or a colleague who may.",
            ]
            .concat(),
        )
    })
}

/// What the draft still needs, if anything.
fn incomplete(order: &Order) -> Option<Cow<'static, str>> {
    let missing = missing(order);
    if missing.is_empty() {
        return None;
    }
    let mut text = String::from("The draft is not complete. Still needed: ");
    for (index, item) in missing.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { ", " });
        text.push_str(item.label());
    }
    text.push_str(". Edit the draft to add it.");
    Some(Cow::Owned(text))
}

/// Why an order that has ended, or whose status is not known, can only be read.
fn for_good(status: Status) -> Option<Cow<'static, str>> {
    use Status as S;
    Some(Cow::Borrowed(match status {
        S::Unknown(code) => {
            return Some(Cow::Owned(
                [
                    "This order has a status that the console does not know (",
                    &code.to_string(),
                    "). It is shown as it is, for reading only.",
                ]
                .concat(),
            ));
        }
        S::Completed => "The order is completed. Completed orders can only be read.",
        S::Cancelled => "The order is cancelled. That is final; start a new order instead.",
        S::Rejected => "The order is rejected. That is final; start a new order instead.",
        S::Draft
        | S::Unassigned
        | S::Assigned
        | S::Declined
        | S::Accepted
        | S::AcceptedWithConditions
        | S::InProgress
        | S::InspectionScheduled
        | S::InspectionCompleted
        | S::ReportSubmitted
        | S::RevisionRequested
        | S::ClientRevisionRequested
        | S::ReportAccepted
        | S::RovBorrower
        | S::RovClient
        | S::OnHold => return None,
    }))
}
