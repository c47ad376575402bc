//! What the operator saw when a dialog opened. A write is judged, and fenced, against this: not against what a refresh in
//! the background brought since.

use omnival_core::ids::{EntryId, PaymentId};
use omnival_core::order::{Order, Payment};
use omnival_core::recovery::evidence::Baseline;
use omnival_core::recovery::snapshot::Snapshot;
use omnival_wire::order::History;

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

    /// The version to send along, where the platform can check it.
    pub const fn fence(&self, platform_checks: bool) -> Option<u64> {
        if platform_checks { self.order.version } else { None }
    }

    /// Has the order changed since, behind an open dialog?
    pub fn has_changed<F>(&self, order: &Loaded<Order, F>) -> bool {
        let now = order.value.as_ref();
        now.is_some_and(|now| now.version != self.order.version)
    }

    /// What the attempt's outcome is judged against.
    pub fn baseline(self) -> Baseline {
        Baseline {
            order: Some(Snapshot::of(&self.order)),
            newest: self.newest,
            payments: self.payments,
            records: self.records,
        }
    }
}
