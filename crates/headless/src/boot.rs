//! What the boot script found before the program ran, from the values that it hands over.
//!
//! The script starts the configuration, the session and the queue's first read while the program is still on its way. The
//! browser's part reads the properties of its promises into a [`HandOver`]; what that means is decided here. What follows
//! for the session is the session driver's to decide, and whether the rows can be used is
//! [`queue::FirstAnswer`](crate::queue::FirstAnswer)'s. Must never keep or print a body: the session's carries a token.

use omnival_wire::config::{Config, ConfigProblem};

use crate::platform::{BootOrders, BootSession};

/// Says that the refresh was not sent, because another tab kept the lock.
const NOT_SENT: &str = "lock";

/// What became of one of the script's promises. No `Debug`: it may hold a token.
#[derive(Clone, PartialEq, Eq)]
pub enum HandOver {
    /// There is no boot script, or what it promised was taken before.
    Absent,
    /// The promise was broken.
    Broken,
    /// There was nothing to find out.
    Nothing,
    Found(Fetched),
}

/// An answer as the script read it, or why there is none: each property as far as it is there and of its type.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fetched {
    pub url: Option<String>,
    pub status: Option<u16>,
    pub body: Option<String>,
    pub error: Option<String>,
}

/// A script's number as a status.
pub fn status(number: f64) -> Option<u16> {
    let is_status = number.fract() == 0.0 && (100.0..600.0).contains(&number);
    is_status.then_some(number as u16)
}

/// The deployment's configuration, from the text that the script read.
pub fn config(text: Option<&str>) -> Result<Config, ConfigProblem> {
    Config::read(text.unwrap_or_default())
}

/// What became of the refresh. Whatever is not plainly an answer, nor plainly not sent, may have spent the refresh token.
pub fn session(found: HandOver) -> BootSession {
    match found {
        HandOver::Absent | HandOver::Nothing => BootSession::NotSent,
        HandOver::Broken => BootSession::Lost,
        HandOver::Found(fetched) => match (fetched.status, fetched.body) {
            (Some(status), Some(body)) => BootSession::Answered { status, body },
            _ if fetched.error.as_deref() == Some(NOT_SENT) => BootSession::NotSent,
            _ => BootSession::Lost,
        },
    }
}

/// The answer to the first read of the queue, if there is one to take.
pub fn orders(found: HandOver) -> Option<BootOrders> {
    let HandOver::Found(fetched) = found else { return None };
    Some(BootOrders {
        url: fetched.url?,
        status: fetched.status?,
        body: fetched.body?,
    })
}
