//! The platform as the simulation plays it: one order, its state machine, its lagging records, and the truth.

use omnival_core::ids::{EntryId, PaymentId, VendorId};
use omnival_core::order::{Entry, Order, Payment, Source, Status};
use omnival_core::recovery::evidence::{Found, Goal};
use omnival_core::time::Timestamp;

use crate::given;

/// What colleagues do beside the operator's own kinds of action.
#[derive(Clone, Debug)]
pub enum Act {
    Goal(Goal),
    Accept,
    Update,
    Comment,
}

struct Logged<T> {
    record: T,
    visible_at: u64,
}

/// Something that really happened, in the name of an attempt.
pub struct Execution {
    pub intent: String,
    pub goal: Goal,
    pub at: u64,
}

pub struct Server {
    pub fence: bool,
    pub status: Status,
    pub version: u64,
    pub vendor: Option<VendorId>,
    prior: Status,
    updated_at: u64,
    /// Oldest first; they become visible in that order.
    history: Vec<Logged<Entry>>,
    payments: Vec<Logged<Payment>>,
    drafts: Vec<String>,
    pub executions: Vec<Execution>,
    /// Attempts in whose name money moved.
    pub charged: Vec<String>,
}

impl Server {
    pub fn new(status: Status, fence: bool) -> Self {
        let mut server = Self {
            fence,
            status,
            version: 1,
            vendor: (status == Status::Assigned).then(|| VendorId::new("ven-0")),
            prior: Status::Assigned,
            updated_at: 0,
            history: Vec::new(),
            payments: Vec::new(),
            drafts: Vec::new(),
            executions: Vec::new(),
            charged: Vec::new(),
        };
        if status != Status::Draft {
            server.tell("orderUpdated", given::ANN, None, 0, 0);
        }
        server
    }

    fn allows(&self, goal: &Goal) -> bool {
        let working = matches!(self.status, Status::Unassigned | Status::Assigned | Status::Accepted);
        match goal {
            Goal::Activate => self.status == Status::Draft,
            Goal::Assign { vendor, .. } => working && self.vendor.as_ref() != Some(vendor),
            Goal::Hold => working,
            Goal::Reactivate => self.status == Status::OnHold,
            Goal::Cancel => working || self.status == Status::OnHold,
            Goal::Create { .. } => true,
            Goal::Act { .. } => self.status == given::path(goal).0,
        }
    }

    /// One copy of the operator's request arrives. Answers its status code.
    pub fn receive(&mut self, goal: &Goal, intent: &str, expected: Option<u64>, now: u64, lag: u64) -> u16 {
        if let Goal::Create { client_reference, .. } = goal {
            self.drafts.push(client_reference.clone());
        } else if self.fence && expected != Some(self.version) || !self.allows(goal) {
            return 409;
        } else {
            self.carry_out(&Act::Goal(goal.clone()), given::ME, Some(intent), now, lag);
        }
        self.executions.push(Execution {
            intent: intent.to_owned(),
            goal: goal.clone(),
            at: now,
        });
        201
    }

    /// A colleague, or the vendor, does something if the order lets them.
    pub fn colleague(&mut self, act: &Act, now: u64, lag: u64) -> bool {
        let allowed = match act {
            Act::Goal(goal) => self.allows(goal),
            Act::Accept => self.status == Status::Assigned,
            // A draft has no history.
            Act::Update | Act::Comment => self.status != Status::Draft,
        };
        if allowed {
            self.carry_out(act, given::ANN, None, now, lag);
        }
        allowed
    }

    fn carry_out(&mut self, act: &Act, by: &str, intent: Option<&str>, now: u64, lag: u64) {
        let before = self.status;
        let kind = match act {
            Act::Comment => "comment",
            Act::Update => "orderUpdated",
            Act::Accept => "accepted",
            Act::Goal(Goal::Assign { .. }) if self.vendor.is_some() => "reassigned",
            Act::Goal(goal) => given::kind(goal),
        };
        self.status = match act {
            Act::Comment | Act::Update => before,
            Act::Accept => Status::Accepted,
            Act::Goal(Goal::Activate) => Status::Unassigned,
            Act::Goal(Goal::Assign { vendor, .. }) => {
                self.vendor = Some(vendor.clone());
                Status::Assigned
            }
            Act::Goal(Goal::Hold) => {
                self.prior = before;
                Status::OnHold
            }
            Act::Goal(Goal::Reactivate) => self.prior,
            Act::Goal(Goal::Cancel) => Status::Cancelled,
            Act::Goal(Goal::Create { .. }) => before,
            Act::Goal(goal @ Goal::Act { .. }) => given::path(goal).1,
        };
        if !matches!(act, Act::Comment) {
            self.version += 1;
            self.updated_at = now;
        }
        self.tell(kind, by, intent, now, lag);
        if let Some(Logged { record, .. }) = self.history.last_mut() {
            (record.from, record.to) = (before.code(), self.status.code());
            if let Act::Goal(Goal::Assign { vendor, .. }) = act {
                record.vendor = Some(vendor.clone());
            }
        }
    }

    fn tell(&mut self, kind: &str, by: &str, intent: Option<&str>, now: u64, lag: u64) {
        let id = ["evt-", &self.history.len().to_string()].concat();
        let shown = self.history.last().map_or(0, |last| last.visible_at);
        self.history.push(Logged {
            record: Entry {
                occurred_at: stamp(now),
                correlation: intent.map(str::to_owned),
                source: Source::User,
                ..given::entry(&id, kind, by)
            },
            visible_at: shown.max(now + lag),
        });
    }

    pub fn charge(&mut self, intent: &str, status: &str, now: u64, lag: u64) {
        let id = ["pay-", &self.payments.len().to_string()].concat();
        self.payments.push(Logged {
            record: Payment {
                occurred_at: stamp(now),
                ..given::payment(&id, status)
            },
            visible_at: now + lag,
        });
        self.charged.push(intent.to_owned());
    }

    /// Pending payments end.
    pub fn settle_payments(&mut self) {
        for payment in &mut self.payments {
            payment.record.status = "succeeded".into();
        }
    }

    pub fn order(&self) -> Order {
        Order {
            version: Some(self.version),
            updated_at: stamp(self.updated_at),
            vendor: self.vendor.as_ref().map(|id| given::vendor(id.as_str())),
            ..given::order(self.status)
        }
    }

    /// Newest first, as far as it is visible.
    pub fn history(&self, now: u64) -> Vec<Entry> {
        let visible = self.history.iter().filter(|entry| entry.visible_at <= now);
        visible.rev().map(|entry| entry.record.clone()).collect()
    }

    pub fn payments(&self, now: u64) -> Vec<Payment> {
        let visible = self.payments.iter().filter(|payment| payment.visible_at <= now);
        visible.rev().map(|payment| payment.record.clone()).collect()
    }

    pub fn has_entry(&self, id: &EntryId, is: impl Fn(&Entry) -> bool) -> bool {
        self.history
            .iter()
            .any(|entry| entry.record.id == *id && is(&entry.record))
    }

    pub fn found(&self, goal: &Goal) -> Found {
        match goal {
            Goal::Create { client_reference, .. } => {
                let count = self.drafts.iter().filter(|draft| *draft == client_reference).count();
                Found::Created(vec![given::at(); count])
            }
            _ => Found::Order(Box::new(self.order())),
        }
    }

    pub fn payment_ids(&self, now: u64) -> Vec<PaymentId> {
        self.payments(now).into_iter().map(|payment| payment.id).collect()
    }
}

fn stamp(now: u64) -> Option<Timestamp> {
    i64::try_from(now).ok().map(Timestamp)
}
