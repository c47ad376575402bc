//! A write that came as a request: read, checked, done once, and answered.

use rusqlite::Transaction;
use serde_json::Value;

use super::act::Act;
use super::dispatch::{self, Details};
use super::done::Done;
use super::{idempotency, permissions};
use crate::contract::answer::Answer;
use crate::contract::operations::{LoanWrite, OrderWrite};
use crate::input::call::Call;
use crate::input::form::Upload;
use crate::model::moment::Moment;
use crate::model::user::User;
use crate::problem::Problem;
use crate::rules::visibility::{visible_loan, visible_order};

/// What a write is answered. The inner refusal is the answer to something that was done and is to stay; the outer one
/// undoes everything.
type Outcome = Result<Result<Answer, Problem>, Problem>;

/// Changes an order.
pub fn change(tx: &Transaction<'_>, call: &Call, user: &User, operation: OrderWrite) -> Outcome {
    let request = Request::read(call)?;
    let scope = user.scope(&call.ids.client)?;
    let stored = visible_order(tx, &scope, &call.ids.loan, &call.ids.order)?;
    user.require(permissions::to_change(operation))?;
    request.once(tx, user, |act| {
        let details = Details {
            body: request.body.as_ref(),
            file: request.file,
            part: &call.ids.part,
            party: &call.ids.party,
        };
        dispatch::change(act, operation, stored, details)
    })
}

/// Makes an order under a loan.
pub fn make(tx: &Transaction<'_>, call: &Call, user: &User, operation: LoanWrite) -> Outcome {
    let request = Request::read(call)?;
    let scope = user.scope(&call.ids.client)?;
    let (loan, billing) = visible_loan(tx, &scope, &call.ids.loan)?;
    user.require(permissions::to_make(operation))?;
    request.once(tx, user, |act| {
        dispatch::make(act, operation, &loan, billing, request.body.as_ref())
    })
}

struct Request<'a> {
    call: &'a Call,
    body: Option<Value>,
    file: Option<&'a Upload>,
    /// The `Idempotency-Key`.
    intent: Option<&'a str>,
}

impl<'a> Request<'a> {
    fn read(call: &'a Call) -> Result<Self, Problem> {
        let (body, file) = match &call.form {
            None => (call.json()?, None),
            Some(form) => {
                let form = form.as_ref().map_err(Clone::clone)?;
                (Some(Value::Object(form.fields.clone())), form.file.as_ref())
            }
        };
        Ok(Self {
            call,
            body,
            file,
            intent: idempotency::key(&call.headers)?,
        })
    }

    /// Does it, unless its intent was carried out before: then the first answer is given again.
    fn once(&self, tx: &Transaction<'_>, user: &User, work: impl FnOnce(&Act<'_>) -> Result<Done, Problem>) -> Outcome {
        let call = self.call;
        let remembered = self.intent.filter(|_| call.settings.idempotency_key);
        let fingerprint = idempotency::fingerprint(call, self.body.as_ref(), self.file);
        if let Some(key) = remembered
            && let Some(answer) = idempotency::replay(tx, &user.id, key, &fingerprint)?
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
            operation: call.operation.id(),
            intent: self.intent,
            fenced: call.settings.fence,
            settings: &call.settings,
            by_itself: false,
        };
        let answer = work(&act)?.answer(user)?;
        if let Some(key) = remembered {
            idempotency::remember(tx, &user.id, key, fingerprint, &answer)?;
        }
        Ok(answer)
    }
}
