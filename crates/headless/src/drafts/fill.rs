//! What fills fields that the operator has not filled: a loan that was chosen, or an order that the new one begins from.
//!
//! What is the same for any loan (product, instructions) is copied from an order at once; what belongs to its loan
//! (property, borrower, the vendor who knows it) only when the same loan is wanted.

use omnival_core::draft::{Field, problems};
use omnival_core::order::Order;
use omnival_core::order::full::{Loan, Property};
use omnival_wire::reference::LoanRecord;

use super::fields::Fields;

/// Fields, and what they are filled with.
pub type Filling = Vec<(Field, String)>;

const ANY_LOAN: [Field; 2] = [Field::Product, Field::Instructions];
const SAME_LOAN: [Field; 10] = [
    Field::Street,
    Field::Unit,
    Field::City,
    Field::County,
    Field::State,
    Field::Zip,
    Field::PropertyType,
    Field::ContactName,
    Field::ContactEmail,
    Field::ContactPhone,
];

/// As the picker shows a loan: its number, its borrower, its address.
pub fn label_of_loan(loan: &Loan, property: Option<&Property>) -> String {
    let borrower = loan.borrowers.first().map(|borrower| borrower.name.as_str());
    let address = property.map(Property::one_line);
    let parts = [Some(loan.number.as_str()), borrower, address.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn label_of_order(order: &Order) -> String {
    label_of_loan(&order.loan, order.property.as_ref())
}

/// This loan was chosen: what it knows, for fields that are still empty.
pub fn loan_chosen(fields: &Fields, loan: &LoanRecord) -> Filling {
    let mut known = Vec::new();
    if let Some(property) = &loan.property {
        known.extend([
            (Field::Street, property.street.as_str()),
            (Field::Unit, property.unit.as_deref().unwrap_or_default()),
            (Field::City, &property.city),
            (Field::County, &property.county),
            (Field::State, &property.state),
            (Field::Zip, &property.zip),
            (Field::PropertyType, &property.kind),
        ]);
    }
    if let Some(borrower) = loan.loan.borrowers.first() {
        known.extend([
            (Field::ContactName, borrower.name.as_str()),
            (Field::ContactEmail, borrower.email.as_deref().unwrap_or_default()),
            (Field::ContactPhone, borrower.phone.as_deref().unwrap_or_default()),
        ]);
    }
    known.retain(|(field, _)| fields.is_empty(*field));
    known
        .into_iter()
        .map(|(field, text)| (field, text.to_owned()))
        .collect()
}

/// A new order begins from this one: what any loan may have, for fields that are still empty. The operator may have been
/// quicker than the answer.
pub fn terms(fields: &Fields, from: &Order) -> Filling {
    let empty = ANY_LOAN.into_iter().filter(|field| fields.is_empty(*field));
    empty.map(|field| (field, field.value_in(from))).collect()
}

/// The loan of that order, and all that belongs to it, around what was `typed`.
pub fn same_loan(fields: &Fields, typed: &[Field], from: &Order) -> Filling {
    // What was taken over from another loan goes with it, also where this one knows nothing.
    let is_other = fields.get(Field::Loan) != from.at.loan.as_str();
    let vendor = from.vendor.as_ref().map(|vendor| &vendor.id);
    let vendor = vendor.or(from.preferred_vendor.as_ref());
    let vendor = vendor.map(|vendor| vendor.as_str().to_owned()).unwrap_or_default();
    let known = SAME_LOAN.into_iter().map(|field| (field, field.value_in(from)));
    let is_free = |(field, text): &(Field, String)| {
        let is_typed = typed.contains(field) && !fields.is_empty(*field);
        !is_typed && (is_other || !text.trim().is_empty())
    };
    let mut filling: Filling = known.chain([(Field::Vendor, vendor)]).filter(is_free).collect();
    filling.push((Field::Loan, from.at.loan.as_str().to_owned()));
    filling
}

/// Product, ZIP code and vendor, as soon as they decide a fee. `text` is what stands in a field; only those that matter are
/// looked at.
pub fn fee_question(text: impl Fn(Field) -> String) -> Option<(String, String, String)> {
    let text = |field| text(field).trim().to_owned();
    let (product, zip) = (text(Field::Product), text(Field::Zip));
    (!product.is_empty() && is_whole_zip(&zip)).then(|| (product, zip, text(Field::Vendor)))
}

/// As it must be to be created: half a ZIP code is no question to the platform.
fn is_whole_zip(text: &str) -> bool {
    let alone = |field| {
        if field == Field::Zip {
            text.to_owned()
        } else {
            String::new()
        }
    };
    problems(alone).iter().all(|(field, _)| *field != Field::Zip)
}
