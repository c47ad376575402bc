//! JSON whose shape is not trusted: a value, and access to its fields that answers "absent" for anything of another type.
//!
//! A property test holds that what is read here is what `serde_json` reads.

mod read;

use std::borrow::Cow;

use omnival_core::money::Money;
use omnival_core::time::Timestamp;
use serde::ser::{Serialize, Serializer};

pub use read::parse;

/// The bytes were no JSON, or lacked what a record cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer lacks {0}")]
pub struct Unreadable(pub &'static str);

/// Any JSON value, in the order of its text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Value {
    #[default]
    Null,
    Bool(bool),
    /// As it was written, so that no digit is lost.
    Number(String),
    Text(String),
    List(Vec<Value>),
    /// A key may stand twice; the last one counts.
    Object(Vec<(String, Value)>),
}

impl Value {
    pub fn get(&self, key: &str) -> Option<&Self> {
        let (_, value) = self.as_object()?.iter().rev().find(|(name, _)| name == key)?;
        Some(value)
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A whole number.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.parse().ok(),
            _ => None,
        }
    }

    pub fn as_u64(&self) -> Option<u64> {
        self.as_i64().and_then(|number| u64::try_from(number).ok())
    }

    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// What a record or a message of the console's own is written from.
pub(crate) trait ToJson {
    fn to_json(&self) -> Value;
}

/// `json!({ "id": id, … })`: an object of what [`ToJson`] makes of each value.
macro_rules! json {
    ({ $($name:literal: $value:expr),* $(,)? }) => {
        $crate::json::Value::Object(vec![$(($name.to_owned(), $crate::json::ToJson::to_json(&$value))),*])
    };
}
pub(crate) use json;

impl ToJson for Value {
    fn to_json(&self) -> Value {
        self.clone()
    }
}

impl ToJson for str {
    fn to_json(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl ToJson for String {
    fn to_json(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => { $(
        impl ToJson for $number {
            fn to_json(&self) -> Value {
                Value::Number(self.to_string())
            }
        }
    )* };
}
numbers!(i64, i32, u64, u16);

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string())
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self) -> Value {
        (**self).to_json()
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Value {
        Value::List(self.iter().map(T::to_json).collect())
    }
}

impl<A: ToJson, B: ToJson> ToJson for (A, B) {
    fn to_json(&self) -> Value {
        Value::List(vec![self.0.to_json(), self.1.to_json()])
    }
}

impl ToJson for Cow<'_, str> {
    fn to_json(&self) -> Value {
        (**self).to_json()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => into.serialize_unit(),
            Self::Bool(flag) => into.serialize_bool(*flag),
            // What the console itself writes are whole numbers.
            Self::Number(_) => self.as_i64().serialize(into),
            Self::Text(text) => into.serialize_str(text),
            Self::List(items) => into.collect_seq(items),
            Self::Object(fields) => into.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

/// Field access that answers "absent" for anything of another type.
pub(crate) trait Lenient {
    fn text(&self, key: &str) -> Option<&str>;
    fn owned(&self, key: &str) -> Option<String>;
    /// For a field that a screen shows as empty when it is missing.
    fn or_empty(&self, key: &str) -> String;
    /// One of the contract's words; no word where there is none.
    fn word<T: for<'a> From<&'a str>>(&self, key: &str) -> T;
    fn int(&self, key: &str) -> Option<i64>;
    fn count(&self, key: &str) -> u32;
    fn flag(&self, key: &str) -> bool;
    fn stamp(&self, key: &str) -> Option<Timestamp>;
    fn money(&self, key: &str) -> Option<Money>;
    fn object(&self, key: &str) -> Option<&Value>;
    fn list(&self, key: &str) -> &[Value];
    fn must(&self, key: &'static str) -> Result<&str, Unreadable>;
}

impl Lenient for Value {
    fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    fn or_empty(&self, key: &str) -> String {
        self.owned(key).unwrap_or_default()
    }

    fn word<T: for<'a> From<&'a str>>(&self, key: &str) -> T {
        T::from(self.text(key).unwrap_or_default())
    }

    fn int(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_i64()
    }

    fn count(&self, key: &str) -> u32 {
        self.int(key).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
    }

    fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Value::as_bool).unwrap_or(false)
    }

    fn stamp(&self, key: &str) -> Option<Timestamp> {
        Timestamp::parse(self.text(key)?)
    }

    fn money(&self, key: &str) -> Option<Money> {
        let money = self.object(key)?;
        Some(Money::new(
            money.text("amount")?,
            money.text("currency").unwrap_or("USD"),
        ))
    }

    fn object(&self, key: &str) -> Option<&Value> {
        self.get(key).filter(|value| value.is_object())
    }

    fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Value::as_array).unwrap_or_default()
    }

    fn must(&self, key: &'static str) -> Result<&str, Unreadable> {
        self.text(key).filter(|text| !text.is_empty()).ok_or(Unreadable(key))
    }
}
