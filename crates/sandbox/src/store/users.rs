//! People.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::contract::roles::Role;
use crate::model::actor::{Actor, Named};
use crate::model::user::{Branch, User};
use crate::problem::Problem;

pub fn by_id(connection: &Connection, id: &str) -> Result<Option<User>, Problem> {
    find(connection, "id", id)
}

/// The person who answers for a vendor.
pub fn of_vendor(connection: &Connection, vendor_id: &str) -> Result<Option<User>, Problem> {
    find(connection, "vendor_id", vendor_id)
}

pub fn by_username(connection: &Connection, username: &str) -> Result<Option<User>, Problem> {
    find(connection, "username", username)
}

fn find(connection: &Connection, column: &str, value: &str) -> Result<Option<User>, Problem> {
    let found = connection
        .prepare_cached(&format!(
            "SELECT id, username, name, role, vendor_id FROM users WHERE {column} = ?1"
        ))?
        .query_row([value], bare_user)
        .optional()?;
    let Some(mut user) = found else {
        return Ok(None);
    };
    let mut statement = connection.prepare_cached(
        "SELECT b.id, b.name, c.id, c.name FROM user_branches u
         JOIN branches b ON b.id = u.branch_id JOIN clients c ON c.id = b.client_id
         WHERE u.user_id = ?1 ORDER BY c.id, b.name",
    )?;
    let rows = statement.query_map([&user.id], |row| {
        Ok((
            Branch {
                id: row.get(0)?,
                name: row.get(1)?,
                client_id: row.get(2)?,
            },
            row.get::<_, String>(3)?,
        ))
    })?;
    for row in rows {
        let (branch, client_name) = row?;
        if !user.clients.iter().any(|client| client.id == branch.client_id) {
            user.clients.push(Named {
                id: branch.client_id.clone(),
                name: client_name,
            });
        }
        user.branches.push(branch);
    }
    Ok(Some(user))
}

fn bare_user(row: &Row<'_>) -> rusqlite::Result<User> {
    let role: String = row.get(3)?;
    // A role nobody knows must not open anything: the narrowest one stands in.
    let role = Role::by_name(&role).unwrap_or(Role::Vendor);
    Ok(User {
        id: row.get(0)?,
        username: row.get(1)?,
        name: row.get(2)?,
        role,
        permissions: role.permissions(),
        clients: Vec::new(),
        branches: Vec::new(),
        vendor_id: row.get(4)?,
    })
}

/// What is kept of a user's password.
pub fn password_hash(connection: &Connection, username: &str) -> Result<Option<String>, Problem> {
    let hash = connection
        .prepare_cached("SELECT password_hash FROM users WHERE username = ?1")?
        .query_row([username], |row| row.get(0))
        .optional()?;
    Ok(hash)
}

/// The joined user's id, name and role from three columns starting at `first`.
pub(super) fn actor_from(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Actor>> {
    let id: Option<String> = row.get(first)?;
    id.map(|id| {
        Ok(Actor {
            id,
            name: row.get(first + 1)?,
            role: row.get(first + 2)?,
        })
    })
    .transpose()
}
