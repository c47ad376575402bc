//! Plays a colleague: the same state machine, history and ledger, without a session.

use rusqlite::Transaction;
use serde_json::{Value, json};

use crate::correlation::CorrelationId;
use crate::operations::Operation;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::state::AppState;
use crate::store::history::Moment;
use crate::store::orders::{self, Stored};
use crate::time::Stamp;
use crate::users::{self, User};
use crate::vendors;
use crate::writes::{self, Act, Done};

/// Does `operation` (an operationId that writes to an existing order, or `acceptOrder` for a
/// vendor's yes) on an order as the user `username`.
///
/// Without a body, or with parts missing, a sensible one is made up: a reason that names the
/// colleague; for `assignVendor` the first eligible vendor that does not have the order yet.
/// Answers the order afterwards (`null` once a draft is deleted).
pub async fn perform(
    state: &AppState,
    username: &str,
    operation: &str,
    order_id: &str,
    body: Option<Value>,
) -> Result<Value, Problem> {
    let deed =
        Deed::by_id(operation).ok_or_else(|| Problem::field("operation", "No operation that writes to an order."))?;
    let (username, order_id) = (username.to_owned(), order_id.to_owned());
    let (settings, clock) = (state.settings(), state.clock.clone());
    state
        .db
        .write(move |tx| {
            let user =
                users::by_username(tx, &username)?.ok_or_else(|| Problem::field("as", "There is no such user."))?;
            let done = act(tx, &user, deed, &order_id, body, &settings, clock.now())?;
            match done {
                Done::Created(stored) | Done::Changed(stored) => Ok(serde_json::to_value(&stored.order)?),
                Done::Deleted => Ok(Value::Null),
            }
        })
        .await
}

/// What a colleague can be made to do.
#[derive(Clone, Copy)]
enum Deed {
    Operation(Operation),
    Accept,
}

impl Deed {
    fn by_id(id: &str) -> Option<Self> {
        if id == "acceptOrder" {
            return Some(Deed::Accept);
        }
        Operation::by_id(id)
            .filter(|operation| operation.is_order_write() && *operation != Operation::CreateDraft)
            .map(Deed::Operation)
    }
}

fn act(
    tx: &Transaction<'_>,
    user: &User,
    deed: Deed,
    order_id: &str,
    body: Option<Value>,
    settings: &Settings,
    now: Stamp,
) -> Result<Done, Problem> {
    let stored = orders::load(tx, order_id)?.ok_or_else(|| Problem::not_found("order"))?;
    let scope = user.scope(&stored.order.client_id)?;
    if !scope.shows(&stored.order) {
        return Err(Problem::not_found("order"));
    }
    let correlation = CorrelationId::fresh();
    let lag = i64::try_from(settings.history_lag_ms).unwrap_or(i64::MAX);
    let act = Act {
        tx,
        user,
        moment: Moment {
            at: now,
            visible_at: now.plus(lag),
            correlation_id: Some(correlation.as_str()),
        },
        intent: None,
        fenced: settings.fence,
    };
    match deed {
        Deed::Accept => {
            user.require(users::RESPOND)?;
            act.accept(stored)
        }
        Deed::Operation(operation) => {
            user.require(writes::permission_for(operation))?;
            let body = completed(tx, user, operation, &stored, body)?;
            act.perform(operation, stored, body.as_ref())
        }
    }
}

/// The body with what a person would have filled in.
fn completed(
    tx: &Transaction<'_>,
    user: &User,
    operation: Operation,
    stored: &Stored,
    body: Option<Value>,
) -> Result<Option<Value>, Problem> {
    let missing = |name: &str| body.as_ref().is_none_or(|body| body.get(name).is_none());
    let addition = match operation {
        Operation::HoldOrder | Operation::ReactivateOrder | Operation::CancelOrder if missing("reason") => {
            Some(("reason", format!("{} had a reason", user.name)))
        }
        Operation::AssignVendor if missing("vendorId") => {
            let holder = stored.order.vendor.as_ref().map(|vendor| &vendor.id);
            vendors::suggest(tx, stored)?
                .into_iter()
                .find(|vendor| vendor.eligible && Some(&vendor.id) != holder)
                .map(|vendor| ("vendorId", vendor.id))
        }
        _ => None,
    };
    let Some((name, value)) = addition else {
        return Ok(body);
    };
    let mut body = body.unwrap_or_else(|| json!({}));
    if let Some(object) = body.as_object_mut() {
        object.insert(name.to_owned(), Value::String(value));
    }
    Ok(Some(body))
}
