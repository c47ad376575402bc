//! An order as a row of the queue.

use jiff::civil::Date;
use serde::Serialize;

use super::loan::LoanType;
use super::order::Order;
use crate::base::time::Stamp;
use crate::contract::status::Code;

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
    pub loan_type: LoanType,
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
            loan_type: order.loan.kind,
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
