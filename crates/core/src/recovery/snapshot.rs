//! An order in the few facts that a verdict and the conflict screen need: small enough to be written down before every
//! press, and without anything about the people of the loan.

use crate::money::Money;
use crate::order::{Order, Status};
use crate::time::Timestamp;

/// How an absent value is shown.
pub const NOTHING: &str = "—";

/// The facts that an action can change, in the order in which they are compared.
pub const FIELDS: [&str; 7] = [
    "Status",
    "Order number",
    "Vendor",
    "Due date",
    "Fee",
    "Hold reason",
    "Payment",
];

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Snapshot {
    pub status: Status,
    pub version: Option<u64>,
    pub updated_at: Option<Timestamp>,
    pub number: Option<String>,
    /// What the order is called on screens.
    pub title: String,
    /// One plain text for each of [`FIELDS`].
    pub facts: [String; 7],
}

impl Snapshot {
    pub fn of(order: &Order) -> Self {
        Self {
            status: order.status,
            version: order.version,
            updated_at: order.updated_at,
            number: order.number.clone(),
            title: order.title(),
            facts: facts(order),
        }
    }
}

/// The order's facts as plain texts, one for each of [`FIELDS`].
pub fn facts(order: &Order) -> [String; 7] {
    let or_nothing = |text: Option<&str>| text.filter(|text| !text.is_empty()).unwrap_or(NOTHING).to_owned();
    [
        order.status.label().into_owned(),
        or_nothing(order.number.as_deref()),
        or_nothing(order.vendor.as_ref().map(|vendor| vendor.name.as_str())),
        or_nothing(order.due_date.as_deref()),
        order
            .fee
            .as_ref()
            .and_then(|fee| fee.total.as_ref())
            .map_or_else(|| NOTHING.to_owned(), Money::plain),
        or_nothing(order.hold.as_ref().map(|hold| hold.reason.as_str())),
        or_nothing(order.payment.as_ref().map(|payment| payment.status.as_str())),
    ]
}
