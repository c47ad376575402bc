//! The reads: one snapshot each, never a change.

use super::{list, order, reference};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::input::Parameters;
use crate::input::call::{Answer, Call};
use crate::problem::Problem;
use crate::state::AppState;
use crate::store::orders::{self, Stored};
use crate::store::users::{self, Scope, User};

/// `{items, asOf}`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dated<T> {
    items: Vec<T>,
    as_of: Stamp,
}

/// `{items}`.
#[derive(Serialize)]
pub(super) struct Items<T> {
    pub(super) items: Vec<T>,
}

/// Answers a read operation.
pub fn handle(state: &AppState, connection: &Connection, call: &Call, user: &User) -> Result<Answer, Problem> {
    if call.operation == Operation::WhoAmI {
        return Answer::json(user);
    }
    let scope = user.scope(&call.ids.client)?;
    let parameters = Parameters::new(call.parameters()?);
    if order::is_about_an_order(call.operation) {
        let stored = visible_order(connection, call, &scope)?;
        user.require(users::VIEW)?;
        let look = order::Look {
            connection,
            call,
            user,
            stored: &stored,
        };
        return order::answer(&look, &parameters);
    }
    match call.operation {
        Operation::GetLoan => {
            let loan = reference::visible_loan(connection, &scope, &call.ids.loan)?.0;
            user.require(users::VIEW)?;
            Answer::json(&loan)
        }
        Operation::ListLoanOrders => {
            reference::visible_loan(connection, &scope, &call.ids.loan)?;
            user.require(users::VIEW)?;
            list::of_loan(connection, call, &scope)
        }
        operation => {
            user.require(users::VIEW)?;
            match operation {
                Operation::ListOrders => list::page(state, connection, call, &scope, &parameters),
                Operation::ListLoans => reference::loans(connection, &scope, &parameters),
                Operation::ListVendors => reference::vendors(connection, &scope, &parameters),
                Operation::ListDeliveryConfigurations => order::delivery_configurations(&scope.client_id),
                Operation::ResolveFee => reference::fee(connection, &scope, &parameters),
                _ => reference::plain(connection, operation, &scope),
            }
        }
    }
}

/// The order a path names, if this scope shows it; else 404.
pub fn visible_order(connection: &Connection, call: &Call, scope: &Scope) -> Result<Stored, Problem> {
    orders::load(connection, &call.ids.order)?
        .filter(|stored| scope.shows(&stored.order))
        .filter(|stored| call.ids.loan.is_empty() || stored.order.loan_id == call.ids.loan)
        .ok_or_else(|| Problem::not_found("order"))
}

/// The loan a path names, if this scope shows it; else 404.
pub use super::reference::visible_loan;

pub(super) fn dated<T: Serialize>(items: Vec<T>, as_of: Stamp) -> Result<Answer, Problem> {
    Answer::json(&Dated { items, as_of })
}

/// Rows of the queue, as they are stored: already in the contract's shape.
pub(super) fn summaries(connection: &Connection, rows: &[i64]) -> Result<Vec<Box<RawValue>>, Problem> {
    let mut statement = connection.prepare_cached("SELECT summary FROM order_docs WHERE row = ?1")?;
    rows.iter()
        .map(|row| {
            let summary: String = statement.query_row([row], |row| row.get(0))?;
            Ok(RawValue::from_string(summary)?)
        })
        .collect()
}
