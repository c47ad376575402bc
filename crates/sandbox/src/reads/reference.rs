//! What changes rarely: loans, products, branches, vendors, payment methods, fees, history types.

use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;

use super::shapes::undated;
use crate::base::money::Money;
use crate::contract::answer::Answer;
use crate::input::{Mistakes, Parameters, is_zip};
use crate::model::actor::Named;
use crate::model::delivery::DeliveryParty;
use crate::model::entry::EntryType;
use crate::model::user::Scope;
use crate::model::vendor::Vendor;
use crate::problem::Problem;
use crate::rules::fees;
use crate::store::{loans, reference, vendors};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LoanPage {
    items: Vec<Box<RawValue>>,
    page: usize,
    page_size: usize,
    total: i64,
}

#[derive(Serialize)]
struct HistoryType {
    #[serde(rename = "type")]
    kind: EntryType,
    label: &'static str,
}

/// Those that the platform lists; entries of other types occur.
pub(super) fn history_types() -> Result<Answer, Problem> {
    let listed = EntryType::ALL.iter().filter_map(|kind| {
        let label = kind.label()?;
        Some(HistoryType { kind: *kind, label })
    });
    undated(listed.collect())
}

pub(super) fn products(connection: &Connection, scope: &Scope) -> Result<Answer, Problem> {
    undated(reference::products(connection, &scope.client_id)?)
}

pub(super) fn branches(connection: &Connection, scope: &Scope) -> Result<Answer, Problem> {
    let mut items = reference::branches(connection, &scope.client_id)?;
    items.retain(|branch| scope.shows_branch(&branch.id));
    undated(items)
}

pub(super) fn payment_methods(connection: &Connection, scope: &Scope) -> Result<Answer, Problem> {
    undated(reference::payment_methods(connection, &scope.client_id)?)
}

pub(super) fn loans(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let search = parameters.search(&mut mistakes);
    let page = parameters.count(&mut mistakes, "page", 1_000_000, 1);
    let page_size = parameters.count(&mut mistakes, "pageSize", 200, 50);
    mistakes.check()?;
    let (items, total) = loans::page(connection, scope, search, page, page_size)?;
    Answer::json(&LoanPage {
        items,
        page,
        page_size,
        total,
    })
}

pub(super) fn vendors(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let search = parameters.search(&mut mistakes);
    mistakes.check()?;
    let fits = |vendor: &Vendor| {
        vendor.panels.contains(&scope.client_id)
            && search
                .as_ref()
                .is_none_or(|text| vendor.name.to_lowercase().contains(text))
    };
    let mut items: Vec<Named> = vendors::all(connection)?
        .into_iter()
        .filter(fits)
        .map(|vendor| Named {
            id: vendor.id,
            name: vendor.name,
        })
        .collect();
    items.sort_by(|a, b| a.name.cmp(&b.name));
    undated(items)
}

pub(super) fn fee(connection: &Connection, scope: &Scope, parameters: &Parameters) -> Result<Answer, Problem> {
    let mut mistakes = Mistakes::default();
    let product_id = parameters.id(&mut mistakes, "productId");
    let vendor_id = parameters.id(&mut mistakes, "vendorId");
    let hint = "Enter a ZIP code such as 78701 or 78701-1234.";
    let zip = parameters.read(&mut mistakes, "zip", hint, |text| is_zip(text).then(|| text.to_owned()));
    for name in ["productId", "zip"] {
        if !parameters.has(name) {
            mistakes.add(name, "This parameter is required.");
        }
    }
    mistakes.check()?;
    let (Some(product_id), Some(zip)) = (product_id, zip) else {
        return Err(Problem::field("", "productId and zip are required."));
    };
    let product =
        reference::product(connection, &scope.client_id, &product_id)?.ok_or_else(|| Problem::not_found("product"))?;
    let vendor = match vendor_id {
        None => None,
        Some(id) => Some(
            vendors::load(connection, &id)?
                .filter(|vendor| vendor.panels.contains(&scope.client_id))
                .ok_or_else(|| Problem::not_found("vendor"))?,
        ),
    };
    let surcharge = vendor.map_or(Money::ZERO, |vendor| vendor.surcharge);
    Answer::json(&fees::resolve(&product, &zip, surcharge))
}

/// The same for all orders of a client.
pub(super) fn delivery_configurations(scope: &Scope) -> Result<Answer, Problem> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Configuration {
        id: String,
        name: &'static str,
        to: DeliveryParty,
        requires_acknowledgement: bool,
    }
    let key = scope.client_id.trim_start_matches("cli-");
    let items = [
        (
            DeliveryParty::Borrower,
            "Secure link to the borrower, terms to be acknowledged",
            true,
        ),
        (DeliveryParty::Other, "Secure link to somebody else", false),
    ];
    let items = items.map(|(to, name, requires_acknowledgement)| Configuration {
        id: format!("dcf-{key}-{to}"),
        name,
        to,
        requires_acknowledgement,
    });
    undated(items.into())
}
