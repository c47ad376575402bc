//! The reads: one snapshot each, never a change.

mod list;
mod reference;

use rusqlite::{Connection, params};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::call::{Answer, Call};
use crate::input::{Mistakes, Parameters};
use crate::operations::Operation;
use crate::problem::Problem;
use crate::state::AppState;
use crate::store::orders::{self, Stored};
use crate::store::{documents, history, payments};
use crate::time::Stamp;
use crate::users::{self, Scope, User};
use crate::vendors;

/// `{items, asOf}`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dated<T> {
    items: Vec<T>,
    as_of: Stamp,
}

/// `{items}`.
#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HistoryPage {
    items: Vec<history::HistoryEntry>,
    has_older: bool,
    as_of: Stamp,
}

/// Answers a read operation.
pub fn handle(state: &AppState, connection: &Connection, call: &Call, user: &User) -> Result<Answer, Problem> {
    if call.operation == Operation::WhoAmI {
        return Answer::json(user);
    }
    let scope = user.scope(&call.ids.client)?;
    let parameters = Parameters::new(call.parameters()?);
    if is_about_an_order(call.operation) {
        let stored = visible_order(connection, call, &scope)?;
        user.require(users::VIEW)?;
        return about_order(connection, call, &stored, &parameters);
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
pub use reference::visible_loan;

fn is_about_an_order(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::GetOrder
            | Operation::GetOrderById
            | Operation::ListHistory
            | Operation::GetHistoryEntry
            | Operation::ListAuditLogs
            | Operation::ListPayments
            | Operation::ListSuggestedVendors
            | Operation::ListDocuments
    )
}

fn about_order(
    connection: &Connection,
    call: &Call,
    stored: &Stored,
    parameters: &Parameters,
) -> Result<Answer, Problem> {
    let (row, now) = (stored.row, call.now);
    match call.operation {
        Operation::ListHistory => history_page(connection, row, now, parameters),
        Operation::GetHistoryEntry => {
            let missing = || Problem::not_found("history entry");
            let seq = history::seq_of(&call.ids.entry).ok_or_else(missing)?;
            Answer::json(&history::get(connection, row, now, seq)?.ok_or_else(missing)?)
        }
        Operation::ListAuditLogs => dated(history::list_audits(connection, row, now)?, now),
        Operation::ListPayments => dated(payments::list(connection, row, now)?, now),
        Operation::ListSuggestedVendors => dated(vendors::suggest(connection, stored)?, now),
        Operation::ListDocuments => dated(documents::list(connection, row)?, now),
        _ => Answer::json(&stored.order),
    }
}

fn history_page(connection: &Connection, row: i64, now: Stamp, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let known = |text: &str| {
        let seq = history::seq_of(text)?;
        let sql = "SELECT 1 FROM history WHERE seq = ?1 AND order_row = ?2";
        let exists = connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.exists(params![seq, row]));
        matches!(exists, Ok(true)).then_some(seq)
    };
    let hint = "Must be the id of an entry of this order's history.";
    let after = parameters.read(&mut mistakes, "after", hint, known);
    let before = parameters.read(&mut mistakes, "before", hint, known);
    let kind = parameters.read(&mut mistakes, "type", "This is not a history type.", |text| {
        is_type_name(text).then(|| text.to_owned())
    });
    let limit = parameters.count(&mut mistakes, "limit", 1_000, 200);
    mistakes.check()?;
    let window = history::Window {
        now,
        after,
        before,
        kind: kind.as_deref(),
        limit,
    };
    let (items, has_older) = history::list(connection, row, &window)?;
    Answer::json(&HistoryPage {
        items,
        has_older,
        as_of: now,
    })
}

fn is_type_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

fn dated<T: Serialize>(items: Vec<T>, as_of: Stamp) -> Result<Answer, Problem> {
    Answer::json(&Dated { items, as_of })
}

/// Rows of the queue, as they are stored: already in the contract's shape.
fn summaries(connection: &Connection, rows: &[i64]) -> Result<Vec<Box<RawValue>>, Problem> {
    let mut statement = connection.prepare_cached("SELECT summary FROM order_docs WHERE row = ?1")?;
    rows.iter()
        .map(|row| {
            let summary: String = statement.query_row([row], |row| row.get(0))?;
            Ok(RawValue::from_string(summary)?)
        })
        .collect()
}
