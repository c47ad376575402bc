//! Token families: one per sign-in, revoked as a whole.
//!
//! Tokens are random and opaque; the database holds only their hashes. A refresh token is good once: presenting a spent one
//! means that two parties hold it, and ends the whole session.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use crate::base::random;
use crate::base::time::{HOUR, SECOND, Stamp};
use crate::contract::settings::Settings;
use crate::problem::Problem;

/// How long an expired access token is still recognised as expired rather than unknown.
const REMEMBER_EXPIRED_MS: i64 = HOUR;

/// A pair of fresh tokens, in the clear: the only moment they exist on the server.
pub struct Granted {
    pub access: String,
    pub refresh: String,
}

/// Why a token opens nothing.
#[derive(Debug)]
pub enum Refused {
    Unknown,
    Expired,
    Revoked,
    /// A refresh token that was exchanged before.
    Spent,
    Failed(Problem),
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Refused::Failed(error.into())
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Refused::Failed(problem)
    }
}

pub fn open_family(tx: &Transaction<'_>, user_id: &str, now: Stamp, settings: &Settings) -> Result<Granted, Problem> {
    forget_old(tx, now)?;
    tx.execute(
        "INSERT INTO families (user_id, created_at) VALUES (?1, ?2)",
        params![user_id, now.0],
    )?;
    grant(tx, tx.last_insert_rowid(), now, settings)
}

/// Spends a refresh token and answers its user with new tokens. A token that was spent before
/// revokes its family.
pub fn rotate(
    tx: &Transaction<'_>,
    token: &str,
    now: Stamp,
    settings: &Settings,
) -> Result<(String, Granted), Refused> {
    struct Found {
        family: i64,
        expires_at: i64,
        is_spent: bool,
        user_id: String,
        is_revoked: bool,
    }
    let hash = hash(token);
    let found = tx
        .prepare_cached(
            "SELECT t.family, t.expires_at, t.spent_at IS NOT NULL, f.user_id,
             f.revoked_at IS NOT NULL FROM refresh_tokens t JOIN families f ON f.id = t.family
             WHERE t.hash = ?1",
        )?
        .query_row([&hash], |row| {
            Ok(Found {
                family: row.get(0)?,
                expires_at: row.get(1)?,
                is_spent: row.get(2)?,
                user_id: row.get(3)?,
                is_revoked: row.get(4)?,
            })
        })
        .optional()?
        .ok_or(Refused::Unknown)?;
    if found.is_spent {
        revoke_family(tx, found.family, now)?;
        return Err(Refused::Spent);
    }
    if found.is_revoked {
        return Err(Refused::Revoked);
    }
    if found.expires_at <= now.0 {
        return Err(Refused::Expired);
    }
    tx.execute(
        "UPDATE refresh_tokens SET spent_at = ?2 WHERE hash = ?1",
        params![hash, now.0],
    )?;
    let granted = grant(tx, found.family, now, settings)?;
    Ok((found.user_id, granted))
}

/// The id of the user an access token stands for.
pub fn holder(connection: &Connection, token: &str, now: Stamp) -> Result<String, Refused> {
    let (user_id, is_revoked, expires_at): (String, bool, i64) = connection
        .prepare_cached(
            "SELECT f.user_id, f.revoked_at IS NOT NULL, t.expires_at FROM access_tokens t
             JOIN families f ON f.id = t.family WHERE t.hash = ?1",
        )?
        .query_row([hash(token)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?
        .ok_or(Refused::Unknown)?;
    if is_revoked {
        Err(Refused::Revoked)
    } else if expires_at <= now.0 {
        Err(Refused::Expired)
    } else {
        Ok(user_id)
    }
}

/// The family and user of an access token, good or not.
pub fn family_of_access(connection: &Connection, token: &str) -> Result<Option<(i64, String)>, Problem> {
    family_of(connection, "access_tokens", token)
}

/// The family and user of a refresh token, good or not.
pub fn family_of_refresh(connection: &Connection, token: &str) -> Result<Option<(i64, String)>, Problem> {
    family_of(connection, "refresh_tokens", token)
}

pub fn revoke_family(tx: &Transaction<'_>, family: i64, now: Stamp) -> Result<(), rusqlite::Error> {
    tx.execute(
        "UPDATE families SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL",
        params![family, now.0],
    )?;
    Ok(())
}

/// Every access token expires now; refresh tokens stay good.
pub fn expire_all_access(tx: &Transaction<'_>) -> Result<(), Problem> {
    tx.execute("UPDATE access_tokens SET expires_at = 0", [])?;
    Ok(())
}

/// Ends all sessions of one user.
pub fn revoke_user(tx: &Transaction<'_>, user_id: &str, now: Stamp) -> Result<(), Problem> {
    tx.execute(
        "UPDATE families SET revoked_at = ?2 WHERE user_id = ?1 AND revoked_at IS NULL",
        params![user_id, now.0],
    )?;
    Ok(())
}

fn family_of(connection: &Connection, table: &str, token: &str) -> Result<Option<(i64, String)>, Problem> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT t.family, f.user_id FROM {table} t JOIN families f ON f.id = t.family
             WHERE t.hash = ?1"
        ))?
        .query_row([hash(token)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found)
}

fn grant(tx: &Transaction<'_>, family: i64, now: Stamp, settings: &Settings) -> Result<Granted, Problem> {
    let granted = Granted {
        access: random::hex(32),
        refresh: random::hex(32),
    };
    let after = |seconds: u64| now.plus(i64::try_from(seconds).unwrap_or(i64::MAX / SECOND) * SECOND);
    tx.execute(
        "INSERT INTO access_tokens (hash, family, expires_at) VALUES (?1, ?2, ?3)",
        params![
            hash(&granted.access),
            family,
            after(settings.access_token_ttl_seconds).0
        ],
    )?;
    tx.execute(
        "INSERT INTO refresh_tokens (hash, family, expires_at) VALUES (?1, ?2, ?3)",
        params![
            hash(&granted.refresh),
            family,
            after(settings.refresh_token_ttl_seconds).0
        ],
    )?;
    Ok(granted)
}

fn forget_old(tx: &Transaction<'_>, now: Stamp) -> Result<(), Problem> {
    // Only those that ran out by themselves: one expired by a fault has 0 and must stay known.
    tx.execute(
        "DELETE FROM access_tokens WHERE expires_at > 0 AND expires_at < ?1",
        [now.0 - REMEMBER_EXPIRED_MS],
    )?;
    Ok(())
}

/// What is kept of a token. Looking a token up by its hash also keeps timing from telling how much
/// of a guess was right.
fn hash(token: &str) -> String {
    random::encode_hex(&Sha256::digest(token.as_bytes()))
}
