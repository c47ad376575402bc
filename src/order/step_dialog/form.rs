//! What a step asks, and what was typed: plain descriptions, made by the step's feature.

use leptos::prelude::*;
use omnival_core::file::Limits;
use omnival_core::form::{self, Kind};
use omnival_core::money::Money;
use omnival_core::order::Step;
use omnival_wire::Value;

use crate::platform::upload::Chosen;

/// One field.
pub struct Ask {
    /// The field's path in the request body.
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) hint: &'static str,
    /// What stands there to begin with.
    pub(super) given: String,
    /// Value and label.
    pub(super) choices: Vec<(String, String)>,
    /// What is usually written.
    pub(super) usual: &'static [&'static str],
    /// Asked once something stands in this other field.
    pub(super) after: Option<&'static str>,
    /// Told of each file that is chosen, and of a choice that was called off.
    pub(super) on_choice: Option<OnChoice>,
}

pub type OnChoice = Box<dyn Fn(Option<Chosen>) + Send + Sync>;

impl Ask {
    pub const fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            kind,
            required: true,
            hint: "",
            given: String::new(),
            choices: Vec::new(),
            usual: &[],
            after: None,
            on_choice: None,
        }
    }

    /// A file within these limits, which are said before it is chosen.
    pub fn file(name: &'static str, label: &'static str, limits: &'static Limits, on_choice: OnChoice) -> Self {
        Self {
            hint: limits.hint,
            on_choice: Some(on_choice),
            ..Self::new(name, label, Kind::File(limits))
        }
    }

    pub fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    pub fn after(self, other: &'static str) -> Self {
        Self {
            after: Some(other),
            ..self
        }
    }

    /// Says more about it.
    pub fn explain(&mut self, hint: &'static str) {
        self.hint = hint;
    }

    pub fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    pub fn given(self, given: impl Into<String>) -> Self {
        Self {
            given: given.into(),
            ..self
        }
    }

    pub fn usual(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    /// One of these; the first is chosen to begin with.
    pub fn one_of(name: &'static str, label: &'static str, choices: Vec<(String, String)>) -> Self {
        Self {
            given: choices.first().map(|(value, _)| value.clone()).unwrap_or_default(),
            choices,
            ..Self::new(name, label, Kind::Choice)
        }
    }
}

/// Fixed choices.
pub fn choices(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(value, label)| ((*value).to_owned(), (*label).to_owned()))
        .collect()
}

pub struct StepForm {
    pub step: Step,
    pub title: String,
    pub confirm: &'static str,
    pub keep: &'static str,
    /// What the operator should have before their eyes.
    pub about: Option<AnyView>,
    pub asks: Vec<Ask>,
    pub consequences: Vec<String>,
    pub danger: bool,
    /// What is wrong with the whole, and the field to go to.
    pub check: Check,
}

pub type Check = Box<dyn Fn(&Typed) -> Option<(&'static str, String)> + Send + Sync>;

impl StepForm {
    pub fn new(step: Step, title: impl Into<String>, confirm: &'static str) -> Self {
        Self {
            step,
            title: title.into(),
            confirm,
            keep: "Not now",
            about: None,
            asks: Vec::new(),
            consequences: Vec::new(),
            danger: false,
            check: Box::new(|_| None),
        }
    }
}

/// What was typed, without the spaces around it.
#[derive(Clone, Default)]
pub struct Typed(pub(super) Vec<Filled>);

#[derive(Clone)]
pub(super) struct Filled {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) text: String,
    /// What the operator read there: of a choice its label.
    pub(super) shown: String,
    pub(super) file: Option<Chosen>,
}

impl Typed {
    pub fn text(&self, name: &str) -> &str {
        let field = self.0.iter().find(|field| field.name == name);
        field.map_or("", |field| field.text.trim())
    }

    pub fn file(&self, name: &str) -> Option<Chosen> {
        let field = self.0.iter().find(|field| field.name == name);
        field.and_then(|field| field.file.clone())
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
    pub fn asked(&self) -> Vec<(&'static str, String)> {
        let typed = self.0.iter().filter(|field| !field.shown.trim().is_empty());
        typed
            .map(|field| (field.label, field.shown.trim().to_owned()))
            .collect()
    }
}

pub fn money_value(money: &Money) -> Value {
    let member = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
    Value::Object(vec![
        member("amount", &money.amount),
        member("currency", &money.currency),
    ])
}
