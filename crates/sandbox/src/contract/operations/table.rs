//! The rows of the table of operations.

use axum::http::Method;

use super::{Operation, Route};

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
    route(
        Op::ListDeliveryConfigurations,
        "listDeliveryConfigurations",
        Method::GET,
        c!("/delivery-configurations"),
    ),
    route(
        Op::ListInspectionSlots,
        "listInspectionSlots",
        Method::GET,
        o!("/inspection-slots"),
    ),
    route(Op::ListReports, "listReports", Method::GET, o!("/reports")),
    route(
        Op::GetLatestReport,
        "getLatestReport",
        Method::GET,
        o!("/reports/latest"),
    ),
    route(
        Op::ListReportHistory,
        "listReportHistory",
        Method::GET,
        o!("/reports/history"),
    ),
    route(
        Op::GetReportContent,
        "getReportContent",
        Method::GET,
        o!("/reports/{reportId}/content"),
    ),
    route(
        Op::GetDocumentContent,
        "getDocumentContent",
        Method::GET,
        o!("/documents/{documentId}/content"),
    ),
    route(Op::GetChecklist, "getChecklist", Method::GET, o!("/checklist")),
    route(Op::ListFindings, "listFindings", Method::GET, o!("/findings")),
    route(
        Op::ListCrossCheckRuns,
        "listCrossCheckRuns",
        Method::GET,
        o!("/crosscheck"),
    ),
    route(
        Op::GetCrossCheckRun,
        "getCrossCheckRun",
        Method::GET,
        o!("/crosscheck/{runId}"),
    ),
    route(Op::ListRevisions, "listRevisions", Method::GET, o!("/revisions")),
    route(
        Op::GetLatestRevision,
        "getLatestRevision",
        Method::GET,
        o!("/revisions/latest"),
    ),
    route(Op::ListRovs, "listRovs", Method::GET, o!("/rovs")),
    route(Op::ListBorrowers, "listBorrowers", Method::GET, o!("/borrowers")),
    route(Op::ListDeliveries, "listDeliveries", Method::GET, o!("/deliveries")),
    route(
        Op::GetUcdpSubmission,
        "getUcdpSubmission",
        Method::GET,
        o!("/get-ucdp-submission"),
    ),
    route(
        Op::GetEadSubmission,
        "getEadSubmission",
        Method::GET,
        o!("/get-ead-submission"),
    ),
    route(
        Op::GetUcdpDashboardDetails,
        "getUcdpDashboardDetails",
        Method::GET,
        o!("/ucdp-submission/{submissionId}/ucdp-dashboard-details"),
    ),
    route(
        Op::GetEadDashboardDetails,
        "getEadDashboardDetails",
        Method::GET,
        o!("/ead-submission/{submissionId}/ead-dashboard-details"),
    ),
    route(Op::GetInvoiceData, "getInvoiceData", Method::GET, o!("/invoice-data")),
    route(Op::GetInvoice, "getInvoice", Method::GET, o!("/invoices/{invoiceId}")),
    route(
        Op::ListVendorPayments,
        "listVendorPayments",
        Method::GET,
        o!("/vendor-payment-history"),
    ),
    route(Op::UpdateOrder, "updateOrder", Method::PATCH, o!("")),
    route(Op::AddComment, "addComment", Method::POST, o!("/comments")),
    route(Op::UpdateOrderStatus, "updateOrderStatus", Method::POST, o!("/status")),
    route(
        Op::AcceptConditions,
        "acceptConditions",
        Method::POST,
        o!("/conditions/accept"),
    ),
    route(
        Op::CounterConditions,
        "counterConditions",
        Method::POST,
        o!("/conditions/counter"),
    ),
    route(
        Op::ScheduleInspection,
        "scheduleInspection",
        Method::POST,
        o!("/inspection/schedule"),
    ),
    route(
        Op::CompleteInspection,
        "completeInspection",
        Method::POST,
        o!("/inspection/complete"),
    ),
    route(Op::SubmitReport, "submitReport", Method::POST, o!("/reports")),
    route(Op::AddDocument, "addDocument", Method::POST, o!("/documents")),
    route(
        Op::GrantDocumentAccess,
        "grantDocumentAccess",
        Method::PUT,
        o!("/documents/{documentId}/access/{party}"),
    ),
    route(
        Op::RevokeDocumentAccess,
        "revokeDocumentAccess",
        Method::DELETE,
        o!("/documents/{documentId}/access/{party}"),
    ),
    route(
        Op::AnswerChecklistItem,
        "answerChecklistItem",
        Method::PUT,
        o!("/checklist/items/{itemId}"),
    ),
    route(Op::RunCrossCheck, "runCrossCheck", Method::POST, o!("/crosscheck")),
    route(
        Op::AcceptReport,
        "acceptReport",
        Method::POST,
        o!("/reports/{reportId}/accept"),
    ),
    route(Op::RequestRevision, "requestRevision", Method::POST, o!("/revisions")),
    route(
        Op::RequestClientRevision,
        "requestClientRevision",
        Method::POST,
        o!("/revisions/client"),
    ),
    route(Op::SubmitRov, "submitRov", Method::POST, o!("/rovs")),
    route(Op::DecideRov, "decideRov", Method::POST, o!("/rovs/{rovId}/decision")),
    route(
        Op::SendToBorrower,
        "sendToBorrower",
        Method::POST,
        o!("/deliveries/borrower"),
    ),
    route(Op::SendReport, "sendReport", Method::POST, o!("/deliveries")),
    route(
        Op::SubmitToUcdp,
        "submitToUcdp",
        Method::POST,
        o!("/process-ucdp-submission"),
    ),
    route(
        Op::SubmitToEad,
        "submitToEad",
        Method::POST,
        o!("/process-ead-submission"),
    ),
    route(
        Op::OverrideUcdpHardStops,
        "overrideUcdpHardStops",
        Method::POST,
        o!("/submission/{orderSubmissionId}/process-manual-ucdp-override-hardstops"),
    ),
    route(
        Op::OverrideEadHardStops,
        "overrideEadHardStops",
        Method::POST,
        o!("/submission/{orderSubmissionId}/process-manual-ead-override-hardstops"),
    ),
    route(Op::CreateInvoice, "createInvoice", Method::POST, o!("/invoices")),
    route(
        Op::CollectPayment,
        "collectPayment",
        Method::POST,
        o!("/collect-payment"),
    ),
    route(
        Op::SendPaymentLink,
        "sendPaymentLink",
        Method::POST,
        o!("/payment-links"),
    ),
    route(Op::RecordPayment, "recordPayment", Method::POST, o!("/payments")),
    route(Op::MarkPaid, "markPaid", Method::POST, o!("/mark-paid")),
    route(
        Op::RefundPayment,
        "refundPayment",
        Method::POST,
        o!("/payments/{paymentId}/refund"),
    ),
];
