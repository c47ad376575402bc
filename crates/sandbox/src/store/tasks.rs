//! What is to happen by itself.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::base::time::Stamp;
use crate::model::task::Task;
use crate::problem::Problem;

/// Puts a task on the table.
pub fn schedule(connection: &Connection, order_row: i64, due_at: Stamp, task: &Task) -> Result<(), Problem> {
    connection
        .prepare_cached("INSERT INTO tasks (due_at, order_row, doc) VALUES (?1, ?2, ?3)")?
        .execute(params![due_at.0, order_row, serde_json::to_string(task)?])?;
    Ok(())
}

pub fn next_due(connection: &Connection) -> Result<Option<Stamp>, Problem> {
    let due_at: Option<i64> = connection
        .prepare_cached("SELECT min(due_at) FROM tasks")?
        .query_row([], |row| row.get(0))?;
    Ok(due_at.map(Stamp))
}

/// Takes the first task that is due off the table: the order's key and the task, still as text.
pub fn take(tx: &Transaction<'_>, now: Stamp) -> Result<Option<(i64, String)>, Problem> {
    let task = tx
        .prepare_cached(
            "DELETE FROM tasks WHERE seq = (SELECT seq FROM tasks WHERE due_at <= ?1 ORDER BY due_at, seq LIMIT 1)
             RETURNING order_row, doc",
        )?
        .query_row([now.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(task)
}
