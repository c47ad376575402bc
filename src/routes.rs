//! The console's own addresses. Every link is made here, so a base path or a new screen has one place to change.

use omnival_core::ids::{ClientId, OrderRef};
use omnival_core::queue::Query;

use crate::platform::url::encode;

pub fn orders(client: &ClientId, query: &Query) -> String {
    let mut path = ["/c/", &encode(client.as_str()), "/orders"].concat();
    path.push_str(&question(query.params()));
    path
}

pub fn new_order(client: &ClientId) -> String {
    ["/c/", &encode(client.as_str()), "/orders/new"].concat()
}

pub fn order(at: &OrderRef) -> String {
    order_by_id(&at.client, at.order.as_str())
}

pub fn order_by_id(client: &ClientId, order: &str) -> String {
    ["/c/", &encode(client.as_str()), "/orders/", &encode(order)].concat()
}

pub fn edit(at: &OrderRef) -> String {
    order(at) + "/edit"
}

/// `?a=1&b=2`, or nothing.
pub fn question(params: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let mut text = String::new();
    for (key, value) in params {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(key);
        text.push('=');
        text.push_str(&encode(&value));
    }
    text
}
