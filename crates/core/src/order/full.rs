//! The whole order, as its own page knows it. Every part that the platform may leave out is optional.

use super::history::Actor;
use crate::ids::{BranchId, OrderRef, ProductId, VendorId};
use crate::money::Money;
use crate::status::Status;
use crate::time::Timestamp;
use crate::words::{AgencyStatus, ContactRole, LoanKind, PaymentStatus, Portal, Scenario, Side};

#[derive(Clone, PartialEq, Debug)]
pub struct Order {
    pub at: OrderRef,
    pub number: Option<String>,
    pub status: Status,
    /// The fence: grows with every write that the platform carries out on this order.
    pub version: Option<u64>,
    pub client_reference: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub product: Option<Product>,
    pub loan: Loan,
    pub property: Option<Property>,
    pub contacts: Vec<Contact>,
    pub vendor: Option<Vendor>,
    pub preferred_vendor: Option<VendorId>,
    pub assigned_at: Option<Timestamp>,
    pub reassignments: u32,
    pub revisions: u32,
    pub fee: Option<Fee>,
    /// A calendar day, `YYYY-MM-DD`.
    pub due_date: Option<String>,
    pub instructions: Option<String>,
    pub conditions: Option<Conditions>,
    pub inspection: Option<Inspection>,
    pub hold: Option<Hold>,
    pub cancel: Option<Cancel>,
    pub delivery: Option<Delivery>,
    pub agency: Option<Agency>,
    pub payment: Option<PaymentState>,
    pub sla: Option<Sla>,
    pub branch: BranchId,
    pub branch_name: String,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Product {
    pub id: ProductId,
    pub name: String,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Loan {
    pub number: String,
    pub kind: LoanKind,
    pub purpose: String,
    pub amount: Option<Money>,
    pub borrowers: Vec<Contact>,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Property {
    pub street: String,
    pub unit: Option<String>,
    pub city: String,
    pub county: String,
    pub state: String,
    pub zip: String,
    pub kind: String,
}

#[derive(Clone, PartialEq, Debug, Default)]
pub struct Contact {
    pub role: ContactRole,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Vendor {
    pub id: VendorId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// The invoice rows as the server gives them; a vendor is shown the vendor's own. How they relate is not printed anywhere, so nothing here adds them up.
#[derive(Clone, PartialEq, Debug)]
pub struct Fee {
    pub order: Option<Money>,
    pub technology: Option<Money>,
    pub vendor: Money,
    pub total: Option<Money>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Conditions {
    pub fee: Option<Money>,
    pub due_date: Option<String>,
    pub notes: Option<String>,
    pub proposed_by: Side,
    pub proposed_at: Option<Timestamp>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Inspection {
    pub scheduled_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// Of the property, for example `America/Chicago`.
    pub time_zone: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Hold {
    pub reason: String,
    pub by: Option<Actor>,
    pub at: Option<Timestamp>,
    pub prior: Option<i32>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Cancel {
    pub reason: String,
    pub by: Option<Actor>,
    pub at: Option<Timestamp>,
    pub fee_applied: Option<Money>,
    pub refunded: Option<Money>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Delivery {
    pub delivered_at: Option<Timestamp>,
    pub delivered: bool,
    pub acknowledged: bool,
    pub downloads: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Agency {
    pub portal: Portal,
    pub required: bool,
    pub status: AgencyStatus,
    pub document_file_id: Option<String>,
}

#[derive(Clone, PartialEq, Debug)]
pub struct PaymentState {
    pub scenario: Scenario,
    pub status: PaymentStatus,
    pub amount_due: Option<Money>,
    pub paid_at: Option<Timestamp>,
}

impl PaymentState {
    /// Activation of such an order may move money.
    pub fn charges_at_activation(&self) -> bool {
        self.scenario == Scenario::ChargeAtActivation
    }
}

#[derive(Clone, PartialEq, Debug)]
pub struct Sla {
    pub started_at: Option<Timestamp>,
    pub respond_by: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
}

impl Property {
    /// `12 Elm St, Unit 4, Austin, TX 78701`
    pub fn one_line(&self) -> String {
        let mut text = self.street.clone();
        if let Some(unit) = self.unit.as_deref().filter(|unit| !unit.is_empty()) {
            text.push_str(", Unit ");
            text.push_str(unit);
        }
        for (between, part) in [(", ", &self.city), (", ", &self.state), (" ", &self.zip)] {
            if !part.is_empty() {
                text.push_str(between);
                text.push_str(part);
            }
        }
        text
    }
}

impl Order {
    pub fn borrower(&self) -> &str {
        self.loan
            .borrowers
            .first()
            .map_or("No borrower named", |borrower| &borrower.name)
    }

    /// What a person calls this order: its number, or that it is still a draft.
    pub fn title(&self) -> String {
        match &self.number {
            Some(number) => number.clone(),
            None => ["Draft for loan ", &self.loan.number].concat(),
        }
    }
}
