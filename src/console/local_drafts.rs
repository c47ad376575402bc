//! What is typed, kept on this device as it is typed. It survives reload, crash, expiry and conflict, and goes when it
//! has arrived, when its owner throws it away, or at sign-out.
//!
//! One key per user and form, so that nobody meets another person's words. Never a password.

use omnival_core::draft::Field;
use omnival_core::ids::{ClientId, LoanId, OrderRef, UserId};
use omnival_headless::platform::Area;
use omnival_wire::{Value, parse, request};

use crate::platform::store;

const PREFIX: &str = "omnival.draft.";

/// Everything of this user.
pub fn kept(user: &UserId) -> Vec<String> {
    store::keys(Area::Browser, &[PREFIX, user.as_str(), "."].concat())
}

pub fn new_key(user: &UserId, client: &ClientId) -> String {
    [PREFIX, user.as_str(), ".new.", client.as_str()].concat()
}

pub fn edit_key(user: &UserId, order: &str) -> String {
    [PREFIX, user.as_str(), ".edit.", order].concat()
}

pub fn reason_key(user: &UserId, at: &OrderRef, action: &str) -> String {
    [PREFIX, user.as_str(), ".reason.", at.order.as_str(), ".", action].concat()
}

/// The texts of this order: it has arrived, or the order is gone.
pub fn forget_order(at: &OrderRef) {
    for key in store::keys(Area::Browser, PREFIX) {
        if key.split('.').any(|part| part == at.order.as_str()) {
            store::remove(Area::Browser, &key);
        }
    }
}

pub fn text(key: &str) -> Option<String> {
    store::get(Area::Browser, key)
}

/// True when it is kept. Nothing typed is nothing kept.
pub fn keep_text(key: &str, text: &str) -> bool {
    if text.is_empty() {
        store::remove(Area::Browser, key)
    } else {
        store::set(Area::Browser, key, text)
    }
}

/// A whole form: its fields, and what else it must remember.
#[derive(Clone, Default, PartialEq)]
pub struct Kept {
    pub fields: Vec<(Field, String)>,
    /// The reference under which the draft is, or will be, created.
    pub reference: String,
    /// For which loan its creation was sent. Until the platform's records settle it, it may exist.
    pub sent: Option<LoanId>,
    /// How the chosen loan is shown.
    pub loan_label: String,
}

/// What is kept under `key`; damaged text counts as none of the fields it damaged.
pub fn form(key: &str) -> Option<Kept> {
    let value = parse(&store::get(Area::Browser, key)?).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_sent = value.get("sent").and_then(Value::as_bool).unwrap_or(false);
    // What an earlier release kept does not name the loan; then it is the one of the form.
    let loans = [text("sentLoan"), text(Field::Loan.path())];
    let loan = loans.into_iter().find(|loan| !loan.is_empty());
    Some(Kept {
        fields: Field::ALL
            .iter()
            .filter_map(|field| Some((*field, value.get(field.path())?.as_str()?.to_owned())))
            .collect(),
        reference: text("clientReference"),
        sent: loan.filter(|_| is_sent).map(|loan| LoanId::new(&loan)),
        loan_label: text("loanLabel"),
    })
}

pub fn keep_form(key: &str, kept: &Kept) -> bool {
    let text = |name: &str, text: &str| (name.to_owned(), Value::Text(text.to_owned()));
    let mut all: Vec<_> = kept
        .fields
        .iter()
        .map(|(field, value)| text(field.path(), value))
        .collect();
    all.push(text("clientReference", &kept.reference));
    all.push(text("loanLabel", &kept.loan_label));
    all.push(("sent".to_owned(), Value::Bool(kept.sent.is_some())));
    all.push(text("sentLoan", kept.sent.as_ref().map_or("", |loan| loan.as_str())));
    store::set(Area::Browser, key, &request::body(&Value::Object(all)))
}

/// The form has arrived with these fields; what was typed since stays kept.
pub fn forget_arrived(key: &str, fields: &[(Field, String)]) {
    if form(key).is_none_or(|kept| kept.fields == fields) {
        forget(key);
    }
}

pub fn forget(key: &str) {
    store::remove(Area::Browser, key);
}
