//! Saving a draft section by section. Each section is a full replacement, so saving may be repeated; each is fenced by the
//! version that the one before it left.

use omnival_core::draft::steps::Step;
use omnival_core::order::Order;
use omnival_core::order::full::Contact as Known;
use omnival_core::words::ContactRole;
use omnival_wire::request::Contact;

use super::fields::Fields;
use crate::platform::Pending;

/// A part of the draft that is saved in one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    Conditions,
    Property,
    Vendor,
    Contacts,
}

impl Section {
    /// In the order in which they are saved.
    const ALL: [Self; 4] = [Self::Conditions, Self::Property, Self::Vendor, Self::Contacts];

    /// The form's step that it is entered in.
    const fn step(self) -> Step {
        match self {
            Self::Conditions => Step::Conditions,
            Self::Property => Step::Property,
            Self::Vendor => Step::Vendor,
            Self::Contacts => Step::Contacts,
        }
    }

    fn differs(self, order: &Order, typed: &Fields) -> bool {
        let mut fields = self.step().fields().iter();
        fields.any(|field| field.value_in(order).trim() != typed.get(*field).trim())
    }
}

/// Saves the sections in which the draft differs from what is typed, one after the other. `send` sends one of them, fenced
/// by the version of the order that it gets. `order` is the draft as far as it was saved, also when one of them fails.
pub async fn save<F>(
    order: &mut Order,
    typed: &Fields,
    mut send: impl FnMut(Section, &Order) -> Pending<Result<Order, F>>,
) -> Result<(), F> {
    for section in Section::ALL {
        if section.differs(order, typed) {
            *order = send(section, order).await?;
        }
    }
    Ok(())
}

/// All contacts: the borrower as typed, and the others as they are.
pub fn contacts<'a>(order: &'a Order, typed: &'a Fields) -> Vec<Contact<'a>> {
    let others = order
        .contacts
        .iter()
        .filter(|contact| contact.role != ContactRole::Borrower);
    std::iter::once(typed.borrower()).chain(others.map(as_sent)).collect()
}

fn as_sent(contact: &Known) -> Contact<'_> {
    Contact {
        role: contact.role.as_str(),
        name: &contact.name,
        email: contact.email.as_deref(),
        phone: contact.phone.as_deref(),
    }
}
