//! What of the order is read when.

use omnival_core::order::{Entry, Order, Payment};
use omnival_core::recovery::evidence::Evidence;
use omnival_core::session::User;
use omnival_core::time::Mono;

use crate::reads::Loaded;

/// The order is looked at anew so often.
pub const BEAT_MS: u32 = 30_000;
/// Coming back to the window reads again what is older than this.
const STALE_MS: u64 = 5_000;

/// Is it read again when the operator comes back to it, or the connection or the session does?
pub fn is_due_on_return<T, F>(order: &Loaded<T, F>, has_lapsed: bool, now: Mono) -> bool {
    !has_lapsed && order.is_older_than(STALE_MS, now)
}

/// Is it read again at a beat?
pub fn is_due_on_beat<T, F>(order: &Loaded<T, F>, has_lapsed: bool, now: Mono) -> bool {
    !has_lapsed && order.is_older_than(u64::from(BEAT_MS) / 2, now)
}

/// The payments, where they are known without reading: they are not a vendor's to read, and nothing that a vendor does
/// moves money.
pub fn known_payments(user: Option<&User>) -> Option<Vec<Payment>> {
    user.filter(|user| user.is_vendor()).map(|_| Vec::new())
}

/// How the page comes up to date with an attempt's end. What only records tell is read in every case.
#[derive(Clone, PartialEq, Debug)]
pub enum Absorb<'a> {
    /// The platform's answer is the order; its records are read.
    Answered(&'a Order),
    /// Order and history were read to judge the attempt; the payments are read.
    Evidence(&'a Order, &'a [Entry]),
    /// Everything is read.
    Read,
}

/// `answered` is the order as a 2xx answer gave it.
pub fn absorb<'a>(answered: Option<&'a Order>, evidence: Option<&'a Evidence>) -> Absorb<'a> {
    let read = || Some((evidence?.order()?, evidence?.history.as_slice()));
    match answered {
        Some(order) => Absorb::Answered(order),
        None => read().map_or(Absorb::Read, |(order, history)| Absorb::Evidence(order, history)),
    }
}
