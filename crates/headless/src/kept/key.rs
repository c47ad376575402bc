//! Where a text is kept: whose it is, and which form or field it stands in.

use omnival_core::ids::{ClientId, OrderId, UserId};
use omnival_wire::boot::DRAFT_PREFIX;

/// Invariant: made from a person's id and their form, so two people's texts never share a key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key(String);

impl Key {
    /// The form of a draft that is not created yet: one for each client.
    pub fn new_draft(user: &UserId, client: &ClientId) -> Self {
        Self([&of_user(user), "new.", client.as_str()].concat())
    }

    /// The form in which this draft is edited.
    pub fn edited_draft(user: &UserId, order: &OrderId) -> Self {
        Self([&of_user(user), "edit.", order.as_str()].concat())
    }

    /// Why somebody does this to the order: `action` is the action's own label.
    pub fn reason(user: &UserId, order: &OrderId, action: &str) -> Self {
        Self([&of_user(user), "reason.", order.as_str(), ".", action].concat())
    }

    /// One field of a step's dialog: by the step's label, and the field's path in the request body.
    pub fn field(user: &UserId, order: &OrderId, step: &str, field: &str) -> Self {
        Self::reason(user, order, &[step, ":", field].concat())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// With the dot: `usr-1` is not `usr-10`.
pub fn of_user(user: &UserId) -> String {
    [DRAFT_PREFIX, user.as_str(), "."].concat()
}

pub fn is_about(key: &str, order: &OrderId) -> bool {
    key.split('.').any(|part| part == order.as_str())
}
