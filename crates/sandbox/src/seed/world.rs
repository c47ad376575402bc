//! The fixed part: clients, branches, products, payment methods, and the vendors they work with.

use rusqlite::{Transaction, params};

use super::vendors;
use crate::base::money::Money;
use crate::model::actor::Named;
use crate::model::product::Product;
use crate::model::vendor::Vendor;
use crate::problem::Problem;

/// A lender, with the shorthand its ids are made of.
#[derive(Debug)]
pub(super) struct Client {
    pub id: String,
    pub key: &'static str,
    pub name: &'static str,
    pub branches: Vec<Named>,
    pub products: Vec<Product>,
    /// Who activates its orders.
    pub user_id: &'static str,
}

#[derive(Debug)]
pub(super) struct World {
    pub clients: Vec<Client>,
    pub vendors: Vec<Vendor>,
}

const CLIENTS: [(&str, &str, &[&str], &str); 3] = [
    (
        "aspen",
        "Aspen Ridge Bank",
        &["Downtown", "Lakeside", "Online Lending"],
        "usr-client",
    ),
    (
        "harbor",
        "Harbor Point Credit Union",
        &["Members East", "Members West"],
        "usr-client",
    ),
    (
        "prairie",
        "Prairie Home Lending",
        &["Retail", "Wholesale"],
        "usr-client3",
    ),
];

/// Id, name, description, order fee and technology fee in dollars.
const PRODUCTS: [(&str, &str, &str, i64, i64); 7] = [
    (
        "prd-1004",
        "1004 Full Appraisal",
        "Single-family home, interior and exterior inspection",
        525,
        20,
    ),
    (
        "prd-1073",
        "1073 Condominium",
        "Condominium unit, interior and exterior inspection",
        550,
        20,
    ),
    (
        "prd-2055",
        "2055 Exterior Only",
        "Single-family home, seen from the street",
        375,
        15,
    ),
    (
        "prd-1025",
        "1025 Small Residential Income",
        "Two to four units with a rent schedule",
        750,
        25,
    ),
    (
        "prd-1004c",
        "1004C Manufactured Home",
        "Manufactured home on its own land",
        600,
        20,
    ),
    (
        "prd-1004d",
        "1004D Final Inspection",
        "Completion of repairs or construction",
        175,
        10,
    ),
    (
        "prd-desktop",
        "Desktop Appraisal",
        "Valued from records, without an inspection",
        250,
        15,
    ),
];

/// The products that every client offers come first; this many of them.
const SHARED_PRODUCTS: usize = 5;

impl World {
    pub fn build(tx: &Transaction<'_>) -> Result<Self, Problem> {
        let products: Vec<Product> = PRODUCTS
            .iter()
            .map(|(id, name, description, fee, technology)| Product {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
                description: (*description).to_owned(),
                order_fee: Money::dollars(*fee),
                technology_fee: Money::dollars(*technology),
            })
            .collect();
        for product in &products {
            tx.execute(
                "INSERT INTO products (id, name, description, order_fee, technology_fee)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![
                    product.id,
                    product.name,
                    product.description,
                    product.order_fee.cents,
                    product.technology_fee.cents
                ],
            )?;
        }
        let clients = CLIENTS
            .iter()
            .enumerate()
            .map(|(index, (key, name, branches, user_id))| Client {
                id: format!("cli-{key}"),
                key,
                name,
                branches: branches
                    .iter()
                    .map(|branch| Named {
                        id: format!("brn-{key}-{}", branch.to_lowercase().replace(' ', "-")),
                        name: (*branch).to_owned(),
                    })
                    .collect(),
                products: products.iter().take(SHARED_PRODUCTS + index).cloned().collect(),
                user_id,
            })
            .collect();
        let world = Self {
            clients,
            vendors: vendors::invent(),
        };
        for client in &world.clients {
            client.insert(tx)?;
        }
        Ok(world)
    }
}

impl Client {
    fn insert(&self, tx: &Transaction<'_>) -> Result<(), Problem> {
        tx.execute(
            "INSERT INTO clients (id, name) VALUES (?1, ?2)",
            [self.id.as_str(), self.name],
        )?;
        for branch in &self.branches {
            tx.execute(
                "INSERT INTO branches (id, client_id, name) VALUES (?1, ?2, ?3)",
                [&branch.id, &self.id, &branch.name],
            )?;
        }
        for product in &self.products {
            tx.execute(
                "INSERT INTO client_products (client_id, product_id) VALUES (?1, ?2)",
                [&self.id, &product.id],
            )?;
        }
        for (kind, name) in [
            ("ach", "ACH transfer"),
            ("check", "Check"),
            ("creditCard", "Credit card"),
            ("paymentLink", "Payment link by e-mail"),
            ("paypal", "PayPal"),
            ("storedCard", "Card on file"),
        ] {
            tx.execute(
                "INSERT INTO payment_methods (id, client_id, kind, name) VALUES (?1, ?2, ?3, ?4)",
                [&format!("mth-{}-{kind}", self.key), &self.id, kind, name],
            )?;
        }
        Ok(())
    }
}
