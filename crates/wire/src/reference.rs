//! Loans, products, branches, vendors and fees: what forms choose from.

use crate::json::{Lenient, Unreadable, Value, parse};
use omnival_core::ids::{LoanId, VendorId};
use omnival_core::money::Money;
use omnival_core::order::full::{Fee, Loan, Property};
use omnival_core::words::Coverage;

#[derive(Clone, PartialEq, Debug)]
pub struct LoanRecord {
    pub id: LoanId,
    pub loan: Loan,
    pub property: Option<Property>,
}

/// Something to choose: a product, a branch.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    pub id: String,
    pub name: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Product {
    pub id: String,
    pub name: String,
    /// What it is, in a sentence; empty when nothing is said.
    pub description: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    pub id: VendorId,
    pub name: String,
    pub coverage: Coverage,
    pub product: bool,
    pub active: u32,
    pub limit: u32,
    pub fee: Option<Money>,
    pub turn_days: u32,
    pub recent_declines: u32,
    pub eligible: bool,
    /// Why not, as the platform says it.
    pub reasons: Vec<String>,
}

/// What `read` makes of each item; one that cannot be read does not cost the others.
fn items<T>(body: &str, read: impl Fn(&Value) -> Option<T>) -> Result<Vec<T>, Unreadable> {
    let value = parse(body)?;
    let items = value
        .get("items")
        .and_then(Value::as_array)
        .ok_or(Unreadable("items"))?;
    Ok(items.iter().filter_map(read).collect())
}

pub fn loans(body: &str) -> Result<Vec<LoanRecord>, Unreadable> {
    items(body, |item| loan_record(item).ok())
}

pub fn loan(body: &str) -> Result<LoanRecord, Unreadable> {
    loan_record(&parse(body)?)
}

fn loan_record(value: &Value) -> Result<LoanRecord, Unreadable> {
    Ok(LoanRecord {
        id: LoanId::new(value.must("id")?),
        loan: crate::order::loan(value),
        property: value.object("property").map(crate::order::property),
    })
}

pub fn choices(body: &str) -> Result<Vec<Choice>, Unreadable> {
    items(body, |item| {
        Some(Choice {
            id: item.owned("id")?,
            name: item.or_empty("name"),
        })
    })
}

pub fn products(body: &str) -> Result<Vec<Product>, Unreadable> {
    items(body, |item| {
        Some(Product {
            id: item.owned("id")?,
            name: item.or_empty("name"),
            description: item.or_empty("description"),
        })
    })
}

pub fn suggestions(body: &str) -> Result<Vec<Suggestion>, Unreadable> {
    items(body, |item| {
        let capacity = item.object("capacity").unwrap_or(&Value::Null);
        Some(Suggestion {
            id: VendorId::new(item.text("id")?),
            name: item.or_empty("name"),
            coverage: item.word("coverage"),
            product: item.flag("productMatch"),
            active: capacity.count("active"),
            limit: capacity.count("limit"),
            fee: item.money("fee"),
            turn_days: item.count("turnTimeDays"),
            recent_declines: item.count("recentDeclines"),
            eligible: item.flag("eligible"),
            reasons: item
                .list("reasons")
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        })
    })
}

pub fn fee(body: &str) -> Result<Fee, Unreadable> {
    crate::order::fee(&parse(body)?).ok_or(Unreadable("the fee rows"))
}
