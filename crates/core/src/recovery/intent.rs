//! What the operator decided, and all that is needed to judge it later.

use std::borrow::Cow;

use super::evidence::{Baseline, Goal};
use crate::ids::{IntentId, OrderRef, UserId};
use crate::time::Timestamp;

#[derive(Clone, PartialEq, Debug)]
pub struct Intent {
    pub id: IntentId,
    pub goal: Goal,
    /// Absent while the order is being created.
    pub at: Option<OrderRef>,
    pub user: UserId,
    pub user_name: String,
    /// What was asked, for the conflict screen and the support bundle.
    pub asked: Vec<(Cow<'static, str>, String)>,
    pub baseline: Baseline,
    pub pressed_at: Timestamp,
    /// Method and path, for the support bundle.
    pub endpoint: String,
}
