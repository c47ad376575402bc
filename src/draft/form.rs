//! The draft form's state: values, errors, and what is kept of them on this device.

use leptos::prelude::*;
use omnival_core::draft::{Field, problems};
use omnival_core::ids::LoanId;
use omnival_core::recovery::outcome::Problem;
use omnival_core::time::Timestamp;
use omnival_wire::request::{Conditions, Contact, Preferred, Property};

use crate::console::local_drafts::{self, Kept};
use crate::platform::{clock, dom};

const COUNT: usize = Field::ALL.len();

/// A handle to one form.
#[derive(Clone, Copy)]
pub struct Form {
    key: StoredValue<String>,
    values: StoredValue<[RwSignal<String>; COUNT]>,
    pub errors: RwSignal<Vec<(Field, String)>>,
    /// Errors that belong to no field of this form.
    pub others: RwSignal<Vec<FormError>>,
    pub loan_label: RwSignal<String>,
    pub reference: RwSignal<String>,
    /// For which loan its creation was sent. Until the platform's records settle it, the draft may exist, and nothing
    /// else may be created from this form.
    pub sent: RwSignal<Option<LoanId>>,
    /// What the operator entered, and not the form on its own.
    typed: StoredValue<Vec<Field>>,
    /// When it was last kept, and whether the browser did keep it.
    pub kept: RwSignal<Option<(Timestamp, bool)>>,
}

/// An error of no field: what it says, and the id of the control that settles it, if one does.
#[derive(Clone, PartialEq)]
pub struct FormError {
    pub text: String,
    pub at: Option<&'static str>,
}

/// Its fields as they go into a request: trimmed, the optional ones absent when empty.
#[derive(Clone, PartialEq)]
pub struct Texts([String; COUNT]);

impl Form {
    pub fn new(key: String) -> Self {
        Self {
            key: StoredValue::new(key),
            values: StoredValue::new(std::array::from_fn(|_| RwSignal::new(String::new()))),
            errors: RwSignal::new(Vec::new()),
            others: RwSignal::new(Vec::new()),
            loan_label: RwSignal::new(String::new()),
            reference: RwSignal::new(String::new()),
            sent: RwSignal::new(None),
            typed: StoredValue::new(Vec::new()),
            kept: RwSignal::new(None),
        }
    }

    pub fn signal(self, field: Field) -> RwSignal<String> {
        self.values.with_value(|values| values[field as usize])
    }

    pub fn get(self, field: Field) -> String {
        self.signal(field).get_untracked()
    }

    /// Shows a value that the operator did not type.
    pub fn fill(self, field: Field, text: &str) {
        self.signal(field).set(text.to_owned());
    }

    /// A keystroke: shown, kept, and its field's error withdrawn.
    pub fn typed(self, field: Field, text: String) {
        self.signal(field).set(text);
        self.typed.update_value(|typed| {
            if !typed.contains(&field) {
                typed.push(field);
            }
        });
        if self
            .errors
            .with_untracked(|errors| errors.iter().any(|(wrong, _)| *wrong == field))
        {
            self.errors.update(|errors| errors.retain(|(wrong, _)| *wrong != field));
        }
        self.keep();
    }

    /// Takes over what an earlier visit kept. True when there was something.
    pub fn restore(self) -> bool {
        let Some(kept) = self.key.with_value(|key| local_drafts::form(key)) else {
            return false;
        };
        // Who entered it is not kept: all of it counts as typed.
        let typed = kept.fields.iter().filter(|(_, text)| !text.trim().is_empty());
        self.typed.set_value(typed.map(|(field, _)| *field).collect());
        for (field, text) in &kept.fields {
            self.fill(*field, text);
        }
        self.loan_label.set(kept.loan_label);
        self.reference.set(kept.reference);
        self.sent.set(kept.sent);
        true
    }

    pub fn keep(self) {
        let kept = Kept {
            fields: self.fields(),
            reference: self.reference.get_untracked(),
            sent: self.sent.get_untracked(),
            loan_label: self.loan_label.get_untracked(),
        };
        let done = self.key.with_value(|key| local_drafts::keep_form(key, &kept));
        self.kept.set(Some((clock::wall(), done)));
    }

    /// As they stand, to the last blank.
    pub fn fields(self) -> Vec<(Field, String)> {
        Field::ALL.iter().map(|field| (*field, self.get(*field))).collect()
    }

    /// Under which this device keeps it.
    pub fn key(self) -> String {
        self.key.get_value()
    }

    /// False once its screen has gone: then none of the rest may be touched.
    pub fn is_there(self) -> bool {
        !self.key.is_disposed()
    }

    /// The operator entered this, and it is not empty.
    pub fn is_typed(self, field: Field) -> bool {
        self.typed.with_value(|typed| typed.contains(&field)) && !self.get(field).trim().is_empty()
    }

    /// Nothing entered, nothing kept.
    pub fn clear(self) {
        for field in Field::ALL {
            self.fill(*field, "");
        }
        self.typed.set_value(Vec::new());
        self.loan_label.set(String::new());
        self.reference.set(String::new());
        self.errors.set(Vec::new());
        self.others.set(Vec::new());
        self.kept.set(None);
        self.forget();
    }

    pub fn forget(self) {
        let _ = self.key.try_with_value(|key| local_drafts::forget(key));
    }

    pub fn error(self, field: Field) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.errors.with(|errors| {
                errors
                    .iter()
                    .find(|(wrong, _)| *wrong == field)
                    .map(|(_, text)| text.clone())
            })
        })
    }

    /// Checks the whole form; shows what is wrong and leads there. True when nothing is, and nothing else is asked.
    pub fn check(self, asked: Option<FormError>) -> bool {
        let found = problems(|field| self.get(field));
        self.others.set(asked.into_iter().collect());
        self.errors.set(
            found
                .into_iter()
                .map(|(field, text)| (field, text.to_owned()))
                .collect(),
        );
        self.lead()
    }

    /// The platform's own findings, each at its field.
    pub fn show(self, problem: &Problem) {
        let (mut at_fields, mut others) = (Vec::new(), Vec::new());
        for (path, text) in &problem.fields {
            match Field::of_path(path) {
                Some(field) => at_fields.push((field, text.as_str().to_owned())),
                None => others.push(FormError {
                    text: [path.as_str(), ": ", text.as_str()].concat(),
                    at: None,
                }),
            }
        }
        self.errors.set(at_fields);
        self.others.set(others);
        self.lead();
    }

    fn lead(self) -> bool {
        let clean = self.errors.with_untracked(Vec::is_empty) && self.others.with_untracked(Vec::is_empty);
        if !clean {
            request_animation_frame(|| {
                dom::focus("error-summary");
            });
        }
        clean
    }

    pub fn texts(self) -> Texts {
        Texts(std::array::from_fn(|index| {
            self.get(Field::ALL[index]).trim().to_owned()
        }))
    }
}

impl Texts {
    pub fn of(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    fn optional(&self, field: Field) -> Option<&str> {
        Some(self.of(field)).filter(|text| !text.is_empty())
    }

    pub fn property(&self) -> Property<'_> {
        Property {
            street: self.of(Field::Street),
            unit: self.optional(Field::Unit),
            city: self.of(Field::City),
            county: self.of(Field::County),
            state: self.of(Field::State),
            zip: self.of(Field::Zip),
            kind: self.of(Field::PropertyType),
        }
    }

    pub fn borrower(&self) -> Contact<'_> {
        Contact {
            role: "borrower",
            name: self.of(Field::ContactName),
            email: self.optional(Field::ContactEmail),
            phone: self.optional(Field::ContactPhone),
        }
    }

    pub fn vendor(&self) -> Preferred<'_> {
        Preferred {
            vendor_id: self.optional(Field::Vendor),
        }
    }

    pub fn conditions(&self) -> Conditions<'_> {
        Conditions {
            product_id: self.of(Field::Product),
            due_date: self.optional(Field::DueDate),
            special_instructions: self.optional(Field::Instructions),
        }
    }
}
