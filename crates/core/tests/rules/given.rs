//! Orders, people, records and replies for tests to start from.

use omnival_core::ids::{
    BranchId, ClientId, EntryId, IntentId, LoanId, OrderId, OrderRef, PaymentId, ProductId, UserId, VendorId,
};
use omnival_core::operation::{Operation, Rule};
use omnival_core::order::full::{Contact, Loan, Product, Property, Vendor};
use omnival_core::order::history::Actor;
use omnival_core::order::{Entry, Order, Payment, Source, Status};
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::{Baseline, Evidence, Found, Goal};
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Problem, Reply};
use omnival_core::recovery::snapshot::Snapshot;
use omnival_core::session::User;
use omnival_core::text::SafeText;
use omnival_core::time::Timestamp;

pub const ME: &str = "usr-me";
pub const ANN: &str = "usr-ann";
pub const REFERENCE: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

/// Every permission of the contract's vocabulary.
pub const VOCABULARY: [&str; 21] = [
    "orders.view",
    "orders.create",
    "orders.activate",
    "orders.assign",
    "orders.respond",
    "orders.schedule",
    "orders.hold",
    "orders.cancel",
    "reports.submit",
    "qc.review",
    "qc.revise",
    "rov.submit",
    "rov.decide",
    "delivery.send",
    "agency.submit",
    "agency.override",
    "invoice.create",
    "payment.collect",
    "payment.record",
    "payment.refund",
    "documents.manage",
];

/// The six default roles, each with its permissions; `family.*` stands for the whole family.
pub const ROLES: [(&str, &[&str]); 6] = [
    ("admin", &VOCABULARY),
    (
        "operations",
        &[
            "orders.*",
            "reports.submit",
            "qc.*",
            "rov.*",
            "delivery.send",
            "agency.*",
            "documents.manage",
        ],
    ),
    (
        "client",
        &[
            "orders.view",
            "orders.create",
            "orders.activate",
            "orders.hold",
            "orders.cancel",
            "rov.submit",
        ],
    ),
    ("finance", &["orders.view", "invoice.create", "payment.*"]),
    ("qc", &["orders.view", "qc.review", "qc.revise", "rov.decide"]),
    (
        "vendor",
        &["orders.view", "orders.respond", "orders.schedule", "reports.submit"],
    ),
];

pub fn user(role: &str) -> User {
    let (_, held) = ROLES.iter().find(|(name, _)| *name == role).expect("a known role");
    let holds = |permission: &str| {
        held.iter().any(|held| match held.strip_suffix('*') {
            Some(family) => permission.starts_with(family),
            None => *held == permission,
        })
    };
    User {
        id: UserId::new(ME),
        name: "Mia Operator".into(),
        username: role.into(),
        role: role.into(),
        permissions: VOCABULARY
            .iter()
            .filter(|permission| holds(permission))
            .map(|permission| (*permission).to_owned())
            .collect(),
        clients: Vec::new(),
        branches: Vec::new(),
    }
}

pub fn at() -> OrderRef {
    OrderRef {
        client: ClientId::new("cli-1"),
        loan: LoanId::new("loan-1"),
        order: OrderId::new("ord-1"),
    }
}

/// A complete order in this status, at version 7.
pub fn order(status: Status) -> Order {
    Order {
        at: at(),
        number: (status != Status::Draft).then(|| "A-1001".into()),
        status,
        version: Some(7),
        client_reference: None,
        created_at: Some(Timestamp(1_000)),
        updated_at: Some(Timestamp(2_000)),
        product: Some(Product {
            id: ProductId::new("prd-1"),
            name: "1004 Single Family".into(),
        }),
        loan: Loan {
            number: "LN-1".into(),
            ..Loan::default()
        },
        property: Some(Property {
            street: "12 Elm St".into(),
            city: "Austin".into(),
            county: "Travis".into(),
            state: "TX".into(),
            zip: "78701".into(),
            kind: "singleFamily".into(),
            unit: None,
        }),
        contacts: vec![Contact {
            role: "borrower".into(),
            name: "Bo Borrower".into(),
            email: Some("bo@example.com".into()),
            phone: None,
        }],
        vendor: None,
        preferred_vendor: None,
        assigned_at: None,
        reassignments: 0,
        revisions: 0,
        fee: None,
        due_date: Some("2027-01-15".into()),
        instructions: None,
        conditions: None,
        inspection: None,
        hold: None,
        cancel: None,
        delivery: None,
        agency: None,
        payment: None,
        sla: None,
        branch: BranchId::new("br-1"),
        branch_name: "Main".into(),
    }
}

pub fn vendor(id: &str) -> Vendor {
    Vendor {
        id: VendorId::new(id),
        name: ["Vendor ", id].concat(),
        email: None,
        phone: None,
    }
}

/// The goals that act on an order that exists.
pub fn goals() -> [Goal; 5] {
    let assign = Goal::Assign {
        vendor: VendorId::new("ven-1"),
        name: "Vendor ven-1".into(),
    };
    [Goal::Activate, assign, Goal::Hold, Goal::Reactivate, Goal::Cancel]
}

pub fn create() -> Goal {
    Goal::Create {
        client: ClientId::new("cli-1"),
        loan: LoanId::new("loan-1"),
        client_reference: REFERENCE.into(),
    }
}

pub fn all_goals() -> Vec<Goal> {
    let named = goals().into_iter().chain([create()]);
    named.chain(other_acts()).collect()
}

/// Where an order stands before, and after, what this goal wants.
pub const fn path(goal: &Goal) -> (Status, Status) {
    match goal {
        Goal::Activate | Goal::Create { .. } => (Status::Draft, Status::Unassigned),
        Goal::Assign { .. } => (Status::Unassigned, Status::Assigned),
        Goal::Hold => (Status::Assigned, Status::OnHold),
        Goal::Reactivate => (Status::OnHold, Status::Assigned),
        Goal::Cancel => (Status::Assigned, Status::Cancelled),
        Goal::Act { operation, .. } => acts(*operation),
    }
}

/// The platform's word for the history entry that records this goal.
pub const fn kind(goal: &Goal) -> &'static str {
    match goal {
        Goal::Activate => "activated",
        Goal::Assign { .. } => "assigned",
        Goal::Hold => "held",
        Goal::Reactivate => "reactivated",
        Goal::Cancel => "cancelled",
        Goal::Create { .. } => "",
        Goal::Act { operation, .. } => match operation.rule() {
            Some(rule) => rule.kinds[0],
            None => "",
        },
    }
}

/// Where each act begins, and where it leads.
const fn acts(operation: Operation) -> (Status, Status) {
    use Operation as Op;
    let from = match operation {
        Op::Accept | Op::Decline | Op::Counter => Status::Assigned,
        Op::AcceptConditions | Op::CounterConditions => Status::AcceptedWithConditions,
        Op::BeginWork | Op::Schedule => Status::Accepted,
        Op::Inspected => Status::InspectionScheduled,
        Op::SubmitReport => Status::InspectionCompleted,
        Op::RunCrossCheck | Op::AcceptReport | Op::RequestRevision => Status::ReportSubmitted,
        Op::DecideRov => Status::RovClient,
        _ => Status::ReportAccepted,
    };
    match operation.rule() {
        Some(Rule { leads_to: [to, ..], .. }) => (from, *to),
        _ => (from, from),
    }
}

/// Everything that is sent once and has no goal of its own.
pub fn other_acts() -> Vec<Goal> {
    let acts = Operation::ALL.iter().filter(|operation| operation.rule().is_some());
    let named: Vec<_> = goals().iter().map(Goal::operation).collect();
    acts.filter(|operation| !named.contains(operation))
        .map(|operation| Goal::act(*operation))
        .collect()
}

pub fn intent(goal: Goal) -> Intent {
    let is_new = matches!(goal, Goal::Create { .. });
    let (before, _) = path(&goal);
    Intent {
        id: IntentId::new("int-1"),
        at: (!is_new).then(at),
        user: UserId::new(ME),
        user_name: "Mia Operator".into(),
        asked: Vec::new(),
        baseline: Baseline {
            order: (!is_new).then(|| Snapshot::of(&order(before))),
            newest: (before != Status::Draft).then(|| EntryId::new("evt-0")),
            payments: vec![PaymentId::new("pay-0")],
            records: vec![EntryId::new("rec-0")],
        },
        pressed_at: Timestamp(3_000),
        endpoint: "POST /api/clients/cli-1/loans/loan-1/orders/ord-1/x".into(),
        goal,
    }
}

/// The order after something was carried out: the next version, later.
pub fn moved(status: Status) -> Order {
    Order {
        version: Some(8),
        updated_at: Some(Timestamp(4_000)),
        ..order(status)
    }
}

/// Nothing has happened since the button was pressed.
pub fn unmoved(goal: &Goal) -> Evidence {
    let (before, _) = path(goal);
    Evidence {
        found: Found::Order(Box::new(order(before))),
        history: if before == Status::Draft {
            vec![]
        } else {
            vec![baseline_entry()]
        },
        records: vec![],
        payments: vec![payment("pay-0", "succeeded")],
    }
}

pub fn actor(id: &str) -> Actor {
    Actor {
        id: UserId::new(id),
        name: if id == ME { "Mia Operator" } else { "Ann Colleague" }.into(),
        role: "operations".into(),
    }
}

/// An entry that is newer than the baseline's order.
pub fn entry(id: &str, kind: &str, by: &str) -> Entry {
    Entry {
        id: EntryId::new(id),
        kind: kind.into(),
        occurred_at: Some(Timestamp(4_000)),
        actor: Some(actor(by)),
        source: Source::User,
        from: None,
        to: None,
        reason: None,
        summary: "What happened".into(),
        correlation: None,
        vendor: None,
        terms: Vec::new(),
        state: None,
    }
}

/// The newest entry when the button was pressed.
pub fn baseline_entry() -> Entry {
    Entry {
        occurred_at: Some(Timestamp(2_000)),
        ..entry("evt-0", "orderUpdated", ANN)
    }
}

/// The entry that records this goal, as `by` carried it out.
pub fn record(goal: &Goal, id: &str, by: &str) -> Entry {
    let (before, after) = path(goal);
    Entry {
        from: before.code(),
        to: after.code(),
        vendor: match goal {
            Goal::Assign { vendor, .. } => Some(vendor.clone()),
            _ => None,
        },
        correlation: (by == ME).then(|| "int-1".to_owned()),
        ..entry(id, kind(goal), by)
    }
}

pub fn payment(id: &str, status: &str) -> Payment {
    Payment {
        id: PaymentId::new(id),
        kind: "charge".into(),
        status: status.into(),
        amount: None,
        method: "ach".into(),
        occurred_at: Some(Timestamp(4_000)),
        actor: Some(actor(ME)),
        reference: None,
        refund_of: None,
        correlation: None,
    }
}

pub fn answered(status: u16) -> Reply {
    Reply::Answered(Answer {
        status,
        ..Answer::default()
    })
}

/// An answer with the server's own words.
pub fn refused(status: u16, code: Option<&str>, words: &str) -> Reply {
    Reply::Answered(Answer {
        status,
        problem: Problem {
            code: code.map(str::to_owned),
            message: SafeText::from_server(words),
            fields: Vec::new(),
        },
        ..Answer::default()
    })
}

pub const LOSSES: [Loss; 3] = [Loss::Timeout, Loss::Network, Loss::Interrupted];
pub const NOT_SENT: [NotSent; 7] = [
    NotSent::Offline,
    NotSent::NoSession,
    NotSent::Unrenewed,
    NotSent::Paused,
    NotSent::Busy,
    NotSent::Unrecorded,
    NotSent::Unusable,
];

/// Every way in which a request can end.
pub fn replies() -> impl Iterator<Item = Reply> {
    let lost = LOSSES.into_iter().map(Reply::Lost);
    let unsent = NOT_SENT.into_iter().map(Reply::NotSent);
    (100..=599).map(answered).chain(lost).chain(unsent)
}
