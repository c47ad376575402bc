//! The queue: what is asked, where its pages lead, what is shown again on the way back, and when it is read anew.
//!
//! The question itself is the core's [`Query`]; the address holds it. Must never show one person's rows to another, nor
//! take rows that answer another question than the one that is asked.

mod client;
mod first_answer;
mod memory;
mod pages;
mod question;
mod reader;

pub use client::{home, last_client, remember_client};
pub use first_answer::FirstAnswer;
pub use memory::Memory;
pub use pages::{Span, next, previous, span};
pub use question::{cleared, searched, with_branch, with_sort, with_status};
pub use reader::Reader;

use omnival_core::queue::{Query, VIEWS};
use omnival_core::time::Mono;

use crate::reads::Loaded;

/// How long typing rests before the search is asked.
pub const REST_MS: u32 = 200;
/// The queue is looked at anew so often.
pub const BEAT_MS: u32 = 60_000;
/// Coming back to the window reads again what is older than this.
const STALE_MS: u64 = 5_000;

/// Is it read again when the operator comes back to it, or the connection or the session does?
pub fn is_due_on_return<T, F>(orders: &Loaded<T, F>, now: Mono) -> bool {
    orders.is_older_than(STALE_MS, now)
}

/// Is it read again at a beat? Without a session nothing can be read.
pub fn is_due_on_beat<T, F>(orders: &Loaded<T, F>, has_lapsed: bool, now: Mono) -> bool {
    !has_lapsed && orders.is_older_than(0, now)
}

/// What the page is called.
pub fn title(query: &Query) -> &'static str {
    let view = VIEWS.iter().find(|view| view.key == query.view);
    view.map_or("Orders", |view| view.label)
}

/// `1 order`, `12 orders`
pub fn count(orders: u32) -> String {
    let unit = if orders == 1 { " order" } else { " orders" };
    [&orders.to_string(), unit].concat()
}

/// What to do when no order matches.
pub fn advice(query: &Query) -> &'static str {
    if query.is_filtered() {
        "Clear the search and the filters, or choose another view."
    } else {
        "Nothing waits in this view now. Choose another one."
    }
}
