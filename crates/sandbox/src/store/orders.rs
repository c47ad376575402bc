//! Orders: one document each, and the columns that the queue is found by.
//!
//! Invariant: the columns and the summary are written only together with the document, by
//! [`insert`] and [`save`].

use rusqlite::{Connection, OptionalExtension, params};

use serde_json::value::RawValue;

use crate::contract::status::HOLDS_CAPACITY;
use crate::model::id::{order_id, unspell};
use crate::model::order::Order;
use crate::model::summary::OrderSummary;
use crate::problem::Problem;

/// Sorts after every value, so that orders without one come last when ascending.
const NONE_LAST: &str = "\u{10FFFF}";

/// An order with its key.
#[derive(Clone, Debug)]
pub struct Stored {
    pub row: i64,
    pub order: Order,
}

/// The key the next new order gets.
pub fn next_row(connection: &Connection) -> Result<i64, Problem> {
    // Not max + 1: the id of a deleted draft must never come back as another order.
    next(connection, "next_order")
}

/// The order number the next activation issues.
pub fn next_number(connection: &Connection) -> Result<String, Problem> {
    Ok(number(next(connection, "next_number")?))
}

/// The nth order number.
pub fn number(n: i64) -> String {
    format!("OV-{:07}", 1_000_000 + n)
}

fn next(connection: &Connection, counter: &str) -> Result<i64, Problem> {
    let next = connection
        .prepare_cached(
            "UPDATE meta SET value = value + 1 WHERE key = ?1
             RETURNING CAST(value AS INTEGER) - 1",
        )?
        .query_row([counter], |row| row.get(0))?;
    Ok(next)
}

/// The document as it is stored, by row; the cheapest way to answer a whole order.
pub fn raw(connection: &Connection, row: i64) -> Result<Option<String>, Problem> {
    let doc = connection
        .prepare_cached("SELECT doc FROM order_docs WHERE row = ?1")?
        .query_row([row], |row| row.get(0))
        .optional()?;
    Ok(doc)
}

pub fn load(connection: &Connection, id: &str) -> Result<Option<Stored>, Problem> {
    let Some(row) = unspell("ord", id) else {
        return Ok(None);
    };
    match raw(connection, row)? {
        Some(doc) => Ok(Some(Stored {
            row,
            order: serde_json::from_str(&doc)?,
        })),
        None => Ok(None),
    }
}

pub fn insert(connection: &Connection, row: i64, order: &Order) -> Result<(), Problem> {
    let columns = Columns::of(order);
    connection
        .prepare_cached(
            "INSERT INTO orders (row, id, client_id, loan_id, branch_id, vendor_id, stage, due_at,
             due_key, updated_at, number_key, borrower_key, vendor_key, search)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            row,
            order.id,
            order.client_id,
            order.loan_id,
            order.branch_id,
            columns.vendor_id,
            order.stage(),
            columns.due_at,
            columns.due_key,
            order.updated_at.0,
            columns.number_key,
            columns.borrower_key,
            columns.vendor_key,
            columns.search,
        ])?;
    connection
        .prepare_cached("INSERT INTO order_docs (row, doc, summary) VALUES (?1, ?2, ?3)")?
        .execute(params![
            row,
            serde_json::to_string(order)?,
            serde_json::to_string(&OrderSummary::from(order))?
        ])?;
    Ok(())
}

pub fn save(connection: &Connection, stored: &Stored) -> Result<(), Problem> {
    let order = &stored.order;
    let columns = Columns::of(order);
    connection
        .prepare_cached(
            "UPDATE orders SET vendor_id = ?2, stage = ?3, due_at = ?4, due_key = ?5,
             updated_at = ?6, number_key = ?7, borrower_key = ?8, vendor_key = ?9, search = ?10
             WHERE row = ?1",
        )?
        .execute(params![
            stored.row,
            columns.vendor_id,
            order.stage(),
            columns.due_at,
            columns.due_key,
            order.updated_at.0,
            columns.number_key,
            columns.borrower_key,
            columns.vendor_key,
            columns.search,
        ])?;
    connection
        .prepare_cached("UPDATE order_docs SET doc = ?2, summary = ?3 WHERE row = ?1")?
        .execute(params![
            stored.row,
            serde_json::to_string(order)?,
            serde_json::to_string(&OrderSummary::from(order))?
        ])?;
    Ok(())
}

/// Rows of the queue, as they are stored: already in the contract's shape.
pub fn summaries(connection: &Connection, rows: &[i64]) -> Result<Vec<Box<RawValue>>, Problem> {
    let mut statement = connection.prepare_cached("SELECT summary FROM order_docs WHERE row = ?1")?;
    rows.iter()
        .map(|row| {
            let summary: String = statement.query_row([row], |row| row.get(0))?;
            Ok(RawValue::from_string(summary)?)
        })
        .collect()
}

/// Whether a vendor has an order under a loan.
pub fn has_vendor_on_loan(connection: &Connection, loan_id: &str, vendor_id: &str) -> Result<bool, Problem> {
    let exists = connection
        .prepare_cached("SELECT 1 FROM orders WHERE loan_id = ?1 AND vendor_id = ?2")?
        .exists([loan_id, vendor_id])?;
    Ok(exists)
}

/// How many orders a vendor holds that take a place of its capacity.
pub fn held_by(connection: &Connection, vendor_id: &str) -> Result<i64, Problem> {
    // Named one by one, because the index on (vendor_id, stage) can serve a list but no negation.
    let stages = HOLDS_CAPACITY.map(|code| code.to_string()).join(", ");
    let held = connection
        .prepare_cached(&format!(
            "SELECT count(*) FROM orders WHERE vendor_id = ?1 AND stage IN ({stages})"
        ))?
        .query_row([vendor_id], |row| row.get(0))?;
    Ok(held)
}

/// The order with this key, whoever's it is.
pub fn load_row(connection: &Connection, row: i64) -> Result<Option<Stored>, Problem> {
    load(connection, &order_id(row))
}

pub fn delete(connection: &Connection, row: i64) -> Result<(), Problem> {
    connection.execute("DELETE FROM documents WHERE order_row = ?1", [row])?;
    connection.execute("DELETE FROM order_docs WHERE row = ?1", [row])?;
    connection.execute("DELETE FROM orders WHERE row = ?1", [row])?;
    Ok(())
}

struct Columns {
    vendor_id: Option<String>,
    due_at: Option<i64>,
    due_key: String,
    number_key: String,
    borrower_key: String,
    vendor_key: String,
    search: String,
}

impl Columns {
    fn of(order: &Order) -> Self {
        let or_last = |text: Option<String>| text.unwrap_or_else(|| NONE_LAST.to_owned());
        let vendor_name = order.vendor.as_ref().map(|vendor| vendor.name.to_lowercase());
        let borrowers = order.loan.borrowers.iter().map(|borrower| &borrower.name);
        let mut search = String::with_capacity(160);
        let parts = [order.order_number.as_deref(), Some(&order.loan.number)]
            .into_iter()
            .flatten()
            .chain(borrowers.map(String::as_str))
            .chain(
                order
                    .property
                    .iter()
                    .flat_map(|property| [&property.street, &property.city, &property.zip].map(String::as_str)),
            )
            .chain(order.vendor.iter().map(|vendor| vendor.name.as_str()));
        for part in parts {
            // A line feed between the parts, so that no search text can match across two of them.
            search.push_str(&part.to_lowercase());
            search.push('\n');
        }
        Self {
            vendor_id: order.vendor.as_ref().map(|vendor| vendor.id.clone()),
            due_at: order.sla.as_ref().map(|sla| sla.due_at.0),
            due_key: or_last(order.due_date.map(|date| date.to_string())),
            number_key: or_last(order.order_number.clone()),
            borrower_key: order.borrower_name().to_lowercase(),
            vendor_key: or_last(vendor_name),
            search,
        }
    }
}
