//! Days and clocks: how long a vendor has, which days have passed, when an order is due.

use jiff::civil::Date;

use crate::base::time::{DAY, HOUR, Stamp};
use crate::model::order::Order;

/// How long a vendor has to answer.
pub const RESPOND_MS: i64 = 24 * HOUR;

/// Whether a day is over everywhere: where the caller lives it may still be yesterday (UTC).
pub fn is_past(date: Date, now: Stamp) -> bool {
    date < now.plus(-DAY).day()
}

/// Whether a day has begun nowhere yet.
pub fn is_ahead(date: Date, now: Stamp) -> bool {
    date > now.plus(DAY).day()
}

/// The clock follows the day, and keeps what it stood still.
pub fn set_due_date(order: &mut Order, day: Date) {
    order.due_date = Some(day);
    if let Some(sla) = &mut order.sla {
        sla.due_at = Stamp::end_of(day).plus(sla.paused_ms);
    }
}
