//! Which actions are legal for this order and this user, and why the others are not.
//!
//! The gates stop an operator early, in words. The server's own refusal stays the authority: an open gate promises
//! nothing, a closed one only spares a round trip.

use std::borrow::Cow;

use super::readiness::missing;
use super::{Order, Status};
use crate::operation::Operation;
use crate::session::User;

/// What an operator can do to an order from its page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    Edit,
    Activate,
    Assign,
    Hold,
    Reactivate,
    Cancel,
    Delete,
}

/// Whether an action is open, and if not, why not and what would open it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gate {
    Open,
    Closed(Cow<'static, str>),
}

impl Action {
    pub const ALL: [Self; 7] = [
        Self::Edit,
        Self::Activate,
        Self::Assign,
        Self::Hold,
        Self::Reactivate,
        Self::Cancel,
        Self::Delete,
    ];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Edit => "Edit draft",
            Self::Activate => "Activate",
            Self::Assign => "Assign vendor",
            Self::Hold => "Put on hold",
            Self::Reactivate => "Reactivate",
            Self::Cancel => "Cancel order",
            Self::Delete => "Delete draft",
        }
    }

    /// What the button says on this order.
    pub fn label_on(self, order: &Order) -> &'static str {
        match self {
            Self::Assign if order.vendor.is_some() => "Reassign vendor",
            _ => self.label(),
        }
    }

    pub const fn permission(self) -> &'static str {
        match self {
            Self::Edit | Self::Delete => "orders.create",
            Self::Activate => "orders.activate",
            Self::Assign => "orders.assign",
            Self::Hold | Self::Reactivate => "orders.hold",
            Self::Cancel => "orders.cancel",
        }
    }

    /// The operation behind the action; editing is several, and has none of its own.
    pub const fn operation(self) -> Option<Operation> {
        Some(match self {
            Self::Edit => return None,
            Self::Activate => Operation::Activate,
            Self::Assign => Operation::Assign,
            Self::Hold => Operation::Hold,
            Self::Reactivate => Operation::Reactivate,
            Self::Cancel => Operation::Cancel,
            Self::Delete => Operation::DeleteDraft,
        })
    }
}

/// Every action with its gate, in the order in which a page shows them.
pub fn actions(order: &Order, user: &User) -> Vec<(Action, Gate)> {
    Action::ALL
        .into_iter()
        .map(|action| (action, gate(action, order, user)))
        .collect()
}

pub fn gate(action: Action, order: &Order, user: &User) -> Gate {
    if let Some(closed) = closed_by_status(action, order.status) {
        return Gate::Closed(closed);
    }
    if let Some(closed) = closed_to_role(action.permission(), user) {
        return Gate::Closed(closed);
    }
    if action == Action::Activate {
        let missing = missing(order);
        if !missing.is_empty() {
            let mut text = String::from("The draft is not complete. Still needed: ");
            for (index, item) in missing.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { ", " });
                text.push_str(item.label());
            }
            text.push_str(". Edit the draft to add it.");
            return Gate::Closed(Cow::Owned(text));
        }
    }
    Gate::Open
}

/// Why this user's role does not let them, if it does not.
pub(super) fn closed_to_role(permission: &str, user: &User) -> Option<Cow<'static, str>> {
    (!user.may(permission)).then(|| {
        Cow::Owned(
            [
                "Your role (",
                &user.role,
                ") does not include “",
                permission,
                "”. Ask an administrator, or a colleague who may.",
            ]
            .concat(),
        )
    })
}

/// Why an order that has ended, or whose status is not known, can only be read.
pub(super) fn closed_for_good(status: Status) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match status {
        Status::Unknown(code) => {
            return Some(Cow::Owned(
                [
                    "This order has a status that the console does not know (",
                    &code.to_string(),
                    "). It is shown as it is, for reading only.",
                ]
                .concat(),
            ));
        }
        Status::Completed => "The order is completed. Completed orders can only be read.",
        Status::Cancelled => "The order is cancelled. That is final; start a new order instead.",
        Status::Rejected => "The order is rejected. That is final; start a new order instead.",
        _ => return None,
    }))
}

fn closed_by_status(action: Action, status: Status) -> Option<Cow<'static, str>> {
    let draft = status == Status::Draft;
    if let Some(closed) = closed_for_good(status) {
        return Some(closed);
    }
    let text = match (action, status) {
        (Action::Edit | Action::Delete, _) if !draft => {
            "Only a draft can be edited freely or deleted. This order is active. Cancel it if it must not go on."
        }
        (Action::Activate, _) if !draft => {
            "The order is active already. Activation cannot be repeated or undone. Cancel the order if it must not go on."
        }
        (Action::Edit | Action::Delete | Action::Activate, _) => return None,
        (Action::Assign, Status::Draft) => {
            "A draft is assigned by activating it with a vendor chosen, or after activation."
        }
        (Action::Hold, Status::Draft) => "A draft has no running clock to hold. Leave it, or delete it.",
        (Action::Cancel, Status::Draft) => "A draft is deleted, not cancelled.",
        (Action::Reactivate, Status::OnHold) => return None,
        (Action::Reactivate, _) => {
            "Only an order on hold can be reactivated. Put it on hold first, or leave it running."
        }
        (Action::Hold, Status::OnHold) => "The order is on hold already. Reactivate it to go on.",
        (Action::Assign, Status::OnHold) => "The order is on hold. Reactivate it first.",
        (
            Action::Assign,
            Status::Unassigned
            | Status::Declined
            | Status::Assigned
            | Status::Accepted
            | Status::AcceptedWithConditions
            | Status::InProgress,
        ) => return None,
        (Action::Assign, _) => {
            "The vendor's work has come too far to hand the order to another vendor. Cancel the order, or ask the vendor \
             to finish."
        }
        (Action::Hold | Action::Cancel, _) => return None,
    };
    Some(Cow::Borrowed(text))
}
