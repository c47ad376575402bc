//! Journal records as text, in this browser's own store. Read as leniently as an answer of the platform: the store
//! outlives versions of the console, and any script of the origin can write to it.
//!
//! A record that lacks what a verdict needs is [`Unreadable`], and the store keeps it as damaged. Must never hold a token:
//! [`Record`] has no place for one.

mod stage;

use std::borrow::Cow;

use crate::json::{Lenient, Unreadable, Value, json, parse};
use crate::request;
use omnival_core::ids::{ClientId, EntryId, IntentId, LoanId, OrderId, OrderRef, PaymentId, UserId, VendorId};
use omnival_core::operation::{Operation, Term};
use omnival_core::order::Status;
use omnival_core::recovery::evidence::{Baseline, Goal};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::{Record, TabId};
use omnival_core::recovery::snapshot::{FIELDS, NOTHING, Snapshot};
use omnival_core::time::Timestamp;

use stage::{name, named, read_status};

/// Changes when a record of this shape could no longer be read as meant.
const VERSION: i64 = 1;

pub fn write(record: &Record) -> String {
    let intent = &record.intent;
    request::body(&json!({
        "v": VERSION,
        "id": intent.id.as_str(),
        "owner": record.owner.as_str(),
        "user": intent.user.as_str(),
        "userName": intent.user_name,
        "pressedAt": intent.pressed_at.0,
        "endpoint": intent.endpoint,
        "at": intent.at.as_ref().map(write_at),
        "goal": write_goal(&intent.goal),
        "asked": intent.asked,
        "baseline": json!({
            "order": intent.baseline.order.as_ref().map(write_snapshot),
            "newest": intent.baseline.newest.as_ref().map(EntryId::as_str),
            "payments": intent.baseline.payments.iter().map(PaymentId::as_str).collect::<Vec<_>>(),
            "records": intent.baseline.records.iter().map(EntryId::as_str).collect::<Vec<_>>(),
        }),
        "stage": stage::write(&record.stage),
    }))
}

/// # Errors
/// [`Unreadable`] when the text is no record, or one of a later version.
pub fn read(text: &str) -> Result<Record, Unreadable> {
    let value = parse(text)?;
    if value.int("v") != Some(VERSION) {
        return Err(Unreadable("a known version"));
    }
    let at = value.object("at").map(read_at).transpose()?;
    let goal = read_goal(value.object("goal").ok_or(Unreadable("goal"))?)?;
    if at.is_none() && !matches!(goal, Goal::Create { .. }) {
        return Err(Unreadable("at"));
    }
    let baseline = value.object("baseline").ok_or(Unreadable("baseline"))?;
    Ok(Record {
        owner: TabId::new(value.must("owner")?),
        stage: stage::read(value.object("stage").ok_or(Unreadable("stage"))?)?,
        intent: Intent {
            id: IntentId::new(value.must("id")?),
            goal,
            at,
            user: UserId::new(value.must("user")?),
            user_name: value.or_empty("userName"),
            asked: value.list("asked").iter().filter_map(read_asked).collect(),
            baseline: Baseline {
                order: baseline.object("order").map(read_snapshot),
                newest: baseline.text("newest").map(EntryId::new),
                payments: baseline
                    .list("payments")
                    .iter()
                    .map(|id| id.as_str().map(PaymentId::new).ok_or(Unreadable("payments")))
                    .collect::<Result<_, _>>()?,
                records: baseline
                    .list("records")
                    .iter()
                    .map(|id| id.as_str().map(EntryId::new).ok_or(Unreadable("records")))
                    .collect::<Result<_, _>>()?,
            },
            pressed_at: Timestamp(value.int("pressedAt").unwrap_or_default()),
            endpoint: value.or_empty("endpoint"),
        },
    })
}

/// The facts of an attempt, for the crash screen: it reads them when the wasm has died.
pub fn crash_facts(intent: &Intent) -> String {
    let at = intent.at.as_ref();
    request::body(&json!({
        "clientId": at.map(|at| at.client.as_str()),
        "orderId": at.map(|at| at.order.as_str()),
        "user": intent.user_name,
        "operation": intent.goal.operation().doing(),
        "endpoint": intent.endpoint,
        "correlationId": intent.id.as_str(),
        "at": intent.pressed_at.rfc3339(),
    }))
}

fn read_asked(pair: &Value) -> Option<(Cow<'static, str>, String)> {
    let text = |index: usize| pair.as_array()?.get(index)?.as_str().map(str::to_owned);
    Some((Cow::Owned(text(0)?), text(1)?))
}

fn write_at(at: &OrderRef) -> Value {
    json!({ "client": at.client.as_str(), "loan": at.loan.as_str(), "order": at.order.as_str() })
}

fn read_at(value: &Value) -> Result<OrderRef, Unreadable> {
    Ok(OrderRef {
        client: ClientId::new(value.must("client")?),
        loan: LoanId::new(value.must("loan")?),
        order: OrderId::new(value.must("order")?),
    })
}

fn write_goal(goal: &Goal) -> Value {
    match goal {
        Goal::Assign { vendor, name } => json!({ "is": "assign", "vendor": vendor.as_str(), "name": name }),
        Goal::Create {
            client,
            loan,
            client_reference,
        } => json!({
            "is": "create", "client": client.as_str(), "loan": loan.as_str(), "clientReference": client_reference,
        }),
        Goal::Activate => json!({ "is": "activate" }),
        Goal::Hold => json!({ "is": "hold" }),
        Goal::Reactivate => json!({ "is": "reactivate" }),
        Goal::Cancel => json!({ "is": "cancel" }),
        Goal::Act { operation, terms } => {
            let terms: Vec<_> = terms.iter().map(|(term, text)| (name(&TERMS, term), text)).collect();
            json!({ "is": "act", "operation": operation.key(), "terms": terms })
        }
    }
}

const TERMS: [(&str, Term); Term::ALL.len()] = Term::ALL;

fn read_goal(value: &Value) -> Result<Goal, Unreadable> {
    Ok(match value.must("is")? {
        "assign" => Goal::Assign {
            vendor: VendorId::new(value.must("vendor")?),
            name: value.or_empty("name"),
        },
        "create" => Goal::Create {
            client: ClientId::new(value.must("client")?),
            loan: LoanId::new(value.must("loan")?),
            client_reference: value.must("clientReference")?.to_owned(),
        },
        "activate" => Goal::Activate,
        "hold" => Goal::Hold,
        "reactivate" => Goal::Reactivate,
        "cancel" => Goal::Cancel,
        "act" => Goal::Act {
            operation: Operation::by_key(value.must("operation")?)
                .filter(|operation| operation.rule().is_some())
                .ok_or(Unreadable("a known operation"))?,
            terms: value.list("terms").iter().map(read_term).collect::<Result<_, _>>()?,
        },
        _ => return Err(Unreadable("a known goal")),
    })
}

/// A term that cannot be read may be the only one that tells this attempt's record from another's.
fn read_term(pair: &Value) -> Result<(Term, String), Unreadable> {
    let text = |index: usize| pair.as_array()?.get(index)?.as_str();
    let term = text(0).and_then(|term| named(&TERMS, term));
    term.zip(text(1))
        .map(|(term, text)| (term, text.to_owned()))
        .ok_or(Unreadable("a known term"))
}

fn write_snapshot(order: &Snapshot) -> Value {
    let facts: Vec<_> = FIELDS.iter().zip(&order.facts).collect();
    json!({
        "isDraft": order.status == Status::Draft,
        "statusCode": order.status.code(),
        "version": order.version,
        "updatedAt": order.updated_at.map(|at| at.0),
        "number": order.number,
        "title": order.title,
        "facts": facts,
    })
}

fn read_snapshot(value: &Value) -> Snapshot {
    let fact = |field: &str| {
        let text = value.list("facts").iter().find_map(|pair| match pair.as_array()? {
            [name, text, ..] if name.as_str() == Some(field) => text.as_str(),
            _ => None,
        });
        text.unwrap_or(NOTHING).to_owned()
    };
    Snapshot {
        status: read_status(value),
        version: value.get("version").and_then(Value::as_u64),
        updated_at: value.int("updatedAt").map(Timestamp),
        number: value.owned("number"),
        title: value.or_empty("title"),
        facts: FIELDS.map(fact),
    }
}
