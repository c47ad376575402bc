//! The fields of an order's draft form, each with its place in the request body and on the order.

use super::full::Order;
use crate::words::ContactRole;

macro_rules! fields {
    ($($variant:ident $path:literal $label:literal;)*) => {
        /// One field of the draft form. The path is the one of the request body, so a server's error finds its field.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Field { $($variant),* }

        impl Field {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub const fn path(self) -> &'static str {
                match self { $(Self::$variant => $path),* }
            }

            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }
    };
}

fields! {
    Loan "loanId" "Loan";
    Product "productId" "Product";
    Street "property.street" "Street address";
    Unit "property.unit" "Unit";
    City "property.city" "City";
    County "property.county" "County";
    State "property.state" "State";
    Zip "property.zip" "ZIP code";
    PropertyType "property.type" "Property type";
    ContactName "contacts[0].name" "Borrower name";
    ContactEmail "contacts[0].email" "E-mail";
    ContactPhone "contacts[0].phone" "Phone";
    DueDate "dueDate" "Due date";
    Instructions "specialInstructions" "Special instructions";
    Vendor "vendorId" "Vendor";
}

impl Field {
    /// Finds the field of a server's path: exact first, then the nearest that contains it.
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.trim_start_matches("body.");
        let exact = Self::ALL.iter().find(|field| field.path() == path);
        exact
            .or_else(|| {
                // The draft steps send a part of the body alone: `zip` is `property.zip`.
                Self::ALL
                    .iter()
                    .find(|field| field.path().rsplit('.').next() == Some(path))
            })
            .or(match path {
                "property" => Some(&Self::Street),
                "contacts" | "contacts[0]" => Some(&Self::ContactName),
                "loan" => Some(&Self::Loan),
                "product" => Some(&Self::Product),
                "vendor" => Some(&Self::Vendor),
                "conditions.dueDate" => Some(&Self::DueDate),
                _ => None,
            })
            .copied()
    }

    pub const fn is_required(self) -> bool {
        !matches!(
            self,
            Self::Unit | Self::ContactEmail | Self::ContactPhone | Self::DueDate | Self::Instructions | Self::Vendor
        )
    }

    /// The order's own value of this field; empty when it has none.
    pub fn value_in(self, order: &Order) -> String {
        let property = order.property.as_ref();
        let borrower = order
            .contacts
            .iter()
            .find(|contact| contact.role == ContactRole::Borrower)
            .or(order.contacts.first());
        let text = match self {
            Self::Loan => Some(order.at.loan.as_str()),
            Self::Product => order.product.as_ref().map(|product| product.id.as_str()),
            Self::Street => property.map(|property| property.street.as_str()),
            Self::Unit => property.and_then(|property| property.unit.as_deref()),
            Self::City => property.map(|property| property.city.as_str()),
            Self::County => property.map(|property| property.county.as_str()),
            Self::State => property.map(|property| property.state.as_str()),
            Self::Zip => property.map(|property| property.zip.as_str()),
            Self::PropertyType => property.map(|property| property.kind.as_str()),
            Self::ContactName => borrower.map(|contact| contact.name.as_str()),
            Self::ContactEmail => borrower.and_then(|contact| contact.email.as_deref()),
            Self::ContactPhone => borrower.and_then(|contact| contact.phone.as_deref()),
            Self::DueDate => order.due_date.as_deref(),
            Self::Instructions => order.instructions.as_deref(),
            Self::Vendor => order.preferred_vendor.as_ref().map(|vendor| vendor.as_str()),
        };
        text.unwrap_or_default().to_owned()
    }

    /// The contract's bound, in characters.
    pub const fn longest(self) -> usize {
        match self {
            Self::Unit => 30,
            Self::City | Self::County => 80,
            Self::Instructions => 4000,
            Self::ContactEmail => 254,
            Self::ContactPhone => 32,
            _ => 120,
        }
    }
}
