//! What changes rarely: clients, branches, products, payment methods.

use rusqlite::{Connection, OptionalExtension};

use crate::base::money::Money;
use crate::model::actor::Named;
use crate::model::product::{PaymentMethod, Product};
use crate::problem::Problem;

/// The products a client may order, by name.
pub fn products(connection: &Connection, client_id: &str) -> Result<Vec<Product>, Problem> {
    let products = connection
        .prepare_cached(
            "SELECT p.id, p.name, p.description, p.order_fee, p.technology_fee FROM products p
             JOIN client_products c ON c.product_id = p.id WHERE c.client_id = ?1 ORDER BY p.name",
        )?
        .query_map([client_id], |row| {
            Ok(Product {
                id: row.get(0)?,
                name: row.get(1)?,
                description: row.get(2)?,
                order_fee: Money { cents: row.get(3)? },
                technology_fee: Money { cents: row.get(4)? },
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(products)
}

/// One product, if this client may order it.
pub fn product(connection: &Connection, client_id: &str, product_id: &str) -> Result<Option<Product>, Problem> {
    Ok(products(connection, client_id)?
        .into_iter()
        .find(|product| product.id == product_id))
}

pub fn branches(connection: &Connection, client_id: &str) -> Result<Vec<Named>, Problem> {
    let branches = connection
        .prepare_cached("SELECT id, name FROM branches WHERE client_id = ?1 ORDER BY name")?
        .query_map([client_id], |row| {
            Ok(Named {
                id: row.get(0)?,
                name: row.get(1)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(branches)
}

pub fn branch_name(connection: &Connection, branch_id: &str) -> Result<String, Problem> {
    let name = connection
        .prepare_cached("SELECT name FROM branches WHERE id = ?1")?
        .query_row([branch_id], |row| row.get(0))
        .optional()?;
    Ok(name.unwrap_or_default())
}

pub fn payment_methods(connection: &Connection, client_id: &str) -> Result<Vec<PaymentMethod>, Problem> {
    let methods = connection
        .prepare_cached("SELECT id, kind, name FROM payment_methods WHERE client_id = ?1 ORDER BY id")?
        .query_map([client_id], |row| {
            Ok(PaymentMethod {
                id: row.get(0)?,
                kind: row.get(1)?,
                name: row.get(2)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(methods)
}
