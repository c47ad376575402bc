//! Saving a draft section by section, and deleting it. Each section is a full replacement, so saving may be repeated; each is fenced by the
//! version that the one before it left.

use omnival_core::draft::steps::Step;
use omnival_core::ids::OrderRef;
use omnival_core::operation::{Call, Idempotent};
use omnival_core::order::Order;
use omnival_core::order::full::Contact as Known;
use omnival_core::words::ContactRole;
use omnival_wire::config::Config;
use omnival_wire::order as decode;
use omnival_wire::request::Contact;

use super::fields::Fields;
use crate::api::{Api, Failure};
use crate::endpoint::{self, Seen};
use crate::kept::{Key, Texts};
use crate::platform::Platform;

/// A part of the draft that is saved in one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Section {
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
        fields.any(|field| field.value_in(order).trim() != typed.get(*field))
    }

    fn call(self, order: &Order, typed: &Fields, config: &Config) -> Call<Idempotent> {
        let seen = Seen {
            at: &order.at,
            version: order.version,
            id: "",
        };
        match self {
            Self::Conditions => endpoint::save_conditions(&seen, typed.conditions(), config),
            Self::Property => endpoint::save_property(&seen, typed.property(), config),
            Self::Vendor => endpoint::save_vendor(&seen, typed.vendor(), config),
            Self::Contacts => endpoint::save_contacts(&seen, contacts(order, typed), config),
        }
    }
}

/// Saves the sections in which the draft differs from what was `typed`, one after the other. `order` is the draft as far as
/// it was saved, also when one of them fails. What arrived is not kept under `key` any longer.
pub async fn save<P: Platform>(
    api: &Api<P>,
    key: Option<&Key>,
    order: &mut Order,
    typed: &Fields,
) -> Result<(), Failure> {
    let trimmed = typed.trimmed();
    for section in Section::ALL {
        if section.differs(order, &trimmed) {
            let call = section.call(order, &trimmed, api.config());
            *order = api.repeat(call, decode::order).await?;
        }
    }
    if let Some(key) = key {
        Texts::new(api.platform().clone()).forget_arrived(key, &typed.pairs());
    }
    Ok(())
}

/// Deletes the draft, and what is kept about it. One that is gone already, by an answer that was lost or by a colleague, is
/// what was wanted.
pub async fn delete<P: Platform>(api: &Api<P>, at: &OrderRef) -> Result<(), Failure> {
    let end = api.repeat(endpoint::delete_draft(at), |_| Ok(())).await;
    match end {
        Err(failure) if failure.status() != Some(404) => Err(failure),
        Ok(()) | Err(_) => {
            Texts::new(api.platform().clone()).forget_order(&at.order);
            Ok(())
        }
    }
}

/// Is this failure a sign that a colleague changed the draft meanwhile? Then the draft as it is now, to be merged.
pub async fn read_after_clash<P: Platform>(api: &Api<P>, order: &Order, failure: &Failure) -> Option<Order> {
    if failure.status() != Some(409) {
        return None;
    }
    api.repeat(endpoint::read_order(&order.at), decode::order).await.ok()
}

/// All contacts: the borrower as typed, and the others as they are.
fn contacts<'a>(order: &'a Order, typed: &'a Fields) -> Vec<Contact<'a>> {
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
