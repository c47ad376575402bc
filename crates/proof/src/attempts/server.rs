//! The platform: one order (or one loan that gets drafts), its state machine, its lagging records, and the truth.

use omnival_core::ids::{BranchId, ClientId, EntryId, LoanId, OrderId, OrderRef, PaymentId, UserId, VendorId};
use omnival_core::order::full::{Loan, Vendor};
use omnival_core::order::history::Actor;
use omnival_core::order::{Entry, Order, Payment, Source, Status};
use omnival_core::recovery::evidence::{Baseline, Evidence, Found, Goal};
use omnival_core::recovery::snapshot::Snapshot;
use omnival_core::time::Timestamp;

use super::setup::{Aim, Setup};

pub const ME: &str = "me";
const ANN: &str = "ann";
const WANTED: &str = "vendor-wanted";
const OTHER: &str = "vendor-other";

/// What changed the order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fact {
    /// This intent, carried out.
    Mine(u8),
    /// A colleague did what the operator wants.
    Same,
    /// A colleague did something else.
    Other,
}

/// How much of the platform's log a page knows, part by part: each part may have been read at a moment of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct View {
    pub order: u8,
    pub history: u8,
    pub payments: u8,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Server {
    pub log: Vec<Fact>,
    /// How many facts the history shows; until when each of the others may stay hidden.
    pub shown: u8,
    pub hidden: Vec<u16>,
    /// Whose charge each payment is.
    pub payments: Vec<u8>,
    pub paid_shown: u8,
    pub paid_hidden: Vec<u16>,
    /// Intents whose idempotency key is known.
    pub keys: u8,
}

impl Server {
    /// One entry more is shown.
    pub fn show_history(&mut self) {
        self.hidden.remove(0);
        self.shown += 1;
    }

    /// One payment more is shown.
    pub fn show_payments(&mut self) {
        self.paid_hidden.remove(0);
        self.paid_shown += 1;
    }

    pub fn version(&self) -> u8 {
        count(&self.log)
    }

    /// One copy of a request arrives: the status that it is answered with.
    pub fn receive(&mut self, setup: &Setup, intent: u8, expected: u8, now: u16) -> u16 {
        let key = 1 << intent;
        if setup.abilities.key && self.keys & key != 0 {
            return 200;
        }
        let fenced = setup.abilities.fence && setup.aim.has_history() && expected != self.version();
        if fenced || !self.allows(setup.aim) {
            return 409;
        }
        self.keys |= key;
        if setup.aim.charges() {
            self.charge(setup, intent, now);
        }
        self.change(setup, Fact::Mine(intent), now);
        200
    }

    pub fn allows(&self, aim: Aim) -> bool {
        aim != Aim::Activate || is_draft(&self.log)
    }

    pub fn change(&mut self, setup: &Setup, fact: Fact, now: u16) {
        self.log.push(fact);
        if setup.lag() > 0 {
            self.hidden.push(now + setup.lag());
        } else {
            self.shown += 1;
        }
    }

    pub fn charge(&mut self, setup: &Setup, intent: u8, now: u16) {
        self.payments.push(intent);
        if setup.lag() > 0 {
            self.paid_hidden.push(now + setup.lag());
        } else {
            self.paid_shown += 1;
        }
    }

    /// Everything as far as it can be read now.
    pub fn view(&self) -> View {
        View {
            order: self.version(),
            history: self.shown,
            payments: self.paid_shown,
        }
    }

    pub fn baseline(&self, setup: &Setup, view: View) -> Baseline {
        if setup.aim == Aim::Create {
            return Baseline {
                order: None,
                newest: None,
                payments: Vec::new(),
                records: Vec::new(),
            };
        }
        Baseline {
            order: Some(Snapshot::of(&self.order(setup.aim, view.order))),
            newest: self
                .history(setup.aim, view.history)
                .first()
                .map(|entry| entry.id.clone()),
            records: Vec::new(),
            payments: self
                .payments(setup, view)
                .into_iter()
                .map(|payment| payment.id)
                .collect(),
        }
    }

    pub fn evidence(&self, setup: &Setup, intent: u8, view: View) -> Evidence {
        let found = match setup.aim {
            Aim::Create => {
                let mine = self.log.iter().filter(|fact| **fact == Fact::Mine(intent));
                Found::Created(mine.map(|_| at()).collect())
            }
            aim => Found::Order(Box::new(self.order(aim, view.order))),
        };
        Evidence {
            found,
            history: self.history(setup.aim, view.history),
            records: Vec::new(),
            payments: if setup.aim.charges() {
                self.payments(setup, view)
            } else {
                Vec::new()
            },
        }
    }

    /// The order after its first `known` changes.
    fn order(&self, aim: Aim, known: u8) -> Order {
        let log = &self.log[..usize::from(known)];
        let status = match aim {
            Aim::Activate if is_draft(log) => Status::Draft,
            Aim::Activate => Status::Unassigned,
            Aim::Assign | Aim::Create => Status::Assigned,
        };
        let vendor = match (aim, log.last()) {
            (Aim::Assign, Some(Fact::Mine(_) | Fact::Same)) => Some(WANTED),
            (Aim::Assign, _) => Some(OTHER),
            _ => None,
        };
        Order {
            at: at(),
            number: (status != Status::Draft).then(|| "A-1".to_owned()),
            status,
            version: Some(u64::from(known) + 1),
            client_reference: None,
            created_at: None,
            updated_at: Some(stamp(known)),
            product: None,
            loan: Loan::default(),
            property: None,
            contacts: Vec::new(),
            vendor: vendor.map(|id| Vendor {
                id: VendorId::new(id),
                name: id.to_owned(),
                email: None,
                phone: None,
            }),
            preferred_vendor: None,
            assigned_at: None,
            reassignments: 0,
            revisions: 0,
            fee: None,
            due_date: None,
            instructions: None,
            conditions: None,
            inspection: None,
            hold: None,
            cancel: None,
            delivery: None,
            agency: None,
            payment: None,
            sla: None,
            branch: BranchId::new("b"),
            branch_name: String::new(),
        }
    }

    /// Newest first. Behind what the log tells, an order that is no draft has the entry of how it got there.
    fn history(&self, aim: Aim, known: u8) -> Vec<Entry> {
        let mut entries = Vec::new();
        if aim == Aim::Assign {
            entries.push(entry(0, "assigned", ANN, OTHER));
        }
        if !aim.has_history() {
            return entries;
        }
        for (index, fact) in (1..=known).zip(&self.log) {
            let by = if matches!(fact, Fact::Mine(_)) { ME } else { ANN };
            let draft = aim == Aim::Activate && is_draft(&self.log[..usize::from(index)]);
            match (aim, fact) {
                // A draft leaves no history.
                _ if draft => {}
                (Aim::Activate, Fact::Other) => entries.push(entry(index, "orderUpdated", by, "")),
                (Aim::Activate, _) => entries.push(entry(index, "activated", by, "")),
                (_, Fact::Other) => entries.push(entry(index, "reassigned", by, OTHER)),
                _ => entries.push(entry(index, "reassigned", by, WANTED)),
            }
        }
        entries.reverse();
        entries
    }

    fn payments(&self, setup: &Setup, view: View) -> Vec<Payment> {
        (0..view.payments)
            .zip(&self.payments)
            .map(|(index, _)| Payment {
                id: PaymentId::new(&["pay-", &index.to_string()].concat()),
                kind: "charge".into(),
                status: if setup.pending { "pending" } else { "succeeded" }.into(),
                amount: None,
                method: "ach".to_owned(),
                occurred_at: None,
                actor: Some(actor(ME)),
                reference: None,
                refund_of: None,
                correlation: None,
            })
            .collect()
    }

    /// The fact that a history entry tells.
    pub fn told_by(&self, id: &EntryId) -> Option<Fact> {
        let index: usize = id.as_str().parse().ok()?;
        self.log.get(index.checked_sub(1)?).copied()
    }
}

pub fn goal(aim: Aim, intent: u8) -> Goal {
    match aim {
        Aim::Create => Goal::Create {
            client: ClientId::new("c"),
            loan: LoanId::new("l"),
            client_reference: intent.to_string(),
        },
        Aim::Assign => Goal::Assign {
            vendor: VendorId::new(WANTED),
            name: WANTED.to_owned(),
        },
        Aim::Activate => Goal::Activate,
    }
}

pub fn at() -> OrderRef {
    OrderRef {
        client: ClientId::new("c"),
        loan: LoanId::new("l"),
        order: OrderId::new("o"),
    }
}

/// A draft until the goal was reached once, by whomever.
fn is_draft(log: &[Fact]) -> bool {
    !log.iter().any(|fact| matches!(fact, Fact::Mine(_) | Fact::Same))
}

fn stamp(known: u8) -> Timestamp {
    // Not a whole second, which would leave open what came first.
    Timestamp(i64::from(known) * 1_000 + 1)
}

fn entry(index: u8, kind: &str, by: &str, vendor: &str) -> Entry {
    Entry {
        id: EntryId::new(&index.to_string()),
        kind: kind.to_owned(),
        occurred_at: Some(stamp(index)),
        actor: Some(actor(by)),
        source: Source::User,
        from: None,
        to: None,
        reason: None,
        summary: String::new(),
        correlation: None,
        vendor: (!vendor.is_empty()).then(|| VendorId::new(vendor)),
        terms: Vec::new(),
        state: None,
    }
}

fn actor(id: &str) -> Actor {
    Actor {
        id: UserId::new(id),
        name: id.to_owned(),
        role: String::new(),
    }
}

pub fn count<T>(items: &[T]) -> u8 {
    u8::try_from(items.len()).unwrap_or(u8::MAX)
}
