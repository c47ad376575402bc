//! The order and its parts, in the contract's exact shape.
//!
//! These types are the sandbox's own, not the console's, so that a mistake in one is noticed by the
//! other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::contract::status::{self, Code};
use crate::store::users::{Role, User};

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

    /// The JSON that a user may see: a vendor learns its own portion, not what the client is charged.
    pub fn shown_to(&self, user: &User) -> Result<String, serde_json::Error> {
        if user.role != Role::Vendor {
            return serde_json::to_string(self);
        }
        let mut order = serde_json::to_value(self)?;
        order["payment"] = Value::Null;
        for (part, names) in [
            ("fee", &["orderFee", "technologyFee", "total"][..]),
            ("cancel", &["feeApplied", "refunded"]),
        ] {
            if let Some(part) = order.get_mut(part).and_then(Value::as_object_mut) {
                for name in names {
                    part.insert((*name).to_owned(), Value::Null);
                }
            }
        }
        serde_json::to_string(&order)
    }

    pub fn borrower_name(&self) -> &str {
        self.loan.borrowers.first().map_or("", |borrower| &borrower.name)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// Who did something, as it was called at the time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    pub id: String,
    pub name: String,
    pub role: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoanPart {
    pub id: String,
    pub number: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub purpose: String,
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
    pub kind: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    pub role: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VendorPart {
    pub id: String,
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
    pub proposed_by: String,
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

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Agency {
    pub portal: String,
    pub required: bool,
    pub status: String,
    pub document_file_id: Option<String>,
}

/// Who pays when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Scenario {
    Invoice,
    ChargeAtActivation,
    CollectOnDelivery,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PaymentStatus {
    NotDue,
    Due,
    Pending,
    Paid,
    Failed,
    Refunded,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaymentPart {
    pub scenario: Scenario,
    pub status: PaymentStatus,
    pub amount_due: Money,
    pub paid_at: Option<Stamp>,
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

/// A row of the queue.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderSummary<'a> {
    pub id: &'a str,
    pub order_number: Option<&'a str>,
    pub client_id: &'a str,
    pub loan_id: &'a str,
    pub is_draft: bool,
    pub status_code: Option<Code>,
    pub version: i64,
    pub product_name: Option<&'a str>,
    pub loan_number: &'a str,
    pub loan_type: &'a str,
    pub borrower_name: &'a str,
    pub address: String,
    pub city: &'a str,
    pub state: &'a str,
    pub zip: &'a str,
    pub vendor_id: Option<&'a str>,
    pub vendor_name: Option<&'a str>,
    pub branch_id: &'a str,
    pub branch_name: &'a str,
    pub due_date: Option<Date>,
    pub due_at: Option<Stamp>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub assigned_at: Option<Stamp>,
    pub revision_count: i64,
    pub client_reference: Option<&'a str>,
}

impl<'a> From<&'a Order> for OrderSummary<'a> {
    fn from(order: &'a Order) -> Self {
        let property = order.property.as_ref();
        Self {
            id: &order.id,
            order_number: order.order_number.as_deref(),
            client_id: &order.client_id,
            loan_id: &order.loan_id,
            is_draft: order.is_draft,
            status_code: order.status_code,
            version: order.version,
            product_name: order.product.as_ref().map(|product| product.name.as_str()),
            loan_number: &order.loan.number,
            loan_type: &order.loan.kind,
            borrower_name: order.borrower_name(),
            address: order.address(),
            city: property.map_or("", |property| &property.city),
            state: property.map_or("", |property| &property.state),
            zip: property.map_or("", |property| &property.zip),
            vendor_id: order.vendor.as_ref().map(|vendor| vendor.id.as_str()),
            vendor_name: order.vendor.as_ref().map(|vendor| vendor.name.as_str()),
            branch_id: &order.branch_id,
            branch_name: &order.branch_name,
            due_date: order.due_date,
            due_at: order.sla.as_ref().map(|sla| sla.due_at),
            created_at: order.created_at,
            updated_at: order.updated_at,
            assigned_at: order.assigned_at,
            revision_count: order.revision_count,
            client_reference: order.client_reference.as_deref(),
        }
    }
}
