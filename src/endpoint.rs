//! Every path of the API, in one table. A deployment whose platform differs from the contract corrects this file.
//!
//! Each function gives a [`Call`] whose class the compiler checks against the operation's.

pub mod acts;

use omnival_core::ids::{ClientId, LoanId, OrderRef, VendorId};
use omnival_core::operation::{Call, Guarded, Idempotent, Marker, Method, Once, Op, Operation, Read};
use omnival_wire::request::{self, Assign, ChecklistAnswer, Fenced, Reason, WithFence};
use serde::Serialize;

use crate::platform::url::{encode, query_string};

fn client(client: &ClientId) -> String {
    ["/api/clients/", &encode(client.as_str())].concat()
}

fn loan(at: &ClientId, loan: &LoanId) -> String {
    [&client(at), "/loans/", &encode(loan.as_str())].concat()
}

fn order(at: &OrderRef) -> String {
    [&loan(&at.client, &at.loan), "/orders/", &encode(at.order.as_str())].concat()
}

fn get(operation: Op<Read>, path: String) -> Call<Read> {
    Call::new(operation, Method::Get, path, None)
}

fn write<C: Marker>(operation: Op<C>, method: Method, path: String, body: &impl Serialize) -> Call<C> {
    Call::new(operation, method, path, Some(request::body(body)))
}

/// By the order's id alone: a link does not name the loan.
pub fn find_order(at: &ClientId, id: &str) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::FindOrder);
    get(OP, [&client(at), "/orders/", &encode(id)].concat())
}

pub fn read_order(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadOrder);
    get(OP, order(at))
}

/// Newest first; older than `before` when that is given.
pub fn history(at: &OrderRef, before: Option<&str>) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadHistory);
    let params = before.map(|before| ("before", before.to_owned()));
    get(OP, order(at) + "/history" + &query_string(params))
}

pub fn payments(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadPayments);
    get(OP, order(at) + "/payment-history")
}

pub fn reports(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadReports);
    get(OP, order(at) + "/reports")
}

pub fn documents(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadDocuments);
    get(OP, order(at) + "/documents")
}

pub fn vendor_payments(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadVendorPayments);
    get(OP, order(at) + "/vendor-payment-history")
}

pub fn audit_log(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadAuditLogs);
    get(OP, order(at) + "/workflow-audit-logs")
}

pub fn report_file(at: &OrderRef, report: &str) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadReport);
    get(OP, [&order(at), "/reports/", &encode(report), "/content"].concat())
}

pub fn document_file(at: &OrderRef, document: &str) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadDocument);
    get(OP, [&document_path(at, document), "/content"].concat())
}

fn document_path(at: &OrderRef, document: &str) -> String {
    [&order(at), "/documents/", &encode(document)].concat()
}

/// `party`: `vendor` or `client`.
pub fn access(at: &OrderRef, document: &str, party: &str, granted: bool) -> Call<Idempotent> {
    const GRANT: Op<Idempotent> = Op::new(Operation::GrantAccess);
    const REVOKE: Op<Idempotent> = Op::new(Operation::RevokeAccess);
    let path = [&document_path(at, document), "/access/", party].concat();
    if granted {
        Call::new(GRANT, Method::Put, path, None)
    } else {
        Call::new(REVOKE, Method::Delete, path, None)
    }
}

pub fn crosscheck_runs(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadRuns);
    get(OP, order(at) + "/crosscheck")
}

pub fn revisions(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadRevisions);
    get(OP, order(at) + "/revisions")
}

pub fn rovs(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadRovs);
    get(OP, order(at) + "/rovs")
}

pub fn deliveries(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadDeliveries);
    get(OP, order(at) + "/deliveries")
}

pub fn ucdp(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadUcdp);
    get(OP, order(at) + "/get-ucdp-submission")
}

pub fn ead(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadEad);
    get(OP, order(at) + "/get-ead-submission")
}

pub fn invoice_data(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadInvoiceData);
    get(OP, order(at) + "/invoice-data")
}

pub fn checklist(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadChecklist);
    get(OP, order(at) + "/checklist")
}

pub fn findings(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadFindings);
    get(OP, order(at) + "/findings")
}

pub fn borrowers(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadBorrowers);
    get(OP, order(at) + "/borrowers")
}

pub fn slots(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadSlots);
    get(OP, order(at) + "/inspection-slots")
}

/// What a portal found in one submission.
pub fn agency_findings(at: &OrderRef, portal: &str, submission: &str) -> Call<Read> {
    const UCDP: Op<Read> = Op::new(Operation::ReadUcdpDetails);
    const EAD: Op<Read> = Op::new(Operation::ReadEadDetails);
    let id = encode(submission);
    if portal == "ead" {
        get(
            EAD,
            [&order(at), "/ead-submission/", &id, "/ead-dashboard-details"].concat(),
        )
    } else {
        get(
            UCDP,
            [&order(at), "/ucdp-submission/", &id, "/ucdp-dashboard-details"].concat(),
        )
    }
}

pub fn payment_methods(at: &ClientId) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::ReadPaymentMethods);
    get(OP, client(at) + "/payment-methods")
}

pub fn answer_item(at: &OrderRef, item: &str, answer: Option<&str>, note: Option<&str>) -> Call<Idempotent> {
    const OP: Op<Idempotent> = Op::new(Operation::AnswerItem);
    let path = [&order(at), "/checklist/items/", &encode(item)].concat();
    write(OP, Method::Put, path, &ChecklistAnswer { answer, note })
}

pub fn suggested_vendors(at: &OrderRef) -> Call<Read> {
    const OP: Op<Read> = Op::new(Operation::SuggestVendors);
    get(OP, order(at) + "/suggested-vendors")
}

pub fn activate(at: &OrderRef, fence: Option<u64>) -> Call<Guarded> {
    const OP: Op<Guarded> = Op::new(Operation::Activate);
    write(
        OP,
        Method::Post,
        order(at) + "/activate",
        &Fenced {
            expected_version: fence,
        },
    )
}

pub fn assign(at: &OrderRef, vendor: &VendorId, fence: Option<u64>) -> Call<Guarded> {
    const OP: Op<Guarded> = Op::new(Operation::Assign);
    write(
        OP,
        Method::Post,
        order(at) + "/assign",
        &fenced(
            Assign {
                vendor_id: vendor.as_str(),
            },
            fence,
        ),
    )
}

pub fn hold(at: &OrderRef, reason: &str, fence: Option<u64>) -> Call<Once> {
    const OP: Op<Once> = Op::new(Operation::Hold);
    write(OP, Method::Post, order(at) + "/hold", &fenced(Reason { reason }, fence))
}

pub fn reactivate(at: &OrderRef, reason: &str, fence: Option<u64>) -> Call<Once> {
    const OP: Op<Once> = Op::new(Operation::Reactivate);
    write(
        OP,
        Method::Post,
        order(at) + "/reactivate",
        &fenced(Reason { reason }, fence),
    )
}

pub fn cancel(at: &OrderRef, reason: &str, fence: Option<u64>) -> Call<Guarded> {
    const OP: Op<Guarded> = Op::new(Operation::Cancel);
    write(
        OP,
        Method::Post,
        order(at) + "/cancel",
        &fenced(Reason { reason }, fence),
    )
}

/// `fence` is the version that the operator saw, where the platform can check it.
const fn fenced<T>(body: T, fence: Option<u64>) -> WithFence<T> {
    WithFence {
        body,
        fence: Fenced {
            expected_version: fence,
        },
    }
}
