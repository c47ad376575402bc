//! The form's fields as values.

use omnival_core::draft::Field;
use omnival_core::recovery::outcome::Problem;
use omnival_wire::request::{Conditions, Contact, Create, Preferred, Property};

const COUNT: usize = Field::ALL.len();

/// A text for each field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fields([String; COUNT]);

impl Fields {
    pub fn of(text: impl Fn(Field) -> String) -> Self {
        Self(std::array::from_fn(|index| text(Field::ALL[index])))
    }

    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    pub fn set(&mut self, field: Field, text: &str) {
        text.clone_into(&mut self.0[field as usize]);
    }

    pub fn is_empty(&self, field: Field) -> bool {
        self.get(field).trim().is_empty()
    }

    /// Each field with its text, as they stand.
    pub fn pairs(&self) -> Vec<(Field, String)> {
        let pair = |field: &Field| (*field, self.get(*field).to_owned());
        Field::ALL.iter().map(pair).collect()
    }

    /// As they go into a request: without the spaces around them. The optional ones are absent there when empty.
    pub fn trimmed(&self) -> Self {
        Self::of(|field| self.get(field).trim().to_owned())
    }

    fn optional(&self, field: Field) -> Option<&str> {
        Some(self.get(field)).filter(|text| !text.is_empty())
    }

    pub fn property(&self) -> Property<'_> {
        Property {
            street: self.get(Field::Street),
            unit: self.optional(Field::Unit),
            city: self.get(Field::City),
            county: self.get(Field::County),
            state: self.get(Field::State),
            zip: self.get(Field::Zip),
            kind: self.get(Field::PropertyType),
        }
    }

    pub fn borrower(&self) -> Contact<'_> {
        Contact {
            role: "borrower",
            name: self.get(Field::ContactName),
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
            product_id: self.get(Field::Product),
            due_date: self.optional(Field::DueDate),
            special_instructions: self.optional(Field::Instructions),
        }
    }

    /// The body that creates the draft; the loan is in the path.
    pub fn create<'a>(&'a self, reference: &'a str) -> Create<'a> {
        Create {
            client_reference: reference,
            property: self.property(),
            contacts: vec![self.borrower()],
            vendor: self.vendor(),
            conditions: self.conditions(),
        }
    }
}

/// What the platform found wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Refusals {
    pub at_fields: Vec<(Field, String)>,
    /// About something that this form has no field for.
    pub others: Vec<String>,
}

pub fn refusals(problem: &Problem) -> Refusals {
    let mut refusals = Refusals::default();
    for (path, text) in &problem.fields {
        match Field::of_path(path) {
            Some(field) => refusals.at_fields.push((field, text.as_str().to_owned())),
            None => refusals.others.push([path.as_str(), ": ", text.as_str()].concat()),
        }
    }
    refusals
}
