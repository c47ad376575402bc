//! What is read.

use omnival_core::ids::{ClientId, LoanId, OrderRef};
use omnival_core::operation::{Call, Method, Op, Operation, Read};
use omnival_core::queue::{PAGE_SIZE, Query};

use super::path::{Place, question};

/// Method and path are constants of each call, so that the first part of the program does without the table of all.
macro_rules! read {
    ($operation:ident, $place:expr, $question:expr) => {{
        const OP: Op<Read> = Op::new(Operation::$operation);
        const PATH: &str = Operation::$operation.path();
        const METHOD: Method = Operation::$operation.method();
        Call::new(OP, METHOD, $place.fill(PATH) + $question, None)
    }};
}

/// Whole lists and things of one order.
macro_rules! of_order {
    ($($name:ident $operation:ident;)*) => {$(
        pub fn $name(at: &OrderRef) -> Call<Read> {
            read!($operation, Place::order(at), "")
        }
    )*};
}

of_order! {
    read_order ReadOrder;
    payments ReadPayments;
    vendor_payments ReadVendorPayments;
    audit_log ReadAuditLogs;
    reports ReadReports;
    documents ReadDocuments;
    crosscheck_runs ReadRuns;
    revisions ReadRevisions;
    rovs ReadRovs;
    deliveries ReadDeliveries;
    borrowers ReadBorrowers;
    ucdp ReadUcdp;
    ead ReadEad;
    invoice_data ReadInvoiceData;
    checklist ReadChecklist;
    findings ReadFindings;
    slots ReadSlots;
    suggested_vendors SuggestVendors;
}

/// Lists of one client.
macro_rules! of_client {
    ($($name:ident $operation:ident;)*) => {$(
        pub fn $name(client: &ClientId) -> Call<Read> {
            read!($operation, Place::client(client), "")
        }
    )*};
}

of_client! {
    products ReadProducts;
    // Those of the client's panel.
    vendors ReadVendors;
    payment_methods ReadPaymentMethods;
}

pub fn orders(client: &ClientId, query: &Query) -> Call<Read> {
    let mut params = query.params();
    params.push(("pageSize", PAGE_SIZE.to_string()));
    read!(ListOrders, Place::client(client), &question(params))
}

/// By the order's id alone: a link does not name the loan.
pub fn find_order(client: &ClientId, id: &str) -> Call<Read> {
    read!(FindOrder, Place::client(client).of(id), "")
}

/// Newest first; older than `before` when that is given.
pub fn history(at: &OrderRef, before: Option<&str>) -> Call<Read> {
    let params = before.map(|before| ("before", before.to_owned()));
    read!(ReadHistory, Place::order(at), &question(params))
}

pub fn report_file(at: &OrderRef, report: &str) -> Call<Read> {
    read!(ReadReport, Place::order(at).of(report), "")
}

pub fn document_file(at: &OrderRef, document: &str) -> Call<Read> {
    read!(ReadDocument, Place::order(at).of(document), "")
}

/// What a portal found in one submission.
pub fn agency_findings(at: &OrderRef, portal: &str, submission: &str) -> Call<Read> {
    let place = Place::order(at).of(submission);
    if portal == "ead" {
        read!(ReadEadDetails, place, "")
    } else {
        read!(ReadUcdpDetails, place, "")
    }
}

pub fn loans(client: &ClientId, search: &str) -> Call<Read> {
    let search = (!search.is_empty()).then(|| ("search", search.to_owned()));
    let params = search.into_iter().chain([("pageSize", "8".to_owned())]);
    read!(ReadLoans, Place::client(client), &question(params))
}

pub fn loan_orders(client: &ClientId, loan: &LoanId) -> Call<Read> {
    read!(ReadLoanOrders, Place::loan(client, loan), "")
}

/// `vendor` may be empty: then without a vendor's own fee.
pub fn fee(client: &ClientId, product: &str, zip: &str, vendor: &str) -> Call<Read> {
    let vendor = (!vendor.is_empty()).then(|| ("vendorId", vendor.to_owned()));
    let params = [("productId", product.to_owned()), ("zip", zip.to_owned())];
    read!(
        ResolveFee,
        Place::client(client),
        &question(params.into_iter().chain(vendor))
    )
}
