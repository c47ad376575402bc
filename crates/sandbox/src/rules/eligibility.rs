//! Vendors: where they work, what they offer, and whether an order may go to one.

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use crate::base::money::Money;
use crate::contract::status;
use crate::model::{Order, Property, VendorPart};
use crate::problem::{Code, FieldError, Problem};
use crate::rules::fees;
use crate::store::history;
use crate::store::orders::Stored;
use crate::store::reference;

/// A vendor as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Vendor {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// How many orders it takes at a time.
    pub capacity_limit: i64,
    pub turn_time_days: i64,
    pub recent_declines: i64,
    /// Two-letter states it holds a licence in.
    pub licensed_in: Vec<String>,
    pub zips: Vec<String>,
    /// `County, ST`.
    pub counties: Vec<String>,
    pub states: Vec<String>,
    pub product_ids: Vec<String>,
    /// The clients on whose panel it is.
    pub panels: Vec<String>,
    /// Added to a product's usual vendor portion.
    pub surcharge: Money,
}

/// How closely a vendor covers a place; the more specific, the stronger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Coverage {
    Zip,
    County,
    State,
    None,
}

impl Vendor {
    pub fn coverage(&self, property: &Property) -> Coverage {
        let zip = property.zip.get(..5).unwrap_or(&property.zip);
        let county = format!("{}, {}", property.county, property.state);
        if self.zips.iter().any(|known| known == zip) {
            Coverage::Zip
        } else if self.counties.contains(&county) {
            Coverage::County
        } else if self.states.contains(&property.state) {
            Coverage::State
        } else {
            Coverage::None
        }
    }

    pub fn part(&self) -> VendorPart {
        VendorPart {
            id: self.id.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// A vendor judged for one order, in the contract's shape.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    pub id: String,
    pub name: String,
    pub coverage: Coverage,
    pub product_match: bool,
    pub on_panel: bool,
    pub licensed: bool,
    pub capacity: Capacity,
    pub fee: Money,
    pub turn_time_days: i64,
    pub recent_declines: i64,
    pub eligible: bool,
    /// Why not; empty exactly if eligible.
    pub reasons: Vec<String>,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Capacity {
    pub active: i64,
    pub limit: i64,
}

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

/// Every vendor judged for this order: eligible ones first, then by coverage, then by fee.
pub fn suggest(connection: &Connection, stored: &Stored) -> Result<Vec<Suggestion>, Problem> {
    let decliners = history::decliners(connection, stored.row)?;
    let mut suggestions = all(connection)?
        .iter()
        .map(|vendor| judge(connection, &stored.order, vendor, &decliners))
        .collect::<Result<Vec<_>, _>>()?;
    suggestions.sort_by(|a, b| {
        let rank = |s: &Suggestion| (!s.eligible, s.coverage, s.fee);
        rank(a).cmp(&rank(b)).then_with(|| a.id.cmp(&b.id))
    });
    Ok(suggestions)
}

/// The vendor, if this order may go to it; else 400 `vendor_not_eligible` with the reasons.
pub fn require_eligible(connection: &Connection, stored: &Stored, vendor_id: &str) -> Result<Vendor, Problem> {
    let Some(vendor) = load(connection, vendor_id)? else {
        return Err(not_eligible("This vendor does not exist.", &[]));
    };
    let decliners = history::decliners(connection, stored.row)?;
    let suggestion = judge(connection, &stored.order, &vendor, &decliners)?;
    if suggestion.eligible {
        Ok(vendor)
    } else {
        Err(not_eligible(
            "The vendor is not eligible for this order. Choose another vendor or update the panel.",
            &suggestion.reasons,
        ))
    }
}

fn not_eligible(detail: &str, reasons: &[String]) -> Problem {
    let reasons: Vec<&str> = if reasons.is_empty() {
        vec![detail]
    } else {
        reasons.iter().map(String::as_str).collect()
    };
    let errors = reasons.iter().map(|reason| FieldError {
        field: "vendorId".to_owned(),
        message: (*reason).to_owned(),
    });
    Problem::new(Code::VendorNotEligible, detail).with_errors(errors.collect())
}

fn judge(connection: &Connection, order: &Order, vendor: &Vendor, decliners: &[String]) -> Result<Suggestion, Problem> {
    let coverage = order
        .property
        .as_ref()
        .map_or(Coverage::None, |property| vendor.coverage(property));
    let licensed = order
        .property
        .as_ref()
        .is_some_and(|property| vendor.licensed_in.contains(&property.state));
    let product_match = order
        .product
        .as_ref()
        .is_some_and(|product| vendor.product_ids.contains(&product.id));
    let on_panel = vendor.panels.contains(&order.client_id);
    let active = active_orders(connection, &vendor.id)?;

    let mut reasons = Vec::new();
    let mut unless = |met: bool, reason: &str| {
        if !met {
            reasons.push(reason.to_owned());
        }
    };
    unless(order.property.is_some(), "The order has no property yet.");
    unless(order.product.is_some(), "The order has no product yet.");
    unless(on_panel, "Not on this client's panel.");
    unless(product_match || order.product.is_none(), "Does not offer this product.");
    unless(
        licensed || order.property.is_none(),
        "Holds no licence in the property's state.",
    );
    unless(
        coverage != Coverage::None || order.property.is_none(),
        "Does not cover the property's area.",
    );
    unless(active < vendor.capacity_limit, "Has no free capacity at the moment.");
    unless(!decliners.contains(&vendor.id), "Has already declined this order.");
    Ok(Suggestion {
        id: vendor.id.clone(),
        name: vendor.name.clone(),
        coverage,
        product_match,
        on_panel,
        licensed,
        capacity: Capacity {
            active,
            limit: vendor.capacity_limit,
        },
        fee: vendor_fee(connection, order, vendor)?,
        turn_time_days: vendor.turn_time_days,
        recent_declines: vendor.recent_declines,
        eligible: reasons.is_empty(),
        reasons,
    })
}

/// What the vendor would charge for this order; without a product only its surcharge is known.
fn vendor_fee(connection: &Connection, order: &Order, vendor: &Vendor) -> Result<Money, Problem> {
    let Some(product) = &order.product else {
        return Ok(vendor.surcharge);
    };
    let product = reference::product(connection, &order.client_id, &product.id)?;
    let zip = order.property.as_ref().map_or("", |property| &property.zip);
    Ok(product.map_or(vendor.surcharge, |product| {
        fees::resolve(&product, zip, Some(vendor)).fee.vendor_charges
    }))
}

fn active_orders(connection: &Connection, vendor_id: &str) -> Result<i64, Problem> {
    // Written out, because the index on (vendor_id, stage) can serve a list but no negation.
    let active = connection
        .prepare_cached(
            "SELECT count(*) FROM orders WHERE vendor_id = ?1
             AND stage IN (1, 3, 4, 10, 14, 15, 11, 12, 20)",
        )?
        .query_row([vendor_id], |row| row.get(0))?;
    Ok(active)
}

/// Whether an order in this status takes a place of its vendor's capacity.
pub fn takes_capacity(code: status::Code) -> bool {
    matches!(code, 1 | 3 | 4 | 10 | 14 | 15 | 11 | 12 | 20)
}
