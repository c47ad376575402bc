//! What a client can order, and how it can pay.

use serde::Serialize;

use super::payment::PaymentMethodKind;
use crate::base::money::Money;

/// A product as the contract lists it.
#[derive(Clone, Debug, Serialize)]
pub struct Product {
    pub id: String,
    pub name: String,
    pub description: String,
    #[serde(skip)]
    pub order_fee: Money,
    #[serde(skip)]
    pub technology_fee: Money,
}

/// A way to pay that a client has configured.
#[derive(Clone, Debug, Serialize)]
pub struct PaymentMethod {
    pub id: String,
    pub kind: PaymentMethodKind,
    pub name: String,
}
