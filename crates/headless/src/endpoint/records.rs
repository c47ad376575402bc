//! What the platform records of an order: the reads by which a write is verified.

use omnival_core::ids::{ClientId, LoanId, OrderRef};
use omnival_core::operation::{Call, Method, Op, Operation, Read};

fn loan(client: &ClientId, loan: &LoanId) -> String {
    [
        "/api/clients/",
        &encode(client.as_str()),
        "/loans/",
        &encode(loan.as_str()),
    ]
    .concat()
}

fn below(at: &OrderRef, rest: &str) -> String {
    [&loan(&at.client, &at.loan), "/orders/", &encode(at.order.as_str()), rest].concat()
}

macro_rules! reads {
    ($($name:ident $operation:ident $rest:literal;)*) => {$(
        pub fn $name(at: &OrderRef) -> Call<Read> {
            const OP: Op<Read> = Op::new(Operation::$operation);
            Call::new(OP, Method::Get, below(at, $rest), None)
        }
    )*};
}

reads! {
    order ReadOrder "";
    // Newest first.
    history ReadHistory "/history";
    payments ReadPayments "/payment-history";
    reports ReadReports "/reports";
    documents ReadDocuments "/documents";
    crosscheck_runs ReadRuns "/crosscheck";
    revisions ReadRevisions "/revisions";
    rovs ReadRovs "/rovs";
    deliveries ReadDeliveries "/deliveries";
    ucdp ReadUcdp "/get-ucdp-submission";
    ead ReadEad "/get-ead-submission";
    invoice_data ReadInvoiceData "/invoice-data";
}

pub fn loan_orders(client: &ClientId, of: &LoanId) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadLoanOrders);
    Call::new(OP, Method::Get, loan(client, of) + "/orders", None)
}

/// One path segment, percent-encoded as by `encodeURIComponent`.
fn encode(text: &str) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.extend(['%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_one_segment_whatever_they_hold() {
        let at = OrderRef {
            client: ClientId::new("a/b"),
            loan: LoanId::new("ä ?#%"),
            order: omnival_core::ids::OrderId::new("it's-(1)~!*_."),
        };
        assert_eq!(
            history(&at).request().path,
            "/api/clients/a%2Fb/loans/%C3%A4%20%3F%23%25/orders/it's-(1)~!*_./history"
        );
    }
}
