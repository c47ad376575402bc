//! Reads JSON bodies and query parameters field by field and gathers *every* mistake, each under its
//! dotted path, so that a form can mark them all at once.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::call::is_id;
use crate::problem::{FieldError, Problem};

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

    /// A whole number that may be absent (not null).
    pub fn optional_integer(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
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

    /// A required list of 1 to `most` objects, each read by `read`.
    pub fn list<T>(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        most: usize,
        read: impl Fn(&Fields<'a>, &mut Mistakes) -> T,
    ) -> Vec<T> {
        let Some(items) = self.object.get(name).and_then(Value::as_array) else {
            let hint = if self.object.get(name).is_none_or(Value::is_null) {
                MISSING
            } else {
                "Must be a list."
            };
            self.mistake(mistakes, name, hint);
            return Vec::new();
        };
        if items.is_empty() || items.len() > most {
            self.mistake(mistakes, name, format!("Give 1 to {most} entries."));
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

/// A calendar day in exactly the form `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if shaped { text.parse().ok() } else { None }
}

/// A UUID in its usual form, either letter case.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Not blank (something visible is in it) and at most `most` characters.
pub fn is_filled(text: &str, most: usize) -> bool {
    let visible = |char: char| !char.is_whitespace() && !char.is_control() && char != '\u{FEFF}';
    text.chars().any(visible) && text.chars().count() <= most
}

/// `12345` or `12345-6789`.
pub fn is_zip(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        None => text.len() == 5 && digits(text),
        Some((zip, plus)) => zip.len() == 5 && digits(zip) && plus.len() == 4 && digits(plus),
    }
}

/// Query parameters being read. A parameter that is present must be valid, and there once.
#[derive(Debug)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    pub fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// A value that `read` understands, or one mistake with `hint`.
    pub fn read<T>(
        &self,
        mistakes: &mut Mistakes,
        name: &str,
        hint: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let mut values = self.values(name);
        let text = values.next()?;
        if values.next().is_some() {
            mistakes.add(name, "Give this parameter once.");
            return None;
        }
        let value = read(text);
        if value.is_none() {
            mistakes.add(name, hint);
        }
        value
    }

    /// A whole number from 1 to `most`, in ASCII digits.
    pub fn count(&self, mistakes: &mut Mistakes, name: &str, most: usize, usual: usize) -> usize {
        let hint = format!("Must be a whole number from 1 to {most}.");
        self.read(mistakes, name, &hint, |text| {
            number(text).filter(|number| (1..=most).contains(number))
        })
        .unwrap_or(usual)
    }

    pub fn id(&self, mistakes: &mut Mistakes, name: &str) -> Option<String> {
        self.read(mistakes, name, "This is not an id.", |text| {
            is_id(text).then(|| text.to_owned())
        })
    }

    pub fn search(&self, mistakes: &mut Mistakes) -> Option<String> {
        self.read(mistakes, "search", "Search for at most 100 characters.", |text| {
            (text.chars().count() <= 100).then(|| text.to_lowercase())
        })
        .filter(|text| !text.is_empty())
    }
}

/// Digits only: no sign, no blank.
pub fn number(text: &str) -> Option<usize> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        text.parse().ok()
    } else {
        None
    }
}
