//! The order and its parts, in the contract's exact shape.
//!
//! These types are the sandbox's own, not the console's, so that a mistake in one is noticed by the
//! other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Named};
use super::agency::{AgencyStatus, Portal};
use super::loan::{LoanPart, LoanType, Property, Scenario};
use super::vendor::VendorPart;
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::base::words::words;
use crate::contract::status::{self, Code};

words! {
    pub enum PaymentStatus {
        NotDue = "notDue",
        Due = "due",
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
        Refunded = "refunded",
    }

    pub enum ContactRole {
        Borrower = "borrower",
        CoBorrower = "coBorrower",
        Agent = "agent",
        Occupant = "occupant",
        Other = "other",
    }

    /// Who put terms on the table.
    pub enum Side {
        Vendor = "vendor",
        Client = "client",
    }
}

/// An appraisal order. Invariant: `is_draft` exactly if `status_code` is `None`; a draft has no
/// order number, no vendor and no SLA.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub id: String,
    pub order_number: Option<String>,
    pub client_id: String,
    pub loan_id: String,
    pub is_draft: bool,
    pub status_code: Option<Code>,
    /// Grows by one with each write.
    pub version: i64,
    pub client_reference: Option<String>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub product: Option<Named>,
    pub loan: LoanPart,
    pub property: Option<Property>,
    pub contacts: Vec<Contact>,
    pub vendor: Option<VendorPart>,
    pub preferred_vendor_id: Option<String>,
    pub assigned_at: Option<Stamp>,
    pub reassignment_count: i64,
    pub revision_count: i64,
    pub fee: Option<Fee>,
    pub due_date: Option<Date>,
    pub special_instructions: Option<String>,
    pub conditions: Option<Conditions>,
    pub inspection: Option<Inspection>,
    pub hold: Option<Hold>,
    pub cancel: Option<Cancel>,
    pub delivery: Option<Delivery>,
    pub agency: Option<Agency>,
    pub payment: Option<PaymentPart>,
    pub sla: Option<Sla>,
    pub branch_id: String,
    pub branch_name: String,
}

impl Order {
    /// The status, or the draft's stand-in, as one number.
    pub fn stage(&self) -> i64 {
        self.status_code.unwrap_or(status::DRAFT_STAGE)
    }

    /// "12 Elm St, Austin", or nothing while there is no property.
    pub fn address(&self) -> String {
        self.property
            .as_ref()
            .map(|property| format!("{}, {}", property.street, property.city))
            .unwrap_or_default()
    }

    pub fn vendor_id(&self) -> Option<&str> {
        self.vendor.as_ref().map(|vendor| vendor.id.as_str())
    }

    /// The borrower has been sent the report.
    pub fn is_delivered(&self) -> bool {
        self.delivery.as_ref().is_some_and(|delivery| delivery.delivered)
    }

    /// The report stands accepted: a value that is disputed does not.
    pub fn is_approved(&self) -> bool {
        matches!(self.status_code, Some(status::REPORT_ACCEPTED | status::COMPLETED))
    }

    pub fn is_paid(&self) -> bool {
        self.payment
            .as_ref()
            .is_some_and(|payment| payment.status == PaymentStatus::Paid)
    }

    pub fn borrower_name(&self) -> &str {
        self.loan.borrowers.first().map_or("", |borrower| &borrower.name)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub role: ContactRole,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// `total` is what the client is billed; `vendor_charges` is the vendor's portion *inside* the
/// order fee, so that adding the three rows gives a wrong sum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fee {
    pub order_fee: Money,
    pub technology_fee: Money,
    pub vendor_charges: Money,
    pub total: Money,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conditions {
    pub fee: Option<Money>,
    pub due_date: Option<Date>,
    pub notes: Option<String>,
    pub proposed_by: Side,
    pub proposed_at: Stamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    pub scheduled_at: Option<Stamp>,
    pub completed_at: Option<Stamp>,
    /// The property's, by its IANA name.
    pub time_zone: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    pub reason: String,
    pub by: Actor,
    pub at: Stamp,
    pub prior_status: Code,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cancel {
    pub reason: String,
    pub by: Actor,
    pub at: Stamp,
    pub fee_applied: Option<Money>,
    pub refunded: Option<Money>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    pub delivered: bool,
    pub delivered_at: Option<Stamp>,
    pub acknowledged: bool,
    pub download_count: i64,
}

/// What the agency's portal knows of the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Agency {
    pub portal: Portal,
    pub required: bool,
    pub status: AgencyStatus,
    pub document_file_id: Option<String>,
}

impl Agency {
    /// For an order under a loan of this type, if such loans go to an agency.
    pub fn for_loan(kind: LoanType) -> Option<Self> {
        Some(Self {
            portal: Portal::of_loan(kind)?,
            required: true,
            status: AgencyStatus::NotSubmitted,
            document_file_id: None,
        })
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentPart {
    pub scenario: Scenario,
    pub status: PaymentStatus,
    pub amount_due: Money,
    pub paid_at: Option<Stamp>,
}

impl PaymentPart {
    /// Nothing has been asked for yet.
    pub fn not_due(scenario: Scenario, amount_due: Money) -> Self {
        Self {
            scenario,
            status: PaymentStatus::NotDue,
            amount_due,
            paid_at: None,
        }
    }
}

/// The clock of the service level. `due_at` is the end of the due date (UTC) plus `paused_ms`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sla {
    pub started_at: Stamp,
    pub respond_by: Option<Stamp>,
    pub due_at: Stamp,
    pub paused_ms: i64,
}
