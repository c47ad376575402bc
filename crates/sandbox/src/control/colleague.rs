//! Plays a colleague: the same state machine, history and ledger, without a session.
#![deny(clippy::wildcard_enum_match_arm)]

mod particulars;

use rusqlite::Transaction;
use serde_json::Value;

use crate::automation;
use crate::base::time::Stamp;
use crate::contract::operations::{Operation, OrderWrite};
use crate::contract::roles::Permission;
use crate::contract::settings::Settings;
use crate::model::moment::Moment;
use crate::model::user::User;
use crate::problem::{CorrelationId, Problem};
use crate::state::AppState;
use crate::state::faults::Move;
use crate::store::{orders, users};
use crate::writes::{self, Act, Details, Done, permissions};

/// The name that faults, page and ledger have for a vendor's yes.
const ACCEPT_ORDER: &str = "acceptOrder";

/// What a colleague can be made to do to an order.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    Operation(OrderWrite),
    /// A vendor's yes.
    AcceptOrder,
}

impl Change {
    /// By the operationId of a write to an existing order, or `acceptOrder`.
    pub fn by_id(id: &str) -> Option<Self> {
        if id == ACCEPT_ORDER {
            return Some(Self::AcceptOrder);
        }
        match Operation::by_id(id)? {
            Operation::OrderWrite(operation) => Some(Self::Operation(operation)),
            Operation::Session(_)
            | Operation::AccountRead(_)
            | Operation::ClientRead(_)
            | Operation::LoanRead(_)
            | Operation::OrderRead(_)
            | Operation::LoanWrite(_) => None,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Self::Operation(operation) => operation.id(),
            Self::AcceptOrder => ACCEPT_ORDER,
        }
    }
}

impl From<Move> for Change {
    fn from(action: Move) -> Self {
        match action {
            Move::Assign => Self::Operation(OrderWrite::AssignVendor),
            Move::Hold => Self::Operation(OrderWrite::HoldOrder),
            Move::Cancel => Self::Operation(OrderWrite::CancelOrder),
            Move::Activate => Self::Operation(OrderWrite::ActivateOrder),
            Move::Accept => Self::AcceptOrder,
        }
    }
}

/// Changes an order as the user `username`.
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
    change: Change,
    order_id: &str,
    body: Option<Value>,
) -> Result<Value, Problem> {
    let (username, order_id) = (username.to_owned(), order_id.to_owned());
    let (settings, clock) = (state.settings(), state.clock.clone());
    automation::catch_up(state).await;
    state
        .db
        .write(move |tx| {
            let user =
                users::by_username(tx, &username)?.ok_or_else(|| Problem::field("as", "There is no such user."))?;
            let done = act(tx, &user, change, &order_id, body, &settings, clock.now())?;
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

fn act(
    tx: &Transaction<'_>,
    user: &User,
    change: Change,
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
        operation: change.id(),
        intent: None,
        fenced: settings.fence,
        settings,
        by_itself: false,
    };
    match change {
        Change::AcceptOrder => {
            user.require(Permission::Respond)?;
            writes::accept(&act, stored)
        }
        Change::Operation(operation) => {
            user.require(permissions::to_change(operation))?;
            let particulars = particulars::complete(tx, user, operation, &stored, body, now)?;
            let details = Details {
                body: particulars.body.as_ref(),
                file: particulars.file.as_ref(),
                part: &particulars.part,
                party: &particulars.party,
            };
            writes::change(&act, operation, stored, details)
        }
    }
}
