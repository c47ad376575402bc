//! Forty vendors: five at home in each state, from nationwide to one ZIP code, some without the
//! licence, product, panel or capacity that an order needs.

use std::collections::HashMap;

use rusqlite::{Transaction, params};

use super::names::{FIRMS, PLACES, STATES};
use super::rng::Rng;
use crate::base::money::Money;
use crate::model::vendor::Vendor;
use crate::problem::Problem;

/// The first two work everywhere for everyone, so that every order has someone to go to.
const NATIONWIDE: usize = 2;
const ALL_PRODUCTS: [&str; 7] = [
    "prd-1004",
    "prd-1073",
    "prd-2055",
    "prd-1025",
    "prd-1004c",
    "prd-1004d",
    "prd-desktop",
];
const ALL_CLIENTS: [&str; 3] = ["cli-aspen", "cli-harbor", "cli-prairie"];

pub(super) fn invent() -> Vec<Vendor> {
    FIRMS
        .iter()
        .enumerate()
        .map(|(index, firm)| invent_one(index, firm))
        .collect()
}

fn invent_one(index: usize, firm: &str) -> Vendor {
    let mut rng = Rng::new("vendor", index as u64);
    let nationwide = index < NATIONWIDE;
    let state_index = index % STATES.len();
    // The third, fourth … firm of a state is at home in another of its towns.
    let home = &PLACES[state_index * 3 + (index / STATES.len()) % 3];
    let reach = (index / STATES.len()) % 3;
    let owned = |items: &[&str]| -> Vec<String> { items.iter().map(|item| (*item).to_owned()).collect() };
    let states = match (nationwide, reach) {
        (true, _) => owned(&STATES),
        (false, 0 | 1) => owned(&[home.state]),
        _ => Vec::new(),
    };
    let licensed_in = match index % 13 {
        _ if nationwide => owned(&STATES),
        // Covers its state, but lets the licence lapse: never eligible.
        12 => Vec::new(),
        _ => owned(&[home.state, STATES[(state_index + 3) % STATES.len()]]),
    };
    let product_ids = ALL_PRODUCTS
        .iter()
        .filter(|_| nationwide || rng.chance(80))
        .map(|product| (*product).to_owned())
        .collect();
    let panels = ALL_CLIENTS
        .iter()
        .filter(|_| nationwide || rng.chance(75))
        .map(|client| (*client).to_owned())
        .collect();
    let domain: String = firm
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    Vendor {
        id: id_of(index),
        name: firm.to_owned(),
        email: Some(format!("orders@{domain}.example")),
        phone: (index % 9 != 8).then(|| format!("{}-555-01{:02}", home.area_code, index)),
        capacity_limit: 0,
        turn_time_days: rng.between(4, 12),
        recent_declines: rng.between(0, 5),
        licensed_in,
        zips: owned(&home.zips[..2]),
        counties: vec![format!("{}, {}", home.county, home.state)],
        states,
        product_ids,
        panels,
        surcharge: Money::dollars(rng.between(-4, 6) * 10),
    }
}

pub(super) fn id_of(index: usize) -> String {
    format!("ven-{:02}", index + 1)
}

/// Writes the vendors with a capacity that fits what they already hold; every seventh one is full.
pub(super) fn insert(tx: &Transaction<'_>, vendors: &[Vendor], active: &HashMap<String, i64>) -> Result<(), Problem> {
    for (index, vendor) in vendors.iter().enumerate() {
        let mut rng = Rng::new("capacity", index as u64);
        let room = match index {
            _ if index < NATIONWIDE => 500,
            _ if index % 7 == 6 => 0,
            _ => rng.between(5, 25),
        };
        let mut vendor = vendor.clone();
        vendor.capacity_limit = active.get(&vendor.id).copied().unwrap_or(0) + room;
        tx.execute(
            "INSERT INTO vendors (id, name, doc) VALUES (?1, ?2, ?3)",
            params![vendor.id, vendor.name, serde_json::to_string(&vendor)?],
        )?;
    }
    Ok(())
}
