//! The one table of what the API offers: operation, method, path.
//!
//! The router, the fault matcher and the ledger all read this table, so none of them can know an
//! operation that another does not. It must never hold anything about *how* an operation is done.

use axum::http::Method;

/// One operation of the contract, by its operationId.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    SignIn,
    RefreshSession,
    SignOut,
    WhoAmI,
    ListOrders,
    GetOrder,
    GetOrderById,
    ListHistory,
    GetHistoryEntry,
    ListHistoryTypes,
    ListAuditLogs,
    ListLoans,
    GetLoan,
    ListLoanOrders,
    ListProducts,
    ListBranches,
    ListVendors,
    ListPaymentMethods,
    ResolveFee,
    ListSuggestedVendors,
    ListPayments,
    ListDocuments,
    CreateDraft,
    SaveDraftProperty,
    SaveDraftVendor,
    SaveDraftConditions,
    SaveDraftContacts,
    DeleteDraft,
    ActivateOrder,
    AssignVendor,
    HoldOrder,
    ReactivateOrder,
    CancelOrder,
}

/// A row of the table. `template` is both axum's and OpenAPI's spelling.
#[derive(Debug)]
pub struct Route {
    pub operation: Operation,
    /// The operationId of the contract.
    pub id: &'static str,
    pub method: Method,
    pub template: &'static str,
}

const fn route(operation: Operation, id: &'static str, method: Method, template: &'static str) -> Route {
    Route {
        operation,
        id,
        method,
        template,
    }
}

macro_rules! c {
    ($rest:literal) => {
        concat!("/api/clients/{clientId}", $rest)
    };
}
macro_rules! o {
    ($rest:literal) => {
        concat!("/api/clients/{clientId}/loans/{loanId}/orders/{orderId}", $rest)
    };
}

use Operation as Op;

/// Every operation once.
pub const ROUTES: &[Route] = &[
    route(Op::SignIn, "signIn", Method::POST, "/api/auth/sign-in"),
    route(Op::RefreshSession, "refreshSession", Method::POST, "/api/auth/refresh"),
    route(Op::SignOut, "signOut", Method::POST, "/api/auth/sign-out"),
    route(Op::WhoAmI, "whoAmI", Method::GET, "/api/auth/me"),
    route(Op::ListOrders, "listOrders", Method::GET, c!("/orders")),
    route(Op::GetOrderById, "getOrderById", Method::GET, c!("/orders/{orderId}")),
    route(
        Op::ListHistoryTypes,
        "listHistoryTypes",
        Method::GET,
        c!("/order-history-types"),
    ),
    route(Op::ListLoans, "listLoans", Method::GET, c!("/loans")),
    route(Op::GetLoan, "getLoan", Method::GET, c!("/loans/{loanId}")),
    route(
        Op::ListLoanOrders,
        "listLoanOrders",
        Method::GET,
        c!("/loans/{loanId}/orders"),
    ),
    route(
        Op::CreateDraft,
        "createDraft",
        Method::POST,
        c!("/loans/{loanId}/orders"),
    ),
    route(Op::ListProducts, "listProducts", Method::GET, c!("/products")),
    route(Op::ListBranches, "listBranches", Method::GET, c!("/branches")),
    route(Op::ListVendors, "listVendors", Method::GET, c!("/vendors")),
    route(
        Op::ListPaymentMethods,
        "listPaymentMethods",
        Method::GET,
        c!("/payment-methods"),
    ),
    route(Op::ResolveFee, "resolveFee", Method::GET, c!("/fees/resolve")),
    route(Op::GetOrder, "getOrder", Method::GET, o!("")),
    route(Op::DeleteDraft, "deleteDraft", Method::DELETE, o!("")),
    route(Op::ListHistory, "listHistory", Method::GET, o!("/history")),
    route(
        Op::GetHistoryEntry,
        "getHistoryEntry",
        Method::GET,
        o!("/history/{entryId}"),
    ),
    route(
        Op::ListAuditLogs,
        "listAuditLogs",
        Method::GET,
        o!("/workflow-audit-logs"),
    ),
    route(Op::ListPayments, "listPayments", Method::GET, o!("/payment-history")),
    route(
        Op::ListSuggestedVendors,
        "listSuggestedVendors",
        Method::GET,
        o!("/suggested-vendors"),
    ),
    route(Op::ListDocuments, "listDocuments", Method::GET, o!("/documents")),
    route(
        Op::SaveDraftProperty,
        "saveDraftProperty",
        Method::PUT,
        o!("/draft/property"),
    ),
    route(Op::SaveDraftVendor, "saveDraftVendor", Method::PUT, o!("/draft/vendor")),
    route(
        Op::SaveDraftConditions,
        "saveDraftConditions",
        Method::PUT,
        o!("/draft/conditions"),
    ),
    route(
        Op::SaveDraftContacts,
        "saveDraftContacts",
        Method::PUT,
        o!("/draft/contacts"),
    ),
    route(Op::ActivateOrder, "activateOrder", Method::POST, o!("/activate")),
    route(Op::AssignVendor, "assignVendor", Method::POST, o!("/assign")),
    route(Op::HoldOrder, "holdOrder", Method::POST, o!("/hold")),
    route(Op::ReactivateOrder, "reactivateOrder", Method::POST, o!("/reactivate")),
    route(Op::CancelOrder, "cancelOrder", Method::POST, o!("/cancel")),
];

impl Operation {
    /// The operationId of the contract.
    pub fn id(self) -> &'static str {
        ROUTES
            .iter()
            .find(|route| route.operation == self)
            .map_or("unknown", |route| route.id)
    }

    /// The operation with this operationId.
    pub fn by_id(id: &str) -> Option<Self> {
        ROUTES.iter().find(|route| route.id == id).map(|route| route.operation)
    }

    /// Whether it changes an order (the operations that carry a fence, an idempotency key and a
    /// ledger entry with an order).
    pub fn is_order_write(self) -> bool {
        matches!(
            self,
            Op::CreateDraft
                | Op::SaveDraftProperty
                | Op::SaveDraftVendor
                | Op::SaveDraftConditions
                | Op::SaveDraftContacts
                | Op::DeleteDraft
                | Op::ActivateOrder
                | Op::AssignVendor
                | Op::HoldOrder
                | Op::ReactivateOrder
                | Op::CancelOrder
        )
    }
}

/// What a request's method and path point at.
#[derive(Debug, PartialEq, Eq)]
pub struct Target<'path> {
    pub operation: Operation,
    pub client_id: Option<&'path str>,
    pub loan_id: Option<&'path str>,
    pub order_id: Option<&'path str>,
    pub entry_id: Option<&'path str>,
}

/// The operation that `method` on `path` (still percent-encoded, without query) means.
pub fn find<'path>(method: &Method, path: &'path str) -> Option<Target<'path>> {
    ROUTES.iter().find_map(|route| {
        let method_fits = route.method == *method || (*method == Method::HEAD && route.method == Method::GET);
        if method_fits { match_template(route, path) } else { None }
    })
}

fn match_template<'path>(route: &Route, path: &'path str) -> Option<Target<'path>> {
    let mut target = Target {
        operation: route.operation,
        client_id: None,
        loan_id: None,
        order_id: None,
        entry_id: None,
    };
    let mut segments = path.split('/');
    for wanted in route.template.split('/') {
        let segment = segments.next()?;
        let slot = match wanted {
            "{clientId}" => &mut target.client_id,
            "{loanId}" => &mut target.loan_id,
            "{orderId}" => &mut target.order_id,
            "{entryId}" => &mut target.entry_id,
            literal if literal == segment => continue,
            _ => return None,
        };
        if segment.is_empty() {
            return None;
        }
        *slot = Some(segment);
    }
    segments.next().is_none().then_some(target)
}
