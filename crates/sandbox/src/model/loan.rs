//! Loans: what orders are placed under, and what orders repeat of them.

use serde::{Deserialize, Serialize};

use crate::base::money::Money;
use crate::base::words::words;

words! {
    pub enum LoanType {
        Conventional = "conventional",
        Fha = "fha",
        Va = "va",
        Usda = "usda",
        Other = "other",
    }

    pub enum LoanPurpose {
        Purchase = "purchase",
        Refinance = "refinance",
        Equity = "equity",
        Other = "other",
    }

    pub enum PropertyType {
        SingleFamily = "singleFamily",
        Condo = "condo",
        Townhouse = "townhouse",
        MultiFamily = "multiFamily",
        Manufactured = "manufactured",
    }

    /// Who pays when.
    pub enum Scenario {
        Invoice = "invoice",
        ChargeAtActivation = "chargeAtActivation",
        CollectOnDelivery = "collectOnDelivery",
    }
}

/// A loan in the contract's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Loan {
    pub id: String,
    pub client_id: String,
    pub number: String,
    #[serde(rename = "type")]
    pub kind: LoanType,
    pub purpose: LoanPurpose,
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
            kind: self.kind,
            purpose: self.purpose,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoanPart {
    pub id: String,
    pub number: String,
    #[serde(rename = "type")]
    pub kind: LoanType,
    pub purpose: LoanPurpose,
    pub amount: Option<Money>,
    pub borrowers: Vec<Borrower>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Borrower {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Property {
    pub street: String,
    pub unit: Option<String>,
    pub city: String,
    pub county: String,
    pub state: String,
    pub zip: String,
    #[serde(rename = "type")]
    pub kind: PropertyType,
}
