//! Where in the console something is begun, and how it stands is shown.

use omnival_core::ids::{ClientId, OrderId, OrderRef};
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::intent::Intent;

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    Order(ClientId, OrderId),
    NewDraft(ClientId),
    EditDraft(ClientId, OrderId),
}

impl Place {
    pub fn order(at: &OrderRef) -> Self {
        Self::Order(at.client.clone(), at.order.clone())
    }

    /// None for an act on an order that nobody can name any more.
    pub fn of(intent: &Intent) -> Option<Self> {
        match (&intent.goal, &intent.at) {
            (Goal::Create { client, .. }, _) => Some(Self::NewDraft(client.clone())),
            (_, at) => at.as_ref().map(Self::order),
        }
    }
}
