//! Moments and days, and the clock that all of them are read from.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Milliseconds since 1970-01-01T00:00Z; on the wire RFC 3339, UTC, three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub i64);

impl Stamp {
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// The calendar day in UTC.
    pub fn day(self) -> Date {
        self.day_in(&jiff::tz::TimeZone::UTC)
    }

    /// The calendar day in a time zone.
    pub fn day_in(self, zone: &jiff::tz::TimeZone) -> Date {
        self.timestamp().to_zoned(zone.clone()).date()
    }

    /// The last moment of a calendar day in UTC, or of time where the day is too late for it.
    pub fn end_of(day: Date) -> Self {
        let latest = Timestamp::MAX.as_millisecond();
        let start = day
            .to_zoned(jiff::tz::TimeZone::UTC)
            .map_or(latest, |zoned| zoned.timestamp().as_millisecond());
        Self(start.saturating_add(DAY - 1).min(latest))
    }

    /// Moments beyond the calendar are shown as its last or first one.
    fn timestamp(self) -> Timestamp {
        let edge = if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::from_millisecond(self.0).unwrap_or(edge)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Stamp {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let timestamp: Timestamp = text.parse()?;
        Ok(Self(timestamp.as_millisecond()))
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// Where the server's "now" comes from. Tests move a manual one instead of sleeping.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn now(&self) -> Stamp {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                Stamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Clock::Manual(milliseconds) => Stamp(milliseconds.load(Ordering::SeqCst)),
        }
    }
}
