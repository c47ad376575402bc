//! Filling in a path of the table, and writing a query.

use omnival_core::ids::{ClientId, LoanId, OrderRef};
use omnival_core::operation::CLIENTS;

/// What stays as it is in `encodeURIComponent`, beside letters and digits.
const UNRESERVED: &[u8] = b"-_.!~*'()";
const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// One path segment or query value, as `encodeURIComponent` writes it.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || UNRESERVED.contains(&byte) {
            encoded.push(byte.into());
        } else {
            let digit = |nibble: u8| char::from(HEX[usize::from(nibble & 15)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    encoded
}

/// `?a=1&b=2`, or nothing.
pub fn question(params: impl IntoIterator<Item = (&'static str, String)>) -> String {
    let mut text = String::new();
    for (key, value) in params {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(key);
        text.push('=');
        text.push_str(&encode(&value));
    }
    text
}

/// What the names in a path stand for. What a path does not name may be empty.
#[derive(Clone, Copy, Default)]
pub struct Place<'a> {
    client: &'a str,
    loan: &'a str,
    order: &'a str,
    id: &'a str,
    party: &'a str,
}

impl<'a> Place<'a> {
    pub fn client(client: &'a ClientId) -> Self {
        Self {
            client: client.as_str(),
            ..Self::default()
        }
    }

    pub fn loan(client: &'a ClientId, loan: &'a LoanId) -> Self {
        Self {
            loan: loan.as_str(),
            ..Self::client(client)
        }
    }

    pub fn order(at: &'a OrderRef) -> Self {
        Self {
            order: at.order.as_str(),
            ..Self::loan(&at.client, &at.loan)
        }
    }

    /// One thing of it.
    pub const fn of(self, id: &'a str) -> Self {
        Self { id, ..self }
    }

    pub const fn by(self, party: &'a str) -> Self {
        Self { party, ..self }
    }

    /// The path with its names filled in. The table's names are all known: a test fills in every path.
    pub fn fill(&self, path: &str) -> String {
        let mut filled = String::new();
        for (at, piece) in path.split(['{', '}']).enumerate() {
            if at % 2 == 0 {
                filled.push_str(piece);
            } else {
                self.push(piece, &mut filled);
            }
        }
        filled
    }

    fn push(&self, name: &str, to: &mut String) {
        match name {
            "client" => push_part(CLIENTS, self.client, to),
            "loan" => {
                self.push("client", to);
                push_part("/loans/", self.loan, to);
            }
            "order" => {
                self.push("loan", to);
                push_part("/orders/", self.order, to);
            }
            "id" => push_part("", self.id, to),
            "party" => push_part("", self.party, to),
            // Left as it stands, so that the platform refuses it.
            unknown => to.extend(["{", unknown, "}"]),
        }
    }
}

fn push_part(before: &str, text: &str, to: &mut String) {
    to.push_str(before);
    to.push_str(&encode(text));
}

#[cfg(test)]
mod tests {
    use omnival_core::ids::{ClientId, LoanId, OrderId, OrderRef};
    use omnival_core::operation::Operation;

    use super::{Place, encode, question};

    #[test]
    fn text_is_encoded_as_the_browser_does() {
        assert_eq!(encode("a-Z_0.9!~*'()"), "a-Z_0.9!~*'()");
        assert_eq!(encode("a b/c?d=e&f#g%"), "a%20b%2Fc%3Fd%3De%26f%23g%25");
        assert_eq!(encode("Zoë €"), "Zo%C3%AB%20%E2%82%AC");
    }

    #[test]
    fn a_question_is_nothing_or_begins_with_its_mark() {
        assert_eq!(question([]), "");
        assert_eq!(question([("a", "1 2".to_owned()), ("b", String::new())]), "?a=1%202&b=");
    }

    #[test]
    fn every_path_of_the_table_can_be_filled_in() {
        let at = OrderRef {
            client: ClientId::new("c/1"),
            loan: LoanId::new("l"),
            order: OrderId::new("o"),
        };
        let place = Place::order(&at).of("i d").by("vendor");
        for operation in Operation::ALL {
            let path = place.fill(operation.path());
            assert!(path.starts_with("/api/") && !path.contains(['{', '}', ' ']), "{path}");
        }
        let filled = place.fill("{order}/documents/{id}/access/{party}");
        assert_eq!(
            filled,
            "/api/clients/c%2F1/loans/l/orders/o/documents/i%20d/access/vendor"
        );
        assert_eq!(place.fill("{client}/orders/{id}"), "/api/clients/c%2F1/orders/i%20d");
    }
}
