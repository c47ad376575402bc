//! Intents that were carried out, by user and key, with their first answer.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::problem::Problem;

/// The request that used a key first, and what it was answered.
#[derive(Debug)]
pub struct Remembered {
    /// Of the request; see the caller for what goes into it.
    pub fingerprint: String,
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
}

pub fn find(tx: &Transaction<'_>, user_id: &str, key: &str) -> Result<Option<Remembered>, Problem> {
    let found = tx
        .prepare_cached(
            "SELECT request_hash, status, location, body FROM idempotency
             WHERE user_id = ?1 AND key = ?2",
        )?
        .query_row([user_id, &key.to_lowercase()], |row| {
            Ok(Remembered {
                fingerprint: row.get(0)?,
                status: row.get(1)?,
                location: row.get(2)?,
                body: row.get(3)?,
            })
        })
        .optional()?;
    Ok(found)
}

pub fn remember(tx: &Transaction<'_>, user_id: &str, key: &str, first: &Remembered) -> Result<(), Problem> {
    tx.prepare_cached(
        "INSERT INTO idempotency (user_id, key, request_hash, status, location, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        user_id,
        key.to_lowercase(),
        first.fingerprint,
        first.status,
        first.location,
        first.body
    ])?;
    Ok(())
}
