//! Query parameters, read one by one like the fields of a body.

use super::checks::{is_id, number};
use super::fields::Mistakes;

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
