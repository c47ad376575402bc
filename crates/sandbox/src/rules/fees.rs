//! Fee schedules: the most specific geography wins (zip, then county, then state).

use serde::Serialize;

use crate::base::money::Money;
use crate::contract::status;
use crate::model::order::{Fee, Order, PaymentStatus};
use crate::model::product::Product;

/// A resolved fee and where its schedule came from, in the contract's shape.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Resolved {
    #[serde(flatten)]
    pub fee: Fee,
    pub source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Zip,
    County,
    State,
}

/// The fee for a product at a zip code, with what the vendor asks for besides its usual portion.
///
/// The sandbox has no fee tables: a zip code's last two digits say whether a zip or county
/// schedule exists there and how it differs, so that every source occurs and answers are stable.
pub fn resolve(product: &Product, zip: &str, surcharge: Money) -> Resolved {
    let tail = zip.get(3..5).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    let (source, local) = match tail % 3 {
        0 => (Source::State, Money::ZERO),
        1 => (Source::County, Money::dollars(25)),
        _ => (Source::Zip, Money::dollars(10 + tail % 5 * 15)),
    };
    let order_fee = product.order_fee + local;
    let usual_portion = Money {
        cents: order_fee.cents * 4 / 5,
    };
    let vendor_charges = (usual_portion + surcharge).min(order_fee);
    Resolved {
        fee: Fee {
            order_fee,
            technology_fee: product.technology_fee,
            vendor_charges,
            total: order_fee + product.technology_fee,
        },
        source,
    }
}

/// What cancelling costs and gives back, when `taken` was paid so far: once a vendor is at work the
/// technology fee stays due, everything else is refunded.
pub fn on_cancelling(order: &Order, taken: Option<Money>) -> (Option<Money>, Option<Money>) {
    let stood_at = order.hold.as_ref().map(|hold| hold.prior_status).or(order.status_code);
    let committed = stood_at.is_some_and(status::is_committed);
    let applied = order.fee.filter(|_| committed).map(|fee| fee.technology_fee);
    let refunded = taken
        .map(|taken| taken - applied.unwrap_or(Money::ZERO))
        .filter(|refunded| *refunded > Money::ZERO);
    (applied, refunded)
}

/// What is owed on a cancelled order that nothing was paid for.
pub fn owed_after_cancelling(fee_applied: Option<Money>) -> (PaymentStatus, Money) {
    match fee_applied {
        Some(fee) => (PaymentStatus::Due, fee),
        None => (PaymentStatus::NotDue, Money::ZERO),
    }
}
