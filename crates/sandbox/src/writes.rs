//! The writes: the state machine, enforced.
//!
//! A write is one transaction that holds the order, its history, its payments and the ledger entry;
//! it takes effect whole or not at all. Checks run in the contract's order: syntax, visibility (404),
//! permission (403), content (400), fence and state (409), completeness (422).

mod activate;
mod assign;
mod cancel;
mod draft;
mod idempotency;
mod pause;
mod respond;

pub use assign::RESPOND_MS;

use axum::http::StatusCode;
use rusqlite::Transaction;
use serde_json::Value;

use crate::call::{Answer, Call};
use crate::input::{Fields, Mistakes};
use crate::ledger::{self, NewEffect};
use crate::money::Money;
use crate::operations::Operation;
use crate::problem::{Code, Problem};
use crate::reads;
use crate::status;
use crate::store::history::{self, Entry, Moment};
use crate::store::loans::{Billing, Loan};
use crate::store::orders::{self, Stored};
use crate::users::{self, Permission, User};

/// Who writes, when, and by which request.
pub struct Act<'a> {
    pub tx: &'a Transaction<'a>,
    pub user: &'a User,
    pub moment: Moment<'a>,
    /// The `Idempotency-Key` of the request.
    pub intent: Option<&'a str>,
    /// Whether `expectedVersion` counts.
    pub fenced: bool,
}

/// What a write left behind.
#[derive(Debug)]
pub enum Done {
    Created(Box<Stored>),
    Changed(Box<Stored>),
    Deleted,
}

impl Done {
    fn answer(&self) -> Result<Answer, Problem> {
        match self {
            Done::Deleted => Ok(Answer::empty()),
            Done::Changed(stored) => Answer::json(&stored.order),
            Done::Created(stored) => {
                let order = &stored.order;
                let location = format!(
                    "/api/clients/{}/loans/{}/orders/{}",
                    order.client_id, order.loan_id, order.id
                );
                Ok(Answer {
                    status: StatusCode::CREATED,
                    location: Some(location),
                    ..Answer::json(order)?
                })
            }
        }
    }
}

/// Answers a write that came as a request.
pub fn handle(tx: &Transaction<'_>, call: &Call, user: &User) -> Result<Answer, Problem> {
    let body = call.json()?;
    let intent = idempotency::key(&call.headers)?;
    let scope = user.scope(&call.ids.client)?;
    let target = if call.operation == Operation::CreateDraft {
        Target::Loan(Box::new(reads::visible_loan(tx, &scope, &call.ids.loan)?))
    } else {
        Target::Order(Box::new(reads::visible_order(tx, call, &scope)?))
    };
    user.require(permission_for(call.operation))?;

    let remembered = intent.filter(|_| call.settings.idempotency_key);
    let request = idempotency::fingerprint(call, body.as_ref());
    if let Some(key) = remembered
        && let Some(answer) = idempotency::replay(tx, &user.id, key, &request)?
    {
        return Ok(answer);
    }
    let act = Act {
        tx,
        user,
        moment: Moment {
            at: call.now,
            visible_at: call.visible_at(),
            correlation_id: Some(call.correlation.as_str()),
        },
        intent,
        fenced: call.settings.fence,
    };
    let done = match target {
        Target::Loan(target) => draft::create(&act, &target.0, target.1, body.as_ref())?,
        Target::Order(stored) => act.perform(call.operation, *stored, body.as_ref())?,
    };
    let answer = done.answer()?;
    if let Some(key) = remembered {
        idempotency::remember(tx, &user.id, key, &request, &answer)?;
    }
    Ok(answer)
}

/// What a path names.
enum Target {
    Loan(Box<(Loan, Billing)>),
    Order(Box<Stored>),
}

/// What a role must permit for a write.
pub fn permission_for(operation: Operation) -> Permission {
    match operation {
        Operation::ActivateOrder => users::ACTIVATE,
        Operation::AssignVendor => users::ASSIGN,
        Operation::HoldOrder | Operation::ReactivateOrder => users::HOLD,
        Operation::CancelOrder => users::CANCEL,
        _ => users::CREATE,
    }
}

impl Act<'_> {
    /// Does a write to an existing order whose visibility and permission have been checked.
    pub fn perform(&self, operation: Operation, stored: Stored, body: Option<&Value>) -> Result<Done, Problem> {
        match operation {
            Operation::SaveDraftProperty => draft::save_property(self, stored, body),
            Operation::SaveDraftVendor => draft::save_vendor(self, stored, body),
            Operation::SaveDraftConditions => draft::save_conditions(self, stored, body),
            Operation::SaveDraftContacts => draft::save_contacts(self, stored, body),
            Operation::DeleteDraft => draft::delete(self, &stored),
            Operation::ActivateOrder => activate::activate(self, stored, body),
            Operation::AssignVendor => assign::assign(self, stored, body),
            Operation::HoldOrder => pause::hold(self, stored, body),
            Operation::ReactivateOrder => pause::reactivate(self, stored, body),
            Operation::CancelOrder => cancel::cancel(self, stored, body),
            other => Err(Problem::internal(format!("{} does not write to an order", other.id()))),
        }
    }

    /// The vendor's yes. No operation of the contract yet; colleagues can be made to say it.
    pub fn accept(&self, stored: Stored) -> Result<Done, Problem> {
        respond::accept(self, stored)
    }

    /// 409 if the request rests on another version than the current one.
    fn check_fence(&self, stored: &Stored, expected: Option<i64>) -> Result<(), Problem> {
        let current = stored.order.version;
        match expected {
            Some(expected) if self.fenced && expected != current => Err(Problem::new(
                Code::StaleVersion,
                format!(
                    "The order has changed since you loaded it (version {expected}, now {current}). \
                     Reload it and decide again."
                ),
            )),
            _ => Ok(()),
        }
    }

    fn tell(&self, stored: &mut Stored, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, stored, self.moment, entry)
    }

    fn audit(&self, stored: &Stored, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, stored.row, self.moment, line)
    }

    /// Saves the order as the next version and writes the ledger.
    fn finish(
        &self,
        mut stored: Stored,
        operation: &str,
        summary: &str,
        charge: Option<Money>,
    ) -> Result<Done, Problem> {
        stored.order.version += 1;
        stored.order.updated_at = self.moment.at;
        orders::save(self.tx, &stored)?;
        self.enter(&stored, operation, summary, charge)?;
        Ok(Done::Changed(Box::new(stored)))
    }

    fn enter(&self, stored: &Stored, operation: &str, summary: &str, charge: Option<Money>) -> Result<(), Problem> {
        ledger::append(
            self.tx,
            &NewEffect {
                at: self.moment.at,
                operation,
                client_id: Some(&stored.order.client_id),
                order_id: Some(&stored.order.id),
                user: Some(self.user),
                intent: self.intent,
                correlation_id: self.moment.correlation_id.unwrap_or("none"),
                summary,
                charge,
            },
        )
    }
}

/// Reads `expectedVersion`; its form counts even where its value does not.
fn expected_version(fields: &Fields<'_>, mistakes: &mut Mistakes) -> Option<i64> {
    fields.optional_integer(mistakes, "expectedVersion", 1..=i64::from(i32::MAX))
}

/// Reads `{reason, expectedVersion?}`.
fn reason_and_version(body: Option<&Value>) -> Result<(String, Option<i64>), Problem> {
    let fields = Fields::of_body(body)?;
    let mut mistakes = Mistakes::default();
    let hint = "Give a reason of 3 to 500 characters.";
    let reason = fields.text(&mut mistakes, "reason", hint, |text| {
        text.chars().count() >= 3 && crate::input::is_filled(text, 500)
    });
    let expected = expected_version(&fields, &mut mistakes);
    mistakes.check()?;
    Ok((reason, expected))
}

/// 409: the order stands where this cannot be done.
fn state_conflict(stored: &Stored, cannot: &str) -> Problem {
    let stands = match stored.order.status_code {
        None => "The order is still a draft".to_owned(),
        Some(code) => format!("The order stands at “{}”", status::name(code)),
    };
    Problem::new(
        Code::StateConflict,
        format!("{stands}, so it cannot be {cannot}. Reload it and see what is possible now."),
    )
}

/// The order's present status, unless it is a draft or one for which `allows` is false; else 409.
fn require_status(
    stored: &Stored,
    cannot: &str,
    allows: impl Fn(status::Code) -> bool,
) -> Result<status::Code, Problem> {
    stored
        .order
        .status_code
        .filter(|code| allows(*code))
        .ok_or_else(|| state_conflict(stored, cannot))
}
