//! Loans, products, branches, vendors and fees: what forms choose from.

use omnival_core::ids::{LoanId, VendorId};
use omnival_core::money::Money;
use omnival_core::order::full::{Fee, Loan, Property};
use serde_json::Value;

use crate::json::{Lenient, Unreadable, parse};

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
pub struct Suggestion {
    pub id: VendorId,
    pub name: String,
    pub coverage: String,
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

fn items(body: &str) -> Result<Vec<Value>, Unreadable> {
    match parse(body)?.get_mut("items").map(Value::take) {
        Some(Value::Array(items)) => Ok(items),
        _ => Err(Unreadable("items")),
    }
}

pub fn loans(body: &str) -> Result<Vec<LoanRecord>, Unreadable> {
    Ok(items(body)?.iter().filter_map(|item| loan_record(item).ok()).collect())
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
    Ok(items(body)?
        .iter()
        .filter_map(|item| {
            Some(Choice {
                id: item.owned("id")?,
                name: item.or_empty("name"),
            })
        })
        .collect())
}

pub fn suggestions(body: &str) -> Result<Vec<Suggestion>, Unreadable> {
    let read = |item: &Value| {
        let capacity = item.object("capacity").unwrap_or(&Value::Null);
        Some(Suggestion {
            id: VendorId::new(item.text("id")?),
            name: item.or_empty("name"),
            coverage: item.or_empty("coverage"),
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
    };
    Ok(items(body)?.iter().filter_map(read).collect())
}

pub fn fee(body: &str) -> Result<Fee, Unreadable> {
    crate::order::fee(&parse(body)?).ok_or(Unreadable("the fee rows"))
}
