//! A whole draft form, as this device keeps it. Earlier releases wrote it, later ones read it: a name here never changes
//! its meaning.

use omnival_core::draft::Field;
use omnival_core::ids::LoanId;
use omnival_wire::{Value, parse, request};

const REFERENCE: &str = "clientReference";
const LOAN_LABEL: &str = "loanLabel";
const SENT: &str = "sent";
const SENT_LOAN: &str = "sentLoan";

/// A form's fields, and what else it must remember.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct FormCopy {
    pub fields: Vec<(Field, String)>,
    /// The reference under which the draft is, or will be, created.
    pub reference: String,
    /// For which loan its creation was sent. Until the platform's records settle it, it may exist.
    pub sent: Option<LoanId>,
    /// How the chosen loan is shown.
    pub loan_label: String,
}

impl FormCopy {
    /// Damaged text counts as none of the fields it damaged.
    pub(super) fn read(text: &str) -> Option<Self> {
        let value = parse(text).ok().filter(Value::is_object)?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is_sent = value.get(SENT).and_then(Value::as_bool).unwrap_or(false);
        // What an earlier release kept does not name the loan; then it is the one of the form.
        let loans = [text(SENT_LOAN), text(Field::Loan.path())];
        let loan = loans.into_iter().find(|loan| !loan.is_empty());
        let field = |field: &Field| Some((*field, value.get(field.path())?.as_str()?.to_owned()));
        Some(Self {
            fields: Field::ALL.iter().filter_map(field).collect(),
            reference: text(REFERENCE),
            sent: loan.filter(|_| is_sent).map(|loan| LoanId::new(&loan)),
            loan_label: text(LOAN_LABEL),
        })
    }

    pub(super) fn write(&self) -> String {
        let text = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
        let fields = self.fields.iter().map(|(field, value)| text(field.path(), value));
        let mut all: Vec<_> = fields.collect();
        all.push(text(REFERENCE, &self.reference));
        all.push(text(LOAN_LABEL, &self.loan_label));
        all.push((SENT.to_owned(), Value::Bool(self.sent.is_some())));
        all.push(text(SENT_LOAN, self.sent.as_ref().map_or("", LoanId::as_str)));
        request::body(&Value::Object(all))
    }

    /// The fields that count as typed when it is taken up again: who filled them is not kept, so all that hold something.
    pub fn typed(&self) -> Vec<Field> {
        let filled = self.fields.iter().filter(|(_, text)| !text.trim().is_empty());
        filled.map(|(field, _)| *field).collect()
    }
}
