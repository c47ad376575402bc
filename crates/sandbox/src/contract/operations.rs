//! The one table of what the API offers: operation, operationId, method, path, body.
//!
//! The router, the fault matcher, the ledger and the colleague all read this table, so that none of them can know an
//! operation that another does not. Its sections are the classes of operations, and each is an enum of its own:
//! whoever handles a class matches that enum without a catch-all arm. To add an operation, add a row; the compiler
//! then names every place that has to learn it (the handler of its class; for a write also its permission and what a
//! colleague fills in). The table says nothing about *how* an operation is done.
#![deny(clippy::wildcard_enum_match_arm)]

use axum::http::Method;
use serde::{Serialize, Serializer};

/// A row of the table. `template` is both axum's and OpenAPI's spelling.
#[derive(Debug)]
pub struct Route {
    pub operation: Operation,
    /// The operationId of the contract.
    pub id: &'static str,
    pub method: Method,
    pub template: &'static str,
    pub payload: Payload,
}

/// What a request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    Empty,
    Json,
    /// A file in `multipart/form-data`.
    File,
}

macro_rules! operations {
    ($(
        $(#[$about:meta])*
        $class:ident($name:ident) {
            $( $operation:ident $id:literal $method:ident $template:expr, $body:ident; )+
        }
    )+) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum $name {
                $( $operation, )+
            }

            impl $name {
                pub const ALL: &'static [Self] = &[$(Self::$operation),+];

                /// Its row of the table.
                pub fn route(self) -> Route {
                    match self {
                        $( Self::$operation => Route {
                            operation: Operation::$class(Self::$operation),
                            id: $id,
                            method: Method::$method,
                            template: $template,
                            payload: Payload::$body,
                        }, )+
                    }
                }

                /// The operationId of the contract.
                pub fn id(self) -> &'static str {
                    self.route().id
                }
            }

            impl From<$name> for Operation {
                fn from(operation: $name) -> Self {
                    Self::$class(operation)
                }
            }
        )+

        /// One operation of the contract, by its class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operation {
            $( $(#[$about])* $class($name), )+
        }

        impl Operation {
            /// Its row of the table.
            pub fn route(self) -> Route {
                match self {
                    $( Self::$class(operation) => operation.route(), )+
                }
            }
        }

        /// Every operation once.
        pub const ROUTES: &[Route] = &[
            $( $( Route {
                operation: Operation::$class($name::$operation),
                id: $id,
                method: Method::$method,
                template: $template,
                payload: Payload::$body,
            }, )+ )+
        ];
    };
}

macro_rules! client {
    ($rest:literal) => {
        concat!("/api/clients/{clientId}", $rest)
    };
}
macro_rules! order {
    ($rest:literal) => {
        concat!("/api/clients/{clientId}/loans/{loanId}/orders/{orderId}", $rest)
    };
}

operations! {
    /// Opens, renews or ends a session; needs no access token.
    Session(SessionOperation) {
        SignIn "signIn" POST "/api/auth/sign-in", Json;
        RefreshSession "refreshSession" POST "/api/auth/refresh", Json;
        SignOut "signOut" POST "/api/auth/sign-out", Json;
    }

    /// Reads what concerns whoever asks.
    AccountRead(AccountRead) {
        WhoAmI "whoAmI" GET "/api/auth/me", Empty;
    }

    /// Reads what belongs to a client.
    ClientRead(ClientRead) {
        ListOrders "listOrders" GET client!("/orders"), Empty;
        ListHistoryTypes "listHistoryTypes" GET client!("/order-history-types"), Empty;
        ListLoans "listLoans" GET client!("/loans"), Empty;
        ListProducts "listProducts" GET client!("/products"), Empty;
        ListBranches "listBranches" GET client!("/branches"), Empty;
        ListVendors "listVendors" GET client!("/vendors"), Empty;
        ListPaymentMethods "listPaymentMethods" GET client!("/payment-methods"), Empty;
        ListDeliveryConfigurations "listDeliveryConfigurations" GET client!("/delivery-configurations"), Empty;
        ResolveFee "resolveFee" GET client!("/fees/resolve"), Empty;
    }

    /// Reads what belongs to a loan.
    LoanRead(LoanRead) {
        GetLoan "getLoan" GET client!("/loans/{loanId}"), Empty;
        ListLoanOrders "listLoanOrders" GET client!("/loans/{loanId}/orders"), Empty;
    }

    /// Reads an order, or what belongs to it.
    OrderRead(OrderRead) {
        GetOrder "getOrder" GET order!(""), Empty;
        GetOrderById "getOrderById" GET client!("/orders/{orderId}"), Empty;
        ListHistory "listHistory" GET order!("/history"), Empty;
        GetHistoryEntry "getHistoryEntry" GET order!("/history/{entryId}"), Empty;
        ListAuditLogs "listAuditLogs" GET order!("/workflow-audit-logs"), Empty;
        ListPayments "listPayments" GET order!("/payment-history"), Empty;
        ListVendorPayments "listVendorPayments" GET order!("/vendor-payment-history"), Empty;
        ListSuggestedVendors "listSuggestedVendors" GET order!("/suggested-vendors"), Empty;
        ListDocuments "listDocuments" GET order!("/documents"), Empty;
        GetDocumentContent "getDocumentContent" GET order!("/documents/{documentId}/content"), Empty;
        ListInspectionSlots "listInspectionSlots" GET order!("/inspection-slots"), Empty;
        ListReports "listReports" GET order!("/reports"), Empty;
        GetLatestReport "getLatestReport" GET order!("/reports/latest"), Empty;
        ListReportHistory "listReportHistory" GET order!("/reports/history"), Empty;
        GetReportContent "getReportContent" GET order!("/reports/{reportId}/content"), Empty;
        GetChecklist "getChecklist" GET order!("/checklist"), Empty;
        ListFindings "listFindings" GET order!("/findings"), Empty;
        ListCrossCheckRuns "listCrossCheckRuns" GET order!("/crosscheck"), Empty;
        GetCrossCheckRun "getCrossCheckRun" GET order!("/crosscheck/{runId}"), Empty;
        ListRevisions "listRevisions" GET order!("/revisions"), Empty;
        GetLatestRevision "getLatestRevision" GET order!("/revisions/latest"), Empty;
        ListRovs "listRovs" GET order!("/rovs"), Empty;
        ListBorrowers "listBorrowers" GET order!("/borrowers"), Empty;
        ListDeliveries "listDeliveries" GET order!("/deliveries"), Empty;
        GetUcdpSubmission "getUcdpSubmission" GET order!("/get-ucdp-submission"), Empty;
        GetEadSubmission "getEadSubmission" GET order!("/get-ead-submission"), Empty;
        GetUcdpDashboardDetails "getUcdpDashboardDetails" GET order!("/ucdp-submission/{submissionId}/ucdp-dashboard-details"), Empty;
        GetEadDashboardDetails "getEadDashboardDetails" GET order!("/ead-submission/{submissionId}/ead-dashboard-details"), Empty;
        GetInvoiceData "getInvoiceData" GET order!("/invoice-data"), Empty;
        GetInvoice "getInvoice" GET order!("/invoices/{invoiceId}"), Empty;
    }

    /// Makes an order under a loan.
    LoanWrite(LoanWrite) {
        CreateDraft "createDraft" POST client!("/loans/{loanId}/orders"), Json;
    }

    /// Changes an order, or what belongs to it: carries a fence, an idempotency key and a ledger entry.
    OrderWrite(OrderWrite) {
        SaveDraftProperty "saveDraftProperty" PUT order!("/draft/property"), Json;
        SaveDraftVendor "saveDraftVendor" PUT order!("/draft/vendor"), Json;
        SaveDraftConditions "saveDraftConditions" PUT order!("/draft/conditions"), Json;
        SaveDraftContacts "saveDraftContacts" PUT order!("/draft/contacts"), Json;
        DeleteDraft "deleteDraft" DELETE order!(""), Empty;
        ActivateOrder "activateOrder" POST order!("/activate"), Json;
        AssignVendor "assignVendor" POST order!("/assign"), Json;
        HoldOrder "holdOrder" POST order!("/hold"), Json;
        ReactivateOrder "reactivateOrder" POST order!("/reactivate"), Json;
        CancelOrder "cancelOrder" POST order!("/cancel"), Json;
        UpdateOrder "updateOrder" PATCH order!(""), Json;
        AddComment "addComment" POST order!("/comments"), Json;
        UpdateOrderStatus "updateOrderStatus" POST order!("/status"), Json;
        AcceptConditions "acceptConditions" POST order!("/conditions/accept"), Json;
        CounterConditions "counterConditions" POST order!("/conditions/counter"), Json;
        ScheduleInspection "scheduleInspection" POST order!("/inspection/schedule"), Json;
        CompleteInspection "completeInspection" POST order!("/inspection/complete"), Json;
        SubmitReport "submitReport" POST order!("/reports"), File;
        AddDocument "addDocument" POST order!("/documents"), File;
        GrantDocumentAccess "grantDocumentAccess" PUT order!("/documents/{documentId}/access/{party}"), Json;
        RevokeDocumentAccess "revokeDocumentAccess" DELETE order!("/documents/{documentId}/access/{party}"), Json;
        AnswerChecklistItem "answerChecklistItem" PUT order!("/checklist/items/{itemId}"), Json;
        RunCrossCheck "runCrossCheck" POST order!("/crosscheck"), Json;
        AcceptReport "acceptReport" POST order!("/reports/{reportId}/accept"), Json;
        RequestRevision "requestRevision" POST order!("/revisions"), Json;
        RequestClientRevision "requestClientRevision" POST order!("/revisions/client"), Json;
        SubmitRov "submitRov" POST order!("/rovs"), Json;
        DecideRov "decideRov" POST order!("/rovs/{rovId}/decision"), Json;
        SendToBorrower "sendToBorrower" POST order!("/deliveries/borrower"), Json;
        SendReport "sendReport" POST order!("/deliveries"), Json;
        SubmitToUcdp "submitToUcdp" POST order!("/process-ucdp-submission"), Json;
        SubmitToEad "submitToEad" POST order!("/process-ead-submission"), Json;
        OverrideUcdpHardStops "overrideUcdpHardStops" POST order!("/submission/{orderSubmissionId}/process-manual-ucdp-override-hardstops"), Json;
        OverrideEadHardStops "overrideEadHardStops" POST order!("/submission/{orderSubmissionId}/process-manual-ead-override-hardstops"), Json;
        CreateInvoice "createInvoice" POST order!("/invoices"), Json;
        CollectPayment "collectPayment" POST order!("/collect-payment"), Json;
        SendPaymentLink "sendPaymentLink" POST order!("/payment-links"), Json;
        RecordPayment "recordPayment" POST order!("/payments"), Json;
        MarkPaid "markPaid" POST order!("/mark-paid"), Json;
        RefundPayment "refundPayment" POST order!("/payments/{paymentId}/refund"), Json;
    }
}

impl Operation {
    /// The operationId of the contract.
    pub fn id(self) -> &'static str {
        self.route().id
    }

    /// The operation with this operationId.
    pub fn by_id(id: &str) -> Option<Self> {
        ROUTES.iter().find(|route| route.id == id).map(|route| route.operation)
    }

    /// Whether it makes or changes an order.
    pub fn is_write(self) -> bool {
        match self {
            Self::LoanWrite(_) | Self::OrderWrite(_) => true,
            Self::Session(_) | Self::AccountRead(_) | Self::ClientRead(_) | Self::LoanRead(_) | Self::OrderRead(_) => {
                false
            }
        }
    }
}

/// On the wire an operation is its operationId.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
