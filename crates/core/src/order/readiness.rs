//! What a draft still needs before it can be activated. Sources: `validation/causes` and
//! `activate/readiness` in docs/sources.md.

use super::field::Field;
use super::full::Order;
use crate::words::ContactRole;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Missing {
    Product,
    Property,
    BorrowerContact,
    DueDate,
}

impl Missing {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Product => "a product",
            Self::Property => "the property address",
            Self::BorrowerContact => "a borrower contact with a phone number or an e-mail address",
            Self::DueDate => "a due date",
        }
    }

    /// The field of the draft form where this is mended: of several, the first that is empty.
    pub fn field(self, order: &Order) -> Field {
        let (candidates, otherwise): (&[Field], _) = match self {
            Self::Product => (&[], Field::Product),
            Self::Property => (&[Field::Street, Field::City, Field::State, Field::Zip], Field::Street),
            Self::BorrowerContact => (&[Field::ContactName], Field::ContactPhone),
            Self::DueDate => (&[], Field::DueDate),
        };
        let empty = |field: &&Field| field.value_in(order).trim().is_empty();
        candidates.iter().find(empty).copied().unwrap_or(otherwise)
    }
}

pub fn missing(order: &Order) -> Vec<Missing> {
    let reachable = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let property = order.property.as_ref().is_some_and(|property| {
        [&property.street, &property.city, &property.state, &property.zip]
            .iter()
            .all(|part| !part.trim().is_empty())
    });
    let borrower = order.contacts.iter().any(|contact| {
        contact.role == ContactRole::Borrower && (reachable(&contact.email) || reachable(&contact.phone))
    });
    [
        (order.product.is_some(), Missing::Product),
        (property, Missing::Property),
        (borrower, Missing::BorrowerContact),
        (order.due_date.is_some(), Missing::DueDate),
    ]
    .into_iter()
    .filter_map(|(there, item)| (!there).then_some(item))
    .collect()
}
