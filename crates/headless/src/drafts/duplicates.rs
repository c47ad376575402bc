//! How far a form was compared with the orders that are there already. Which of them are like it is the core's to say.

use omnival_core::draft::Field;
use omnival_wire::order::Page;

use crate::reads::Loaded;

/// Street and ZIP code, as far as they can be looked for.
pub type Place = (String, String);

/// `text` is what stands in a field; only those that matter are looked at.
pub fn place(text: impl Fn(Field) -> String) -> Option<Place> {
    let text = |field| text(field).trim().to_owned();
    let (street, zip) = (text(Field::Street), text(Field::Zip));
    (!street.is_empty() && zip.len() >= 5).then_some((street, zip))
}

/// How far one of the two comparisons, by loan and by address, got.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compared {
    /// Nothing to compare with is entered.
    NotAsked,
    Failed,
    /// With the newest of many only.
    InPart,
    WithAll,
}

impl Compared {
    const fn has_read(self) -> bool {
        matches!(self, Self::InPart | Self::WithAll)
    }
}

pub const fn by_loan<T, F>(orders: &Loaded<T, F>) -> Compared {
    match (&orders.value, &orders.failure) {
        (_, Some(_)) => Compared::Failed,
        (Some(_), None) => Compared::WithAll,
        (None, None) => Compared::NotAsked,
    }
}

pub fn by_place<F>(orders: &Loaded<Page, F>) -> Compared {
    match (by_loan(orders), &orders.value) {
        (Compared::WithAll, Some(page)) if is_in_part(page) => Compared::InPart,
        (compared, _) => compared,
    }
}

fn is_in_part(page: &Page) -> bool {
    page.total as usize > page.rows.len()
}

/// Says that not all orders at the place were compared, if so.
pub fn only_newest(page: &Page) -> Option<String> {
    let (shown, total) = (page.rows.len().to_string(), page.total.to_string());
    let words = || {
        let orders = " orders with such an address were compared.";
        ["Only the newest ", &shown, " of ", &total, orders].concat()
    };
    is_in_part(page).then(words)
}

/// No order like this one was found: by what was read, and what could not be compared.
pub fn nothing_found(loan: Compared, place: Compared) -> String {
    let found = match (loan.has_read(), place.has_read()) {
        (true, true) => "No other order of this loan or at this address is open or completed.",
        (true, false) => "No other order of this loan is open or completed.",
        (false, true) => "No other order at this address is open or completed.",
        (false, false) => "",
    };
    let open = match (loan, place) {
        (Compared::NotAsked, Compared::NotAsked) => {
            "Orders of the same loan, and at the same address, are looked for once they are entered."
        }
        (Compared::Failed, Compared::Failed) => "Neither orders of this loan nor those at this address could be read.",
        (Compared::Failed, Compared::NotAsked) => {
            "Orders of this loan could not be read; those at the same address are looked for once it is entered."
        }
        (Compared::NotAsked, Compared::Failed) => {
            "Orders at this address could not be read; those of the same loan are looked for once it is chosen."
        }
        (Compared::Failed, _) => "Orders of this loan could not be read.",
        (_, Compared::Failed) => "Orders at this address could not be read.",
        (Compared::NotAsked, _) => "Those of the same loan are looked for once it is chosen.",
        (_, Compared::NotAsked) => "Those at the same address are looked for once street and ZIP code are entered.",
        _ => "",
    };
    let parts = [found, open].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}
