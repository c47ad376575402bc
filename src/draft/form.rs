//! The draft form's state: values, errors, and what is kept of them on this device.

use leptos::prelude::*;
use omnival_core::draft::{Field, problems};
use omnival_core::ids::LoanId;
use omnival_core::recovery::outcome::Problem;
use omnival_core::time::Timestamp;
use omnival_headless::drafts::{Fields, refusals};
use omnival_headless::kept::{FormCopy, Key};

use crate::console::KEPT;
use crate::platform::{clock, dom};

const COUNT: usize = Field::ALL.len();

/// A handle to one form.
#[derive(Clone, Copy)]
pub struct Form {
    /// Under which this device keeps it.
    key: StoredValue<Option<Key>>,
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

impl Form {
    pub fn new(key: Option<Key>) -> Self {
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

    /// Shows values that the operator did not type.
    pub fn fill_all(self, filling: &[(Field, String)]) {
        for (field, text) in filling {
            self.fill(*field, text);
        }
    }

    /// What an earlier visit kept.
    pub fn copy(self) -> Option<FormCopy> {
        self.key.with_value(|key| KEPT.form(key.as_ref()?))
    }

    /// Takes over what an earlier visit kept. True when there was something.
    pub fn restore(self) -> bool {
        let Some(copy) = self.copy() else {
            return false;
        };
        self.typed.set_value(copy.typed());
        self.fill_all(&copy.fields);
        self.loan_label.set(copy.loan_label);
        self.reference.set(copy.reference);
        self.sent.set(copy.sent);
        true
    }

    pub fn keep(self) {
        let copy = FormCopy {
            fields: self.fields().pairs(),
            reference: self.reference.get_untracked(),
            sent: self.sent.get_untracked(),
            loan_label: self.loan_label.get_untracked(),
        };
        let done = self
            .key
            .with_value(|key| key.as_ref().is_some_and(|key| KEPT.keep_form(key, &copy)));
        self.kept.set(Some((clock::wall(), done)));
    }

    /// As they stand, to the last blank.
    pub fn fields(self) -> Fields {
        Fields::of(|field| self.get(field))
    }

    pub fn key(self) -> Option<Key> {
        self.key.get_value()
    }

    /// False once its screen has gone: then none of the rest may be touched.
    pub fn is_there(self) -> bool {
        !self.key.is_disposed()
    }

    /// What the operator entered, and not the form on its own.
    pub fn typed_fields(self) -> Vec<Field> {
        self.typed.get_value()
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
        let _ = self.key.try_with_value(|key| key.as_ref().map(|key| KEPT.forget(key)));
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
        let refusals = refusals(problem);
        let others = refusals.others.into_iter().map(|text| FormError { text, at: None });
        self.errors.set(refusals.at_fields);
        self.others.set(others.collect());
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
}
