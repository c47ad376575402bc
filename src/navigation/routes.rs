//! The console's own addresses. Every link is made here, so a new screen has one place to change.

use omnival_core::draft::Field;
use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::queue::Query;
use omnival_headless::endpoint::{encode, question};

use super::base_path::address;

/// Names the order that a new one begins from.
pub const LIKE: &str = "like";
/// Names the field of a form that is to be looked at first.
pub const FIELD: &str = "field";

/// Leads to the orders of the client last worked for.
pub fn home() -> String {
    address(&[])
}

pub fn orders(client: &ClientId, query: &Query) -> String {
    address(&["c/", &encode(client.as_str()), "/orders", &question(query.params())])
}

pub fn new_order(client: &ClientId) -> String {
    address(&["c/", &encode(client.as_str()), "/orders/new"])
}

pub fn order(at: &OrderRef) -> String {
    order_by_id(&at.client, at.order.as_str())
}

pub fn order_by_id(client: &ClientId, order: &str) -> String {
    address(&["c/", &encode(client.as_str()), "/orders/", &encode(order)])
}

pub fn edit(at: &OrderRef) -> String {
    order(at) + "/edit"
}

/// Editing, at one field of the form.
pub fn edit_at(at: &OrderRef, field: Field) -> String {
    edit(at) + &question([(FIELD, field.path().to_owned())])
}

/// A new order that begins from this one.
pub fn new_order_like(at: &OrderRef) -> String {
    new_order(&at.client) + &question([(LIKE, at.order.as_str().to_owned())])
}
