//! Loans.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use serde_json::value::RawValue;

use crate::model::id::unspell;
use crate::model::loan::{Billing, Loan};
use crate::model::user::Scope;
use crate::problem::Problem;

pub fn insert(connection: &Connection, row: i64, loan: &Loan, billing: Billing) -> Result<(), Problem> {
    let mut search = loan.number.to_lowercase();
    for part in loan
        .borrowers
        .iter()
        .map(|borrower| &borrower.name)
        .chain(loan.property.iter().map(|property| &property.street))
    {
        search.push('\n');
        search.push_str(&part.to_lowercase());
    }
    connection
        .prepare_cached(
            "INSERT INTO loans (row, id, client_id, branch_id, search, scenario, charge_declines, doc)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            row,
            loan.id,
            loan.client_id,
            loan.branch_id,
            search,
            serde_json::to_string(&billing.scenario)?,
            billing.charge_declines,
            serde_json::to_string(loan)?
        ])?;
    Ok(())
}

/// The loan with this id, whoever's it is.
pub fn load(connection: &Connection, id: &str) -> Result<Option<(Loan, Billing)>, Problem> {
    let Some(row) = unspell("loan", id) else {
        return Ok(None);
    };
    let found = connection
        .prepare_cached("SELECT doc, scenario, charge_declines FROM loans WHERE row = ?1")?
        .query_row([row], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
        })
        .optional()?;
    let Some((doc, scenario, charge_declines)) = found else {
        return Ok(None);
    };
    let billing = Billing {
        scenario: serde_json::from_str(&scenario)?,
        charge_declines,
    };
    Ok(Some((serde_json::from_str(&doc)?, billing)))
}

/// One page of the loans that a scope shows and whose texts hold `search`, newest first, and how many there are in all.
pub fn page(
    connection: &Connection,
    scope: &Scope,
    search: Option<String>,
    page: usize,
    page_size: usize,
) -> Result<(Vec<Box<RawValue>>, i64), Problem> {
    let mut condition = String::from("client_id = ?");
    let mut values: Vec<Value> = vec![scope.client_id.clone().into()];
    if let Some(branch_ids) = &scope.branch_ids {
        let marks = vec!["?"; branch_ids.len()].join(", ");
        condition.push_str(&format!(" AND branch_id IN ({marks})"));
        values.extend(branch_ids.iter().cloned().map(Value::from));
    }
    if let Some(vendor_id) = &scope.vendor_id {
        condition.push_str(" AND EXISTS (SELECT 1 FROM orders o WHERE o.loan_id = loans.id AND o.vendor_id = ?)");
        values.push(vendor_id.clone().into());
    }
    if let Some(text) = search {
        condition.push_str(" AND instr(search, ?) > 0");
        values.push(text.into());
    }
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM loans WHERE {condition}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    values.push(i64::try_from(page_size).unwrap_or(i64::MAX).into());
    let offset = i64::try_from((page - 1).saturating_mul(page_size)).unwrap_or(i64::MAX);
    values.push(offset.into());
    let items = connection
        .prepare_cached(&format!(
            "SELECT doc FROM loans WHERE row IN (SELECT row FROM loans WHERE {condition}
             ORDER BY row DESC LIMIT ? OFFSET ?) ORDER BY row DESC"
        ))?
        .query_map(params_from_iter(&values), |row| row.get::<_, String>(0))?
        .map(|doc| Ok(RawValue::from_string(doc?)?))
        .collect::<Result<Vec<_>, Problem>>()?;
    Ok((items, total))
}
