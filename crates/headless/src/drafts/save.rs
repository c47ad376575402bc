//! Saving a draft section by section. Each section is a full replacement, so saving may be repeated; each is fenced by the
//! version that the one before it left.

use omnival_core::draft::steps::Step;
use omnival_core::order::Order;
use omnival_core::order::full::Contact as Known;
use omnival_wire::request::Contact;

use super::fields::Fields;

/// In the order in which they are saved.
const SECTIONS: [Step; 4] = [Step::Conditions, Step::Property, Step::Vendor, Step::Contacts];

/// The next section, after the one that was `saved` last, in which the draft differs from what is typed. `order` is the
/// draft as far as it was saved.
pub fn next_unsaved(order: &Order, typed: &Fields, saved: Option<Step>) -> Option<Step> {
    let differs = |step: &Step| {
        let mut fields = step.fields().iter();
        fields.any(|field| field.value_in(order).trim() != typed.get(*field).trim())
    };
    let done = SECTIONS.iter().position(|section| Some(*section) == saved);
    let from = done.map_or(0, |at| at + 1);
    SECTIONS.into_iter().skip(from).find(differs)
}

/// All contacts: the borrower as typed, and the others as they are.
pub fn contacts<'a>(order: &'a Order, typed: &'a Fields) -> Vec<Contact<'a>> {
    let others = order.contacts.iter().filter(|contact| contact.role != "borrower");
    std::iter::once(typed.borrower()).chain(others.map(as_sent)).collect()
}

fn as_sent(contact: &Known) -> Contact<'_> {
    Contact {
        role: &contact.role,
        name: &contact.name,
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}
