//! What was typed into a step's dialog, without the spaces around it.

use omnival_core::form;
use omnival_core::money::Money;
use omnival_core::order::records::file_term;
use omnival_wire::Value;

use crate::platform::upload::Chosen;

#[derive(Default)]
pub struct Typed(pub(super) Vec<TypedField>);

pub(super) struct TypedField {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) text: String,
    /// What the operator read there: of a choice its label.
    pub(super) shown: String,
    pub(super) file: Option<Attached>,
}

/// A file, and the media type that the platform is told.
#[derive(Clone)]
pub(super) struct Attached {
    pub(super) file: Chosen,
    pub(super) media_type: &'static str,
}

impl Attached {
    /// What the platform's record of it is known by.
    pub(super) fn term(&self) -> String {
        file_term(&self.file.name(), self.file.size())
    }
}

impl Typed {
    pub fn text(&self, name: &str) -> &str {
        let field = self.0.iter().find(|field| field.name == name);
        field.map_or("", |field| field.text.trim())
    }

    /// The file that goes along.
    pub(super) fn file(&self) -> Option<Attached> {
        self.0.iter().find_map(|field| field.file.clone())
    }

    pub fn money(&self, name: &str) -> Option<Money> {
        form::amount(self.text(name))
    }

    /// For a body: null where nothing was typed.
    pub fn or_null(&self, name: &str) -> Value {
        match self.text(name) {
            "" => Value::Null,
            text => Value::Text(text.to_owned()),
        }
    }

    pub fn value(&self, name: &str) -> Value {
        Value::Text(self.text(name).to_owned())
    }

    pub fn money_or_null(&self, name: &str) -> Value {
        self.money(name).map_or(Value::Null, |money| money_value(&money))
    }

    /// For the conflict screen and the support bundle: label and text of all that was typed.
    pub(super) fn asked(&self) -> impl Iterator<Item = (&'static str, String)> {
        let typed = self.0.iter().filter(|field| !field.shown.trim().is_empty());
        typed.map(|field| (field.label, field.shown.trim().to_owned()))
    }
}

pub fn money_value(money: &Money) -> Value {
    let member = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
    Value::Object(vec![
        member("amount", &money.amount),
        member("currency", &money.currency),
    ])
}
