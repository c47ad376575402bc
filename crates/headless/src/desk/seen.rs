//! What the operator saw when a dialog opened. A write is judged, and fenced, against this: not against what a refresh in
//! the background brought since.

use std::borrow::Cow;

use omnival_core::ids::{EntryId, IntentId, PaymentId};
use omnival_core::order::{Order, Payment};
use omnival_core::recovery::evidence::{Baseline, Goal};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::snapshot::Snapshot;
use omnival_core::session::User;
use omnival_core::time::Timestamp;
use omnival_wire::order::History;

use super::blocks::Here;
use crate::endpoint;
use crate::reads::Loaded;

#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    pub order: Order,
    newest: Option<EntryId>,
    payments: Vec<PaymentId>,
    records: Vec<EntryId>,
}

impl Seen {
    /// As things stand on the page. `None` while something is missing that a verdict would need.
    pub fn now<F>(
        order: &Loaded<Order, F>,
        history: &Loaded<History, F>,
        payments: &Loaded<Vec<Payment>, F>,
    ) -> Option<Self> {
        let (history, payments) = (history.value.as_ref()?, payments.value.as_ref()?);
        Some(Self {
            order: order.value.clone()?,
            newest: history.entries.first().map(|entry| entry.id.clone()),
            payments: payments.iter().map(|payment| payment.id.clone()).collect(),
            records: Vec::new(),
        })
    }

    /// With what the operation's own list held: it is judged against that too.
    pub fn beside(self, records: impl IntoIterator<Item = EntryId>) -> Self {
        Self {
            records: records.into_iter().collect(),
            ..self
        }
    }

    /// For the call: it is fenced by this version, where the platform can check it. `id` is what of the order the write is
    /// about; empty if it is about the order.
    pub const fn target<'a>(&'a self, id: &'a str) -> endpoint::Seen<'a> {
        endpoint::Seen {
            at: &self.order.at,
            version: self.order.version,
            id,
        }
    }

    /// Has the order changed since, behind an open dialog?
    pub fn has_changed<F>(&self, order: &Loaded<Order, F>) -> bool {
        let now = order.value.as_ref();
        now.is_some_and(|now| now.version != self.order.version)
    }

    /// What is written down and judged later. A second click on the way to the first one's end is none.
    pub fn intent(&self, press: Press, here: Here) -> Option<Intent> {
        (here != Here::Open).then(|| Intent {
            id: press.id,
            goal: press.goal,
            at: Some(self.order.at.clone()),
            user: press.by.id,
            user_name: press.by.name,
            asked: press.asked,
            baseline: Baseline {
                order: Some(Snapshot::of(&self.order)),
                newest: self.newest.clone(),
                payments: self.payments.clone(),
                records: self.records.clone(),
            },
            pressed_at: press.at,
            endpoint: press.endpoint,
        })
    }
}

/// A button that was pressed.
#[derive(Clone, PartialEq, Debug)]
pub struct Press {
    /// New with each press.
    pub id: IntentId,
    pub by: User,
    pub at: Timestamp,
    pub goal: Goal,
    /// What was asked, in words, for the conflict screen and the support bundle.
    pub asked: Vec<(Cow<'static, str>, String)>,
    /// Method and path.
    pub endpoint: String,
}
