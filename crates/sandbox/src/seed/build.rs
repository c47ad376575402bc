//! Makes the tables and fills them.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::{orders, people, vendors, world};
use crate::base::time::Stamp;
use crate::problem::Problem;
use crate::state::AppState;

/// Changes with every change of the tables, so that an old file is refused instead of misread.
const SCHEMA_VERSION: &str = "2";

/// Seeds an empty file, keeps a seeded one, refuses one of another version or half filled.
pub fn prepare(state: &AppState) -> Result<(), Problem> {
    match state.db.read_now(stored_version)?.as_deref() {
        None => {
            let (orders, now) = (state.options.orders, state.clock.now());
            state.db.fill(|tx| build(tx, orders, now))
        }
        Some(SCHEMA_VERSION) => Ok(()),
        Some(other) => Err(Problem::internal(format!(
            "the data file has version {other}, this server needs {SCHEMA_VERSION}: \
             start once with --reset, or name another file"
        ))),
    }
}

/// A fresh world: data, sessions and ledger anew, settings as at start. Faults are the caller's.
pub async fn reset(state: &AppState) -> Result<(), Problem> {
    let (orders, now) = (state.options.orders, state.clock.now());
    state.db.write(move |tx| build(tx, orders, now)).await?;
    state.forget();
    Ok(())
}

/// `None` for an empty file.
fn stored_version(connection: &Connection) -> Result<Option<String>, Problem> {
    let has_meta = connection
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'")?
        .exists([])?;
    if !has_meta {
        return Ok(None);
    }
    let version = connection
        .query_row("SELECT value FROM meta WHERE key = 'schema'", [], |row| row.get(0))
        .optional()?;
    Ok(Some(version.unwrap_or_else(|| "none".to_owned())))
}

fn build(tx: &Transaction<'_>, orders: u32, now: Stamp) -> Result<(), Problem> {
    drop_everything(tx)?;
    tx.execute_batch(include_str!("schema.sql"))?;
    let world = world::World::build(tx)?;
    people::insert(tx, &world)?;
    let made = orders::insert(tx, &world, orders, now)?;
    vendors::insert(tx, &world.vendors, &made.active_by_vendor)?;
    // After the rows: filling an index once is much quicker than keeping it up to date.
    tx.execute_batch(include_str!("indexes.sql"))?;
    for (key, value) in [
        ("schema", SCHEMA_VERSION.to_owned()),
        ("next_order", (i64::from(orders) + 1).to_string()),
        ("next_number", (made.numbers + 1).to_string()),
    ] {
        tx.execute("INSERT INTO meta (key, value) VALUES (?1, ?2)", [key, &value])?;
    }
    tx.execute_batch("ANALYZE")?;
    Ok(())
}

fn drop_everything(tx: &Transaction<'_>) -> Result<(), Problem> {
    // Tables refer to each other; what counts is that nothing is left at the end.
    tx.execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let tables = tx
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")?
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    for table in tables {
        tx.execute_batch(&format!("DROP TABLE \"{table}\""))?;
    }
    Ok(())
}
