//! The places of the console's addresses that an attempt can be begun at.

use omnival_core::ids::OrderId;
use omnival_headless::attempts::Place;

use crate::navigation::{Screen, routes};

/// Where an attempt can be begun.
pub fn place(screen: &Screen) -> Option<Place> {
    match screen {
        Screen::NewOrder(client) => Some(Place::NewDraft(client.clone())),
        Screen::Order(client, order) => Some(Place::Order(client.clone(), OrderId::new(order))),
        Screen::EditDraft(client, order) => Some(Place::EditDraft(client.clone(), OrderId::new(order))),
        Screen::Home | Screen::Orders(_) | Screen::Nowhere => None,
    }
}

pub fn href(place: &Place) -> String {
    match place {
        Place::NewDraft(client) => routes::new_order(client),
        Place::Order(client, order) => routes::order_by_id(client, order.as_str()),
        Place::EditDraft(client, order) => routes::order_by_id(client, order.as_str()) + "/edit",
    }
}
