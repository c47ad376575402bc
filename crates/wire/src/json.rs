//! Reading JSON without trusting its shape.

use omnival_core::money::Money;
use omnival_core::time::Timestamp;
use serde_json::Value;

/// The bytes were no JSON, or lacked what a record cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer lacks {0}")]
pub struct Unreadable(pub &'static str);

/// Parses an answer's body. `serde_json` bounds the nesting depth, so hostile bodies cannot exhaust the stack.
pub fn parse(body: &str) -> Result<Value, Unreadable> {
    serde_json::from_str(body).map_err(|_| Unreadable("readable JSON"))
}

/// Field access that answers "absent" for anything of another type.
pub(crate) trait Lenient {
    fn text(&self, key: &str) -> Option<&str>;
    fn owned(&self, key: &str) -> Option<String>;
    /// For a field that a screen shows as empty when it is missing.
    fn or_empty(&self, key: &str) -> String;
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
        self.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn must(&self, key: &'static str) -> Result<&str, Unreadable> {
        self.text(key).filter(|text| !text.is_empty()).ok_or(Unreadable(key))
    }
}
