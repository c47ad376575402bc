//! When an order is due, in words.

use omnival_core::time::Timestamp;

use crate::platform::intl;

const DAY_MS: i64 = 86_400_000;

/// The due day, how urgent it is, and how far away.
pub fn due(date: Option<&str>, at: Option<Timestamp>, active: bool, now: Timestamp) -> (String, &'static str, String) {
    let text = date.map(intl::day).unwrap_or_default();
    let Some(at) = at.filter(|_| active) else {
        return (text, "none", String::new());
    };
    let left = at.0 - now.0;
    let urgency = if left < 0 {
        "late"
    } else if left <= 2 * DAY_MS {
        "soon"
    } else {
        "none"
    };
    let words = intl::relative(at, now);
    let words = if left < 0 { ["late: ", &words].concat() } else { words };
    (text, urgency, words)
}
