//! Who did something, and when.

use omnival_core::order::history::Actor;
use omnival_core::time::Timestamp;

use crate::platform::intl::{self, Style};

/// Who and when, as every record shows it.
pub fn by_line(by: Option<&Actor>, at: Option<Timestamp>) -> String {
    let by = by.map_or("somebody that is not named", |by| by.name.as_str());
    match at {
        Some(at) => [by, ", ", &intl::at(at, Style::DateTime)].concat(),
        None => by.to_owned(),
    }
}
