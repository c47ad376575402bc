//! Why nothing can be begun on this order now, whatever its state.

use std::borrow::Cow;

use omnival_core::order::Gate;

use crate::attempts::Tracked;
use crate::journal::Entry;
use crate::reads::Loaded;

/// The attempt on this order that this page follows, and the operator has not put away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Here {
    Nothing,
    Open,
    /// It has ended, and nobody knows how.
    Unknown,
    Ended,
}

impl From<Option<&Tracked>> for Here {
    fn from(attempt: Option<&Tracked>) -> Self {
        match attempt {
            None => Self::Nothing,
            Some(attempt) if attempt.is_open() => Self::Open,
            Some(attempt) if attempt.is_unknown() => Self::Unknown,
            Some(_) => Self::Ended,
        }
    }
}

/// What the journal holds against a new action, and no attempt of this page accounts for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Elsewhere {
    Nothing,
    Open,
    Unknown,
    Damaged,
}

impl From<Option<&Entry>> for Elsewhere {
    fn from(entry: Option<&Entry>) -> Self {
        let Some(entry) = entry else { return Self::Nothing };
        match entry.record() {
            Some(record) if record.is_open() => Self::Open,
            Some(_) => Self::Unknown,
            None => Self::Damaged,
        }
    }
}

/// How things stand around the order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Standing {
    pub here: Here,
    pub elsewhere: Elsewhere,
    /// What is shown was read before an attempt in another tab ended.
    pub is_outdated: bool,
    /// The platform said that there is no such order.
    pub is_gone: bool,
    pub has_lapsed: bool,
}

/// `None` if something can be begun. History and payments are what an outcome is judged against.
pub fn why_not<H, P, F>(standing: Standing, history: &Loaded<H, F>, payments: &Loaded<P, F>) -> Option<&'static str> {
    match standing.here {
        Here::Open => return Some("An earlier attempt on this order is being carried out or checked."),
        Here::Unknown => return Some(UNKNOWN),
        Here::Nothing | Here::Ended => {}
    }
    match standing.elsewhere {
        Elsewhere::Open => return Some("An earlier attempt on this order is being checked in another tab."),
        Elsewhere::Unknown => return Some(UNKNOWN),
        Elsewhere::Damaged => {
            return Some("The record of an earlier attempt on this order is damaged. Look at it first.");
        }
        Elsewhere::Nothing => {}
    }
    if standing.is_outdated {
        Some("An attempt in another tab has just ended; the order is being read again.")
    } else if standing.is_gone {
        Some("The order does not exist any more, or is not visible to you.")
    } else if standing.has_lapsed {
        Some("Your session expired. Sign in again to continue.")
    } else {
        unread(history).or_else(|| unread(payments))
    }
}

const UNKNOWN: &str = "It is not known what became of an earlier attempt on this order. Settle that first.";

const fn unread<T, F>(read: &Loaded<T, F>) -> Option<&'static str> {
    match (&read.value, &read.failure) {
        (Some(_), _) => None,
        (None, Some(_)) => Some(
            "The order's history could not be read. Without it, nobody could tell afterwards what happened. Read it again first.",
        ),
        (None, None) => Some("The order's history is still being read."),
    }
}

/// Closes every gate that is open, if there is a reason to. Those that are closed keep their own.
pub fn close_open<'a>(gates: impl IntoIterator<Item = &'a mut Gate>, why: Option<&'static str>) {
    let Some(why) = why else { return };
    for gate in gates.into_iter().filter(|gate| **gate == Gate::Open) {
        *gate = Gate::Closed(Cow::Borrowed(why));
    }
}
