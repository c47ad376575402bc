//! The bytes of uploads. What was seeded has none here.

use rusqlite::{Connection, OptionalExtension, params};

use crate::problem::Problem;

pub fn keep(connection: &Connection, id: &str, bytes: &[u8]) -> Result<(), Problem> {
    connection
        .prepare_cached("INSERT INTO contents (id, bytes) VALUES (?1, ?2)")?
        .execute(params![id, bytes])?;
    Ok(())
}

pub fn load(connection: &Connection, id: &str) -> Result<Option<Vec<u8>>, Problem> {
    let bytes = connection
        .prepare_cached("SELECT bytes FROM contents WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(bytes)
}
