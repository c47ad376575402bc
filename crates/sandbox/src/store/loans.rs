//! Loans: what orders are placed under.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::base::money::Money;
use crate::model::{Borrower, LoanPart, Property, Scenario};
use crate::problem::Problem;
use crate::store::{spell, unspell};

/// A loan in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Loan {
    pub id: String,
    pub client_id: String,
    pub number: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub purpose: String,
    pub amount: Option<Money>,
    pub borrowers: Vec<Borrower>,
    pub property: Option<Property>,
    pub branch_id: String,
}

impl Loan {
    /// The part of it that an order repeats.
    pub fn part(&self) -> LoanPart {
        LoanPart {
            id: self.id.clone(),
            number: self.number.clone(),
            kind: self.kind.clone(),
            purpose: self.purpose.clone(),
            amount: self.amount,
            borrowers: self.borrowers.clone(),
        }
    }
}

/// How orders under a loan are paid; known to the server only.
#[derive(Clone, Copy, Debug)]
pub struct Billing {
    pub scenario: Scenario,
    /// The method on file refuses every charge.
    pub charge_declines: bool,
}

pub fn id_of(row: i64) -> String {
    spell("loan", row)
}

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
