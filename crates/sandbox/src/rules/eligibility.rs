//! Whether an order may go to a vendor.

use rusqlite::Connection;
use serde::Serialize;

use super::fees;
use crate::base::money::Money;
use crate::model::order::Order;
use crate::model::vendor::{Coverage, Vendor};
use crate::problem::{Code, FieldError, Problem};
use crate::store::orders::{self, Stored};
use crate::store::{history, reference, vendors};

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

/// Every vendor judged for this order: eligible ones first, then by coverage, then by fee.
pub fn suggest(connection: &Connection, stored: &Stored) -> Result<Vec<Suggestion>, Problem> {
    let decliners = history::decliners(connection, stored.row)?;
    let mut suggestions = vendors::all(connection)?
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
    let Some(vendor) = vendors::load(connection, vendor_id)? else {
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
    let active = orders::held_by(connection, &vendor.id)?;

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
        fees::resolve(&product, zip, vendor.surcharge).fee.vendor_charges
    }))
}
