//! Amounts in cents; on the wire a decimal string with its currency, never a float.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// United States dollars, in cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    pub cents: i64,
}

impl Money {
    pub const ZERO: Self = Self { cents: 0 };

    pub const fn dollars(dollars: i64) -> Self {
        Self { cents: dollars * 100 }
    }

    /// Reads `-?\d{1,9}\.\d{2}`.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = digits.split_once('.')?;
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(1..=9).contains(&whole.len()) || part.len() != 2 {
            return None;
        }
        if !all_digits(whole) || !all_digits(part) {
            return None;
        }
        let cents: i64 = whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?;
        Some(Self { cents: sign * cents })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.cents < 0 { "-" } else { "" };
        let cents = self.cents.unsigned_abs();
        write!(f, "{sign}{}.{:02}", cents / 100, cents % 100)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            cents: self.cents + other.cents,
        }
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            cents: self.cents - other.cents,
        }
    }
}

impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self { cents: -self.cents }
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Money", 2)?;
        object.serialize_field("amount", &format_args!("{self}"))?;
        object.serialize_field("currency", "USD")?;
        object.end()
    }
}

#[derive(Deserialize)]
struct Shape {
    amount: String,
    currency: String,
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = Shape::deserialize(deserializer)?;
        if shape.currency != "USD" {
            return Err(D::Error::custom("unknown currency"));
        }
        Self::parse(&shape.amount).ok_or_else(|| D::Error::custom("not an amount"))
    }
}
