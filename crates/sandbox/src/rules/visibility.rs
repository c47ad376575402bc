//! What a user may see: whose orders and loans, which documents, and which part of an order.

use rusqlite::Connection;
use serde_json::Value;

use crate::contract::roles::Role;
use crate::model::document::Document;
use crate::model::history::Eyes;
use crate::model::loan::{Billing, Loan};
use crate::model::order::Order;
use crate::model::user::{Scope, User};
use crate::problem::Problem;
use crate::store::loans;
use crate::store::orders::{self, Stored};

/// The order with this id, if the scope shows it and it belongs to the loan that is named (`""` names none); else 404.
pub fn visible_order(connection: &Connection, scope: &Scope, loan_id: &str, order_id: &str) -> Result<Stored, Problem> {
    orders::load(connection, order_id)?
        .filter(|stored| scope.shows(&stored.order))
        .filter(|stored| loan_id.is_empty() || stored.order.loan_id == loan_id)
        .ok_or_else(|| Problem::not_found("order"))
}

/// The loan with this id, if the scope shows it; else 404.
pub fn visible_loan(connection: &Connection, scope: &Scope, loan_id: &str) -> Result<(Loan, Billing), Problem> {
    let found = loans::load(connection, loan_id)?
        .filter(|(loan, _)| loan.client_id == scope.client_id && scope.shows_branch(&loan.branch_id));
    let Some(found) = found else {
        return Err(Problem::not_found("loan"));
    };
    if let Some(vendor_id) = &scope.vendor_id
        && !orders::has_vendor_on_loan(connection, loan_id, vendor_id)?
    {
        return Err(Problem::not_found("loan"));
    }
    Ok(found)
}

/// The JSON of an order that a user may see: a vendor learns its own portion, not what the client is charged.
pub fn shown_to(user: &User, order: &Order) -> Result<String, serde_json::Error> {
    if user.role != Role::Vendor {
        return serde_json::to_string(order);
    }
    let mut order = serde_json::to_value(order)?;
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

/// With whose eyes a user reads the history.
pub fn eyes_of(user: &User) -> Eyes {
    match user.role {
        Role::Vendor => Eyes::Vendor,
        Role::Admin | Role::Operations | Role::Client | Role::Finance | Role::Qc => Eyes::All,
    }
}

/// Whether a user may see a document: the platform's own people may, and whoever uploaded it.
pub fn may_see(user: &User, document: &Document) -> bool {
    let uploader = document.uploaded_by.as_ref().map(|actor| actor.id.as_str());
    let is_shown = match user.role {
        Role::Vendor => document.access.vendor,
        Role::Client => document.access.client,
        Role::Admin | Role::Operations | Role::Finance | Role::Qc => true,
    };
    is_shown || uploader == Some(user.id.as_str())
}
