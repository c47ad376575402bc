//! What is typed, kept on this device as it is typed. It survives reload, crash, expiry and conflict, and goes when it has
//! arrived, when its owner throws it away, or at sign-out.
//!
//! One key for each person and form, so that nobody meets another person's words. The boot script counts the keys and
//! reads none. Must never hold a password.

use omnival_core::draft::Field;
use omnival_core::ids::{OrderId, UserId};
use omnival_wire::boot::DRAFT_PREFIX;

use crate::platform::{Area, KeyValue};

mod form;
mod key;
mod sign_out;

pub use form::FormCopy;
pub use key::Key;
pub use sign_out::{SignOut, sign_out};

/// The kept texts of this browser.
#[derive(Clone, Copy, Debug)]
pub struct Texts<S>(S);

impl<S: KeyValue> Texts<S> {
    pub const fn new(store: S) -> Self {
        Self(store)
    }

    /// One field of a dialog.
    pub fn text(&self, key: &Key) -> Option<String> {
        self.0.get(Area::Browser, key.as_str())
    }

    /// True when the text is kept now. To keep nothing is to forget.
    pub fn keep_text(&self, key: &Key, text: &str) -> bool {
        if text.is_empty() {
            self.forget(key)
        } else {
            self.0.set(Area::Browser, key.as_str(), text)
        }
    }

    /// A whole form; `None` if nothing is kept, or nothing that can be read.
    pub fn form(&self, key: &Key) -> Option<FormCopy> {
        FormCopy::read(&self.text(key)?)
    }

    /// True when the form is kept now.
    pub fn keep_form(&self, key: &Key, form: &FormCopy) -> bool {
        self.0.set(Area::Browser, key.as_str(), &form.write())
    }

    /// The form has arrived with these fields; what was typed since stays kept.
    pub fn forget_arrived(&self, key: &Key, fields: &[(Field, String)]) {
        if self.form(key).is_none_or(|kept| kept.fields == fields) {
            self.forget(key);
        }
    }

    /// True when nothing is kept under this key any more.
    pub fn forget(&self, key: &Key) -> bool {
        self.0.remove(Area::Browser, key.as_str())
    }

    /// What this person did on the order arrived: their texts about it are not needed any more.
    pub fn forget_own(&self, user: &UserId, order: &OrderId) {
        self.forget_about(order, &key::of_user(user));
    }

    /// The order is gone, and with it whatever anybody wanted with it.
    pub fn forget_order(&self, order: &OrderId) {
        self.forget_about(order, DRAFT_PREFIX);
    }

    fn forget_about(&self, order: &OrderId, prefix: &str) {
        for key in self.0.keys(Area::Browser, prefix) {
            if key::is_about(&key, order) {
                self.0.remove(Area::Browser, &key);
            }
        }
    }

    /// How many texts are kept of this person, each a form or a field of a dialog.
    pub fn count_of(&self, user: &UserId) -> usize {
        self.keys_of(user).len()
    }

    /// They sign out: their words are not left on this device.
    pub fn forget_all_of(&self, user: &UserId) {
        for key in self.keys_of(user) {
            self.0.remove(Area::Browser, &key);
        }
    }

    fn keys_of(&self, user: &UserId) -> Vec<String> {
        self.0.keys(Area::Browser, &key::of_user(user))
    }
}
