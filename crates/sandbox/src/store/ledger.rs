//! Every effect that really happened. Tests judge by it, so an entry is written only in the
//! transaction that makes the effect, and by nothing else.

use rusqlite::{Connection, Row, params};
use serde::Serialize;

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::model::user::User;
use crate::problem::Problem;

/// One effect, as it is shown.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    pub seq: i64,
    pub at: Stamp,
    pub operation: String,
    pub client_id: Option<String>,
    pub order_id: Option<String>,
    pub user_id: Option<String>,
    pub username: Option<String>,
    /// The `Idempotency-Key` the request carried.
    pub intent: Option<String>,
    pub correlation_id: String,
    pub summary: String,
    /// The money that moved, negative if it went back.
    pub charge: Option<Money>,
}

/// One effect about to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewEffect<'a> {
    pub at: Stamp,
    pub operation: &'a str,
    pub client_id: Option<&'a str>,
    pub order_id: Option<&'a str>,
    pub user: Option<&'a User>,
    pub intent: Option<&'a str>,
    pub correlation_id: &'a str,
    pub summary: &'a str,
    pub charge: Option<Money>,
}

/// The effects that a filter lets through, oldest first.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
    pub items: Vec<Effect>,
    pub total: usize,
}

/// Which effects to show; `None` shows all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub order_id: Option<String>,
    pub operation: Option<String>,
    /// A user's id or user name.
    pub user: Option<String>,
}

pub fn append(connection: &Connection, effect: &NewEffect<'_>) -> Result<(), Problem> {
    connection
        .prepare_cached(
            "INSERT INTO ledger (at, operation, client_id, order_id, user_id, username, intent,
             correlation_id, summary, charge_cents)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            effect.at.0,
            effect.operation,
            effect.client_id,
            effect.order_id,
            effect.user.map(|user| &user.id),
            effect.user.map(|user| &user.username),
            effect.intent,
            effect.correlation_id,
            effect.summary,
            effect.charge.map(|charge| charge.cents)
        ])?;
    Ok(())
}

/// The effects that a filter lets through.
pub fn list(connection: &Connection, filter: &Filter) -> Result<Page, Problem> {
    let items = connection
        .prepare_cached(
            "SELECT seq, at, operation, client_id, order_id, user_id, username, intent,
             correlation_id, summary, charge_cents FROM ledger
             WHERE (?1 IS NULL OR order_id = ?1) AND (?2 IS NULL OR operation = ?2)
             AND (?3 IS NULL OR user_id = ?3 OR username = ?3) ORDER BY seq",
        )?
        .query_map(params![filter.order_id, filter.operation, filter.user], effect_from)?
        .collect::<Result<Vec<_>, _>>()?;
    let total = items.len();
    Ok(Page { items, total })
}

pub fn clear(connection: &Connection) -> Result<(), Problem> {
    connection.execute("DELETE FROM ledger", [])?;
    Ok(())
}

fn effect_from(row: &Row<'_>) -> rusqlite::Result<Effect> {
    Ok(Effect {
        seq: row.get(0)?,
        at: Stamp(row.get(1)?),
        operation: row.get(2)?,
        client_id: row.get(3)?,
        order_id: row.get(4)?,
        user_id: row.get(5)?,
        username: row.get(6)?,
        intent: row.get(7)?,
        correlation_id: row.get(8)?,
        summary: row.get(9)?,
        charge: row.get::<_, Option<i64>>(10)?.map(|cents| Money { cents }),
    })
}
