//! Reads JSON bodies and query parameters field by field and gathers *every* mistake, each under its
//! dotted path, so that a form can mark them all at once.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::checks::{date, is_id, is_utc};
use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::base::words::Word;
use crate::problem::{FieldError, Problem};

/// The largest fee or payment.
const MOST_MONEY: Money = Money { cents: 99_999_999 };
/// The largest price of a property.
const MOST_PRICE: Money = Money { cents: 99_999_999_999 };
const MISSING: &str = "This field is required.";

/// The mistakes found so far.
#[derive(Debug, Default)]
pub struct Mistakes(Vec<FieldError>);

impl Mistakes {
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.into(),
            message: message.into(),
        });
    }

    /// 400 if there are any.
    pub fn check(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::validation(self.0))
        }
    }
}

/// A JSON object being read; `path` is where it stands in the body (`contacts[0].`).
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// The body itself; anything but an object is one mistake.
    pub fn of_body(body: Option<&'a Value>) -> Result<Self, Problem> {
        Self::at(body, String::new()).ok_or_else(|| Problem::field("", "Send a JSON object as the body."))
    }

    fn at(value: Option<&'a Value>, path: String) -> Option<Self> {
        let object = value?.as_object()?;
        Some(Self { object, path })
    }

    pub fn path(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    fn mistake(&self, mistakes: &mut Mistakes, name: &str, message: impl Into<String>) {
        mistakes.add(self.path(name), message);
    }

    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    /// Required text that `accepts` lets through; else one mistake with `hint`.
    pub fn text(&self, mistakes: &mut Mistakes, name: &str, hint: &str, accepts: impl Fn(&str) -> bool) -> String {
        match self.object.get(name) {
            None | Some(Value::Null) => self.mistake(mistakes, name, MISSING),
            Some(Value::String(text)) if accepts(text) => return text.clone(),
            Some(Value::String(text)) if text.trim().is_empty() => {
                self.mistake(mistakes, name, MISSING);
            }
            Some(_) => self.mistake(mistakes, name, hint),
        }
        String::new()
    }

    /// Text that may be null or absent.
    pub fn optional_text(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        hint: &str,
        accepts: impl Fn(&str) -> bool,
    ) -> Option<String> {
        match self.object.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if accepts(text) => return Some(text.clone()),
            Some(_) => self.mistake(mistakes, name, hint),
        }
        None
    }

    /// Required: one of a kind of words. The first of them stands in after a mistake, as empty text does elsewhere.
    pub fn word<T: Word>(&self, mistakes: &mut Mistakes, name: &str, hint: &str) -> T {
        self.word_of(mistakes, name, hint, T::ALL)
    }

    /// Required: one of `accepted`.
    pub fn word_of<T: Word>(&self, mistakes: &mut Mistakes, name: &str, hint: &str, accepted: &[T]) -> T {
        let text = self.text(mistakes, name, hint, |text| {
            accepted.iter().any(|word| word.name() == text)
        });
        T::by_name(&text).unwrap_or(T::ALL[0])
    }

    /// One of a kind of words, or null, or absent.
    pub fn optional_word<T: Word>(&self, mistakes: &mut Mistakes, name: &str, hint: &str) -> Option<T> {
        self.optional_text(mistakes, name, hint, |text| T::by_name(text).is_some())
            .and_then(|text| T::by_name(&text))
    }

    /// A member that may be null but not absent: a full replacement must not clear by omission.
    pub fn must_have(&self, mistakes: &mut Mistakes, name: &str) {
        if !self.has(name) {
            self.mistake(mistakes, name, "This field is required; send null to clear it.");
        }
    }

    pub fn id(&self, mistakes: &mut Mistakes, name: &str) -> String {
        self.text(mistakes, name, "This is not an id.", is_id)
    }

    pub fn optional_id(&self, mistakes: &mut Mistakes, name: &str) -> Option<String> {
        self.optional_text(mistakes, name, "This is not an id.", is_id)
    }

    pub fn optional_date(&self, mistakes: &mut Mistakes, name: &str) -> Option<Date> {
        let hint = "Enter a date such as 2026-12-11.";
        self.optional_text(mistakes, name, hint, |text| date(text).is_some())
            .and_then(|text| date(&text))
    }

    /// A required day.
    pub fn date(&self, mistakes: &mut Mistakes, name: &str) -> Option<Date> {
        self.require(mistakes, name);
        self.optional_date(mistakes, name)
    }

    /// A moment that may be null or absent.
    pub fn optional_moment(&self, mistakes: &mut Mistakes, name: &str) -> Option<Stamp> {
        let read = |value: &Value| {
            value
                .as_str()
                .filter(|text| is_utc(text))
                .and_then(|text| text.parse().ok())
        };
        self.optional(
            mistakes,
            name,
            "Enter a moment in UTC such as 2026-12-11T15:04:05Z.",
            read,
        )
    }

    /// A required amount above zero.
    pub fn money(&self, mistakes: &mut Mistakes, name: &str) -> Option<Money> {
        self.require(mistakes, name);
        self.optional_money(mistakes, name)
    }

    /// An amount above zero that may be null or absent; small enough that sums of a few stay amounts.
    pub fn optional_money(&self, mistakes: &mut Mistakes, name: &str) -> Option<Money> {
        self.optional_amount(mistakes, name, MOST_MONEY)
    }

    /// What a property was sold for.
    pub fn price(&self, mistakes: &mut Mistakes, name: &str) -> Option<Money> {
        self.require(mistakes, name);
        self.optional_amount(mistakes, name, MOST_PRICE)
    }

    fn optional_amount(&self, mistakes: &mut Mistakes, name: &str, most: Money) -> Option<Money> {
        let read = |value: &Value| {
            let money = Money::deserialize(value).ok()?;
            (money > Money::ZERO && money <= most).then_some(money)
        };
        let hint =
            format!("Enter an amount from 0.01 to {most} such as {{\"amount\": \"450.00\", \"currency\": \"USD\"}}.");
        self.optional(mistakes, name, &hint, read)
    }

    /// A required true or false.
    pub fn boolean(&self, mistakes: &mut Mistakes, name: &str) -> Option<bool> {
        self.require(mistakes, name);
        self.optional(mistakes, name, "Must be true or false.", Value::as_bool)
    }

    /// A list of up to `most` different texts that `accepts` lets through; it may be absent.
    pub fn texts(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        count: RangeInclusive<usize>,
        hint: &str,
        accepts: impl Fn(&str) -> bool,
    ) -> Vec<String> {
        let Some(value) = self.object.get(name) else {
            if !count.contains(&0) {
                self.mistake(mistakes, name, MISSING);
            }
            return Vec::new();
        };
        let texts: Option<Vec<&str>> = value
            .as_array()
            .and_then(|items| items.iter().map(Value::as_str).collect());
        let Some(texts) = texts.filter(|texts| count.contains(&texts.len())) else {
            self.mistake(mistakes, name, hint);
            return Vec::new();
        };
        for (index, text) in texts.iter().enumerate() {
            if !accepts(text) || texts[..index].contains(text) {
                mistakes.add(format!("{}[{index}]", self.path(name)), hint);
            }
        }
        texts.into_iter().map(str::to_owned).collect()
    }

    fn require(&self, mistakes: &mut Mistakes, name: &str) {
        if self.object.get(name).is_none_or(Value::is_null) {
            self.mistake(mistakes, name, MISSING);
        }
    }

    /// What `read` understands, if the member is neither null nor absent.
    fn optional<T>(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        hint: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.object.get(name).filter(|value| !value.is_null())?;
        let accepted = read(value);
        if accepted.is_none() {
            self.mistake(mistakes, name, hint);
        }
        accepted
    }

    /// A required whole number.
    pub fn integer(&self, mistakes: &mut Mistakes, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        if !self.has(name) {
            self.mistake(mistakes, name, MISSING);
        }
        self.optional_integer(mistakes, name, range)
    }

    /// A whole number that may be absent (not null).
    pub fn optional_integer(&self, mistakes: &mut Mistakes, name: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.object.get(name)?;
        // 3.0 is an integer to JSON Schema.
        let number = value.as_i64().or_else(|| {
            let float = value.as_f64().filter(|float| float.fract() == 0.0)?;
            #[expect(clippy::cast_possible_truncation, reason = "saturates, then fails the range")]
            Some(float as i64)
        });
        let accepted = number.filter(|number| range.contains(number));
        if accepted.is_none() {
            let (least, most) = range.into_inner();
            let hint = format!("Must be a whole number from {least} to {most}.");
            self.mistake(mistakes, name, hint);
        }
        accepted
    }

    /// A required object, read by `read`.
    pub fn object<T>(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        read: impl FnOnce(&Fields<'a>, &mut Mistakes) -> T,
    ) -> Option<T> {
        let value = self.object.get(name);
        match Self::at(value, format!("{}.", self.path(name))) {
            Some(fields) => Some(read(&fields, mistakes)),
            None if value.is_none_or(Value::is_null) => {
                self.mistake(mistakes, name, MISSING);
                None
            }
            None => {
                self.mistake(mistakes, name, "Must be an object.");
                None
            }
        }
    }

    /// A list of `count` objects, each read by `read`; it may be absent only if it may be empty.
    pub fn list<T>(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        count: RangeInclusive<usize>,
        read: impl Fn(&Fields<'a>, &mut Mistakes) -> T,
    ) -> Vec<T> {
        if !self.has(name) && count.contains(&0) {
            return Vec::new();
        }
        let Some(items) = self.object.get(name).and_then(Value::as_array) else {
            let hint = if self.object.get(name).is_none_or(Value::is_null) {
                MISSING
            } else {
                "Must be a list."
            };
            self.mistake(mistakes, name, hint);
            return Vec::new();
        };
        if !count.contains(&items.len()) {
            let (least, most) = count.into_inner();
            self.mistake(mistakes, name, format!("Give {least} to {most} entries."));
            return Vec::new();
        }
        let mut read_items = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = format!("{}[{index}]", self.path(name));
            match Self::at(Some(item), format!("{place}.")) {
                Some(fields) => read_items.push(read(&fields, mistakes)),
                None => mistakes.add(place, "Must be an object."),
            }
        }
        read_items
    }
}
