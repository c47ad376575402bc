//! Plays a colleague: the same state machine, history and ledger, without a session.

mod particulars;

use rusqlite::Transaction;
use serde_json::Value;

use crate::automation;
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::contract::settings::Settings;
use crate::problem::Problem;
use crate::problem::correlation::CorrelationId;
use crate::state::AppState;
use crate::store::history::Moment;
use crate::store::orders;
use crate::store::users::{self, User};
use crate::writes::{self, Act, Done, Said};

/// Does `operation` (an operationId that writes to an existing order, or `acceptOrder` for a
/// vendor's yes) on an order as the user `username`.
///
/// What the body leaves out is made up sensibly: a reason that names the colleague, the first eligible
/// vendor, the latest report, the whole amount due. The ids that a request's path would name are
/// members of the body; a file is `{name, contentType, text}`.
///
/// Answers the order afterwards (`null` where nothing is left to show, the item for a checklist item).
/// A refusal that left something behind, a declined charge, is an error like any other.
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
    automation::catch_up(state).await;
    state
        .db
        .write(move |tx| {
            let user =
                users::by_username(tx, &username)?.ok_or_else(|| Problem::field("as", "There is no such user."))?;
            let done = act(tx, &user, deed, &order_id, body, &settings, clock.now())?;
            Ok(match done {
                Done::Created(stored) | Done::Changed(stored) => Ok(serde_json::to_value(&stored.order)?),
                Done::Nothing => Ok(Value::Null),
                Done::Part(part) => Ok(part),
                // Not an error of the transaction: what it left behind stays.
                Done::Refused(problem) => Err(problem),
            })
        })
        .await?
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
        settings,
        by_itself: false,
    };
    match deed {
        Deed::Accept => {
            user.require(users::RESPOND)?;
            act.accept(stored)
        }
        Deed::Operation(operation) => {
            user.require(writes::permission_for(operation))?;
            let particulars = particulars::complete(tx, user, operation, &stored, body, now)?;
            let said = Said {
                body: particulars.body.as_ref(),
                file: particulars.file.as_ref(),
                part: &particulars.part,
                party: &particulars.party,
            };
            act.perform(operation, stored, said)
        }
    }
}
