//! Vendors.

use rusqlite::{Connection, OptionalExtension};

use crate::model::vendor::Vendor;
use crate::problem::Problem;

pub fn load(connection: &Connection, id: &str) -> Result<Option<Vendor>, Problem> {
    let doc: Option<String> = connection
        .prepare_cached("SELECT doc FROM vendors WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    Ok(match doc {
        Some(doc) => Some(serde_json::from_str(&doc)?),
        None => None,
    })
}

pub fn all(connection: &Connection) -> Result<Vec<Vendor>, Problem> {
    let mut statement = connection.prepare_cached("SELECT doc FROM vendors ORDER BY id")?;
    let docs = statement.query_map([], |row| row.get::<_, String>(0))?;
    docs.map(|doc| Ok(serde_json::from_str(&doc?)?)).collect()
}
