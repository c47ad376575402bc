//! The one table of what the API offers: operation, method, path.
//!
//! The router, the fault matcher and the ledger all read this table, so none of them can know an
//! operation that another does not. It must never hold anything about *how* an operation is done.

mod table;

use axum::http::Method;

use Operation as Op;
pub use table::ROUTES;

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
    ListDeliveryConfigurations,
    ListInspectionSlots,
    ListReports,
    GetLatestReport,
    ListReportHistory,
    GetReportContent,
    GetDocumentContent,
    GetChecklist,
    ListFindings,
    ListCrossCheckRuns,
    GetCrossCheckRun,
    ListRevisions,
    GetLatestRevision,
    ListRovs,
    ListBorrowers,
    ListDeliveries,
    GetUcdpSubmission,
    GetEadSubmission,
    GetUcdpDashboardDetails,
    GetEadDashboardDetails,
    GetInvoiceData,
    GetInvoice,
    ListVendorPayments,
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
    UpdateOrder,
    AddComment,
    UpdateOrderStatus,
    AcceptConditions,
    CounterConditions,
    ScheduleInspection,
    CompleteInspection,
    SubmitReport,
    AddDocument,
    GrantDocumentAccess,
    RevokeDocumentAccess,
    AnswerChecklistItem,
    RunCrossCheck,
    AcceptReport,
    RequestRevision,
    RequestClientRevision,
    SubmitRov,
    DecideRov,
    SendToBorrower,
    SendReport,
    SubmitToUcdp,
    SubmitToEad,
    OverrideUcdpHardStops,
    OverrideEadHardStops,
    CreateInvoice,
    CollectPayment,
    SendPaymentLink,
    RecordPayment,
    MarkPaid,
    RefundPayment,
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
        let session = matches!(self, Op::SignIn | Op::RefreshSession | Op::SignOut);
        !session
            && ROUTES
                .iter()
                .any(|route| route.operation == self && route.method != Method::GET)
    }

    /// Whether its body is a file in `multipart/form-data`.
    pub fn is_upload(self) -> bool {
        matches!(self, Op::SubmitReport | Op::AddDocument)
    }
}

/// What a request's method and path point at.
#[derive(Debug, PartialEq, Eq)]
pub struct Target<'path> {
    pub operation: Operation,
    pub client_id: Option<&'path str>,
    pub loan_id: Option<&'path str>,
    pub order_id: Option<&'path str>,
    /// The part of the order that is meant: a history entry, a report, a document …
    pub part_id: Option<&'path str>,
    /// Whose access to a document is meant.
    pub party: Option<&'path str>,
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
        part_id: None,
        party: None,
    };
    let mut segments = path.split('/');
    for wanted in route.template.split('/') {
        let segment = segments.next()?;
        let slot = match wanted {
            "{clientId}" => &mut target.client_id,
            "{loanId}" => &mut target.loan_id,
            "{orderId}" => &mut target.order_id,
            "{party}" => &mut target.party,
            wanted if wanted.starts_with('{') => &mut target.part_id,
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
