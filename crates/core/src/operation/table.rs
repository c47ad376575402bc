//! Every operation of the contract that the console uses: one row for each, and all that is known of it in advance.
//!
//! A row does not compile without its columns, and an operation that is sent once not without what settles doubt about
//! it and the words for its ends. Architecture invariant: the API's paths stand here and nowhere else in the crate.

use super::class::{Class, Group, Method};
use super::columns::operations;
use super::evidence::{Ledger, Rule, Settled, Term};
use super::words::Words;
use crate::status::Status;
use crate::words::{PaymentKind, Permission, Recipient, RevisionSource};
use Settled::{ByRecords, ByReference, InSession};

// The contract's id, class and P0 group, endpoint, whether it is fenced and carries a form; permission; what is being
// done; of what is sent once, what settles doubt.
operations! {
    SignIn "signIn" Once Post "/api/auth/sign-in", anyone, "signing in", InSession;
    Refresh "refreshSession" Once Post "/api/auth/refresh", anyone, "renewing the session", InSession;
    SignOut "signOut" Idempotent Post "/api/auth/sign-out", anyone, "signing out";
    WhoAmI "whoAmI" Read Get "/api/auth/me", anyone, "reading who is signed in";
    ListOrders "listOrders" Read Get "{client}/orders", OrdersView, "reading the order list";
    ReadOrder "getOrder" Read Get "{order}", OrdersView, "reading the order";
    FindOrder "getOrderById" Read Get "{client}/orders/{id}", OrdersView, "reading the order";
    ReadHistory "listHistory" Read Get "{order}/history", OrdersView, "reading the order history";
    ReadPayments "listPayments" Read Get "{order}/payment-history", OrdersView, "reading the payment history";
    ReadLoans "listLoans" Read Get "{client}/loans", OrdersView, "searching loans";
    ReadLoanOrders "listLoanOrders" Read Get "{loan}/orders", OrdersView, "reading the orders of the loan";
    ReadProducts "listProducts" Read Get "{client}/products", OrdersView, "reading the products";
    ReadVendors "listVendors" Read Get "{client}/vendors", OrdersView, "searching vendors";
    ResolveFee "resolveFee" Read Get "{client}/fees/resolve", OrdersView, "previewing the fee";
    SuggestVendors "listSuggestedVendors" Read Get "{order}/suggested-vendors",
        OrdersView, "reading the suggested vendors";
    CreateDraft "createDraft" Once Post "{loan}/orders", OrdersCreate, "creating the draft",
        ByReference(
            Words::new("The draft was created", "The draft was not created", "created this draft",
                "Correct what is marked, then create it again."),
        );
    SaveProperty "saveDraftProperty" Idempotent Put "{order}/draft/property" fenced form,
        OrdersCreate, "saving the property";
    SaveVendor "saveDraftVendor" Idempotent Put "{order}/draft/vendor" fenced form,
        OrdersCreate, "saving the vendor choice";
    SaveConditions "saveDraftConditions" Idempotent Put "{order}/draft/conditions" fenced form,
        OrdersCreate, "saving the conditions";
    SaveContacts "saveDraftContacts" Idempotent Put "{order}/draft/contacts" fenced form,
        OrdersCreate, "saving the contacts";
    DeleteDraft "deleteDraft" Idempotent Delete "{order}", OrdersCreate, "deleting the draft";
    Activate "activateOrder" Guarded(Activation) Post "{order}/activate" fenced,
        OrdersActivate, "activating the order",
        ByRecords(
            Rule::entry(&["activated"], &[]).beside_money(),
            Words::new("The order was activated", "The order was not activated", "activated this order",
                "Complete the draft, then activate it again."),
        );
    Assign "assignVendor" Guarded(Assignment) Post "{order}/assign" fenced, OrdersAssign, "assigning the vendor",
        ByRecords(
            Rule::entry(&["assigned", "reassigned"], &[]),
            Words::new("The vendor was assigned", "The vendor was not assigned", "assigned the same vendor",
                "Choose another vendor or update the panel."),
        );
    Hold "holdOrder" Once Post "{order}/hold" fenced, OrdersHold, "putting the order on hold",
        ByRecords(
            Rule::entry(&["held"], &[Status::OnHold]),
            Words::new("The order was put on hold", "The order was not put on hold", "put this order on hold",
                "Check the reason, then try again."),
        );
    Reactivate "reactivateOrder" Once Post "{order}/reactivate" fenced, OrdersHold, "reactivating the order",
        ByRecords(
            Rule::entry(&["reactivated"], &[]),
            Words::new("The order was reactivated", "The order was not reactivated", "reactivated this order",
                "Check the reason, then try again."),
        );
    Cancel "cancelOrder" Guarded Post "{order}/cancel" fenced, OrdersCancel, "cancelling the order",
        ByRecords(
            Rule::entry(&["cancelled"], &[Status::Cancelled]).beside_money(),
            Words::new("The order was cancelled", "The order was not cancelled", "cancelled this order",
                "Check the reason, then try again."),
        );
    UpdateOrder "updateOrder" Once Patch "{order}" fenced, OrdersAssign, "changing the order's terms",
        ByRecords(
            Rule::entry(&["orderUpdated"], &[]),
            Words::new(
                "The order's terms were changed", "The order's terms were not changed", "changed the order's terms",
                "Correct what is marked, then try again."),
        );
    // What is noted or added beside the work rests on no version of the order.
    AddComment "addComment" Once Post "{order}/comments", OrdersView, "adding the note",
        ByRecords(
            Rule::entry(&["comment"], &[]).by(&[Term::Text]),
            Words::new("The note was added", "The note was not added", "added the same note",
                "Correct the note, then add it again."),
        );
    ReadAuditLogs "listAuditLogs" Read Get "{order}/workflow-audit-logs", OrdersView, "reading the workflow log";

    // A counter-offer of the client's is accepted by the same act.
    Accept "updateOrderStatus" Guarded(Assignment) Post "{order}/status" fenced,
        OrdersRespond, "recording that the vendor accepts",
        ByRecords(
            Rule::entry(&["accepted", "conditionsAccepted"], &[Status::Accepted]),
            Words::new(
                "The vendor's acceptance was recorded", "The vendor's acceptance was not recorded",
                "recorded the vendor's acceptance",
                "Check the order's state, then record what the vendor said."),
        );
    Decline "updateOrderStatus" Guarded(Assignment) Post "{order}/status" fenced,
        OrdersRespond, "recording that the vendor declines",
        ByRecords(
            Rule::entry(&["declined"], &[Status::Declined]),
            Words::new(
                "The vendor's refusal was recorded", "The vendor's refusal was not recorded",
                "recorded the vendor's refusal",
                "Check the reason, then record what the vendor said."),
        );
    Counter "updateOrderStatus" Guarded(Assignment) Post "{order}/status" fenced,
        OrdersRespond, "recording the vendor's conditions",
        ByRecords(
            Rule::entry(&["acceptedWithConditions"], &[Status::AcceptedWithConditions]),
            Words::new(
                "The vendor's conditions were recorded", "The vendor's conditions were not recorded",
                "recorded conditions of the vendor",
                "Give a fee or a due date, then record them again."),
        );
    // The endpoint can express moves that are P0, so every move through it is treated as one.
    BeginWork "updateOrderStatus" Guarded(Assignment) Post "{order}/status" fenced,
        OrdersRespond, "recording that work has begun",
        ByRecords(
            Rule::entry(&["inProgress"], &[Status::InProgress]),
            Words::new(
                "The start of the work was recorded", "The start of the work was not recorded",
                "recorded the start of the work",
                "Check the order's state, then decide again."),
        );
    AcceptConditions "acceptConditions" Guarded(Assignment) Post "{order}/conditions/accept" fenced,
        OrdersActivate, "accepting the vendor's conditions",
        ByRecords(
            Rule::entry(&["conditionsAccepted"], &[Status::Accepted]),
            Words::new(
                "The vendor's conditions were accepted", "The vendor's conditions were not accepted",
                "accepted the vendor's conditions",
                "Compare the terms once more, then accept or counter them."),
        );
    CounterConditions "counterConditions" Guarded(Assignment) Post "{order}/conditions/counter" fenced,
        OrdersActivate, "answering the vendor's conditions",
        ByRecords(
            Rule::entry(&["conditionsCountered"], &[]),
            Words::new("The counter-offer was made", "The counter-offer was not made", "made a counter-offer",
                "Give a fee or a due date, then make it again."),
        );

    ReadSlots "listInspectionSlots" Read Get "{order}/inspection-slots", OrdersView, "reading the inspection slots";
    Schedule "scheduleInspection" Once Post "{order}/inspection/schedule" fenced,
        OrdersSchedule, "scheduling the inspection",
        ByRecords(
            Rule::entry(&["inspectionScheduled"], &[Status::InspectionScheduled]),
            Words::new("The inspection was scheduled", "The inspection was not scheduled", "scheduled the inspection",
                "Choose another slot, then schedule it again."),
        );
    Inspected "completeInspection" Once Post "{order}/inspection/complete" fenced,
        OrdersSchedule, "completing the inspection",
        ByRecords(
            Rule::entry(&["inspectionCompleted"], &[Status::InspectionCompleted]),
            Words::new("The inspection was completed", "The inspection was not completed", "completed the inspection",
                "Check the time, then complete it again."),
        );

    ReadReports "listReports" Read Get "{order}/reports", OrdersView, "reading the reports";
    ReadReport "getReportContent" Read Get "{order}/reports/{id}/content", OrdersView, "opening the report";
    SubmitReport "submitReport" Guarded(Qc) Post "{order}/reports" fenced, ReportsSubmit, "submitting the report",
        ByRecords(
            Rule::entry(&["reportSubmitted"], &[Status::ReportSubmitted])
                .kept(Ledger::Reports, "report")
                .by(&[Term::File]),
            Words::new("The report was submitted", "The report was not submitted", "submitted a report",
                "Check the file, then submit it again."),
        );
    ReadDocuments "listDocuments" Read Get "{order}/documents", OrdersView, "reading the documents";
    ReadDocument "getDocumentContent" Read Get "{order}/documents/{id}/content", OrdersView, "opening the document";
    AddDocument "addDocument" Once Post "{order}/documents", DocumentsManage, "adding the document",
        ByRecords(
            Rule::entry(&["documentAdded"], &[]).kept(Ledger::Documents, "document").by(&[Term::File]),
            Words::new("The document was added", "The document was not added", "added the same document",
                "Check the file, then add it again."),
        );
    GrantAccess "grantDocumentAccess" Idempotent Put "{order}/documents/{id}/access/{party}",
        DocumentsManage, "giving access to the document";
    RevokeAccess "revokeDocumentAccess" Idempotent Delete "{order}/documents/{id}/access/{party}",
        DocumentsManage, "removing access to the document";

    ReadChecklist "getChecklist" Read Get "{order}/checklist", OrdersView, "reading the checklist";
    AnswerItem "answerChecklistItem" Idempotent Put "{order}/checklist/items/{id}",
        QcReview, "answering the checklist item";
    ReadFindings "listFindings" Read Get "{order}/findings", OrdersView, "reading the findings";
    ReadRuns "listCrossCheckRuns" Read Get "{order}/crosscheck", OrdersView, "reading the CrossCheck runs";
    RunCrossCheck "runCrossCheck" Guarded(Qc) Post "{order}/crosscheck" fenced, QcReview, "running CrossCheck",
        ByRecords(
            Rule::entry(&["crosscheckRun"], &[]).kept(Ledger::Runs, "run").by(&[Term::Report]),
            Words::new("CrossCheck was started", "CrossCheck was not started", "started CrossCheck for this report",
                "Read the report's state, then start it again."),
        );
    AcceptReport "acceptReport" Guarded(Qc) Post "{order}/reports/{id}/accept" fenced,
        QcReview, "accepting the report",
        ByRecords(
            Rule::entry(&["reportAccepted"], &[Status::ReportAccepted]).by(&[Term::Report]),
            Words::new("The report was accepted", "The report was not accepted", "accepted this report",
                "Look at the newest report, then decide again."),
        );
    ReadRevisions "listRevisions" Read Get "{order}/revisions", OrdersView, "reading the revisions";
    RequestRevision "requestRevision" Guarded(Qc) Post "{order}/revisions" fenced, QcRevise, "requesting the revision",
        ByRecords(
            Rule::entry(&["revisionRequested"], &[Status::RevisionRequested])
                .kept(Ledger::Revisions, RevisionSource::Qc.as_str())
                .by(&[Term::Report]),
            Words::new(
                "The revision was requested", "The revision was not requested", "requested a revision of this report",
                "Correct what is marked, then request it again."),
        );
    RequestClientRevision "requestClientRevision" Guarded(Qc) Post "{order}/revisions/client" fenced,
        RovSubmit, "requesting the client revision",
        ByRecords(
            Rule::entry(&["clientRevisionRequested"], &[Status::ClientRevisionRequested])
                .kept(Ledger::Revisions, RevisionSource::Client.as_str())
                .by(&[Term::Report]),
            Words::new(
                "The client revision was requested", "The client revision was not requested",
                "requested a client revision",
                "Correct what is marked, then request it again."),
        );
    ReadRovs "listRovs" Read Get "{order}/rovs", OrdersView, "reading the reconsiderations of value";
    SubmitRov "submitRov" Guarded(Qc) Post "{order}/rovs" fenced, RovSubmit, "submitting the reconsideration of value",
        ByRecords(
            Rule::entry(&["rovSubmitted"], &[Status::RovBorrower, Status::RovClient]).kept(Ledger::Rovs, "rov"),
            Words::new(
                "The reconsideration of value was submitted", "The reconsideration of value was not submitted",
                "submitted a reconsideration of value",
                "Correct what is marked, then submit it again."),
        );
    DecideRov "decideRov" Guarded(Qc) Post "{order}/rovs/{id}/decision" fenced,
        RovDecide, "deciding the reconsideration of value",
        ByRecords(
            Rule::entry(&["rovDecided"], &[]).kept(Ledger::Decisions, "decision").by(&[Term::Rov]),
            Words::new(
                "The reconsideration of value was decided", "The reconsideration of value was not decided",
                "decided this reconsideration of value",
                "Look at the reconsideration again, then decide."),
        );

    ReadBorrowers "listBorrowers" Read Get "{order}/borrowers", OrdersView, "reading the borrowers";
    ReadDeliveries "listDeliveries" Read Get "{order}/deliveries", OrdersView, "reading the deliveries";
    SendToBorrower "sendToBorrower" Once Post "{order}/deliveries/borrower" fenced,
        DeliverySend, "sending the report to the borrower",
        ByRecords(
            Rule::entry(&["delivered"], &[]).kept(Ledger::Deliveries, Recipient::Borrower.as_str()).by(&[Term::Recipient]),
            Words::new(
                "The report was sent to the borrower", "The report was not sent to the borrower",
                "sent the report to the borrower",
                "Check the address and the order's state, then send it again."),
        );
    SendReport "sendReport" Once Post "{order}/deliveries" fenced, DeliverySend, "sending the report",
        ByRecords(
            Rule::entry(&["delivered"], &[]).kept(Ledger::Deliveries, Recipient::Another.as_str()).by(&[Term::Recipient]),
            Words::new("The report was sent", "The report was not sent", "sent the report to the same recipient",
                "Check the address and the order's state, then send it again."),
        );

    ReadUcdp "getUcdpSubmission" Read Get "{order}/get-ucdp-submission", OrdersView, "reading the UCDP submission";
    ReadUcdpDetails "getUcdpDashboardDetails" Read Get "{order}/ucdp-submission/{id}/ucdp-dashboard-details",
        OrdersView, "reading the UCDP findings";
    SubmitToUcdp "submitToUcdp" Guarded(Agency) Post "{order}/process-ucdp-submission" fenced,
        AgencySubmit, "submitting to UCDP",
        ByRecords(
            Rule::entry(&["agencySubmitted"], &[]).kept(Ledger::Submissions, "submission").by(&[Term::Report]),
            Words::new(
                "The appraisal was submitted to UCDP", "The appraisal was not submitted to UCDP",
                "submitted this appraisal to UCDP",
                "Check loan type, Doc File ID and appraisal number, then submit it again.")
                .has_a_later_result(),
        );
    OverrideUcdp "overrideUcdpHardStops" Guarded(Agency) Post "{order}/submission/{id}/process-manual-ucdp-override-hardstops" fenced,
        AgencyOverride, "overriding the UCDP hard stops",
        ByRecords(
            Rule::entry(&["agencyOverridden"], &[]).kept(Ledger::Overrides, "override").by(&[Term::Submission]),
            Words::new(
                "The override was sent to UCDP", "The override was not sent to UCDP",
                "overrode findings of this submission",
                "Check findings and reason codes, then send it again.")
                .has_a_later_result(),
        );
    ReadEad "getEadSubmission" Read Get "{order}/get-ead-submission", OrdersView, "reading the EAD submission";
    ReadEadDetails "getEadDashboardDetails" Read Get "{order}/ead-submission/{id}/ead-dashboard-details",
        OrdersView, "reading the EAD findings";
    SubmitToEad "submitToEad" Guarded(Agency) Post "{order}/process-ead-submission" fenced,
        AgencySubmit, "submitting to EAD",
        ByRecords(
            Rule::entry(&["agencySubmitted"], &[]).kept(Ledger::Submissions, "submission").by(&[Term::Report]),
            Words::new(
                "The appraisal was submitted to EAD", "The appraisal was not submitted to EAD",
                "submitted this appraisal to EAD",
                "Check loan type and FHA case number, then submit it again.")
                .has_a_later_result(),
        );
    OverrideEad "overrideEadHardStops" Guarded(Agency) Post "{order}/submission/{id}/process-manual-ead-override-hardstops" fenced,
        AgencyOverride, "overriding the EAD hard stops",
        ByRecords(
            Rule::entry(&["agencyOverridden"], &[]).kept(Ledger::Overrides, "override").by(&[Term::Submission]),
            Words::new(
                "The override was sent to EAD", "The override was not sent to EAD",
                "overrode findings of this submission",
                "Check findings and reason codes, then send it again.")
                .has_a_later_result(),
        );

    ReadVendorPayments "listVendorPayments" Read Get "{order}/vendor-payment-history",
        OrdersView, "reading what the vendor was paid";
    ReadInvoiceData "getInvoiceData" Read Get "{order}/invoice-data", OrdersView, "reading the invoice data";
    ReadPaymentMethods "listPaymentMethods" Read Get "{client}/payment-methods",
        OrdersView, "reading the payment methods";
    CreateInvoice "createInvoice" Guarded(Payments) Post "{order}/invoices" fenced,
        InvoiceCreate, "creating the invoice",
        ByRecords(
            Rule::entry(&["invoiced"], &[]).kept(Ledger::Invoices, "invoice"),
            Words::new("The invoice was created", "The invoice was not created", "created an invoice",
                "Check that the report was delivered and accepted, then create it again."),
        );
    Collect "collectPayment" Guarded(Payments) Post "{order}/collect-payment" fenced,
        PaymentCollect, "collecting the payment",
        ByRecords(
            Rule::entry(&["paymentCollected"], &[]).kept(Ledger::Payments, PaymentKind::Charge.as_str()).by(&[Term::Amount]),
            Words::new("Payment was collected", "Payment was not collected", "collected a payment",
                "Check payment history, verify the payment method, then retry only if no charge was recorded.")
                .moves_money(),
        );
    SendPaymentLink "sendPaymentLink" Guarded(Payments) Post "{order}/payment-links" fenced,
        PaymentCollect, "sending the payment link",
        ByRecords(
            Rule::entry(&["paymentLinkSent"], &[]).kept(Ledger::Payments, PaymentKind::PaymentLink.as_str()).by(&[Term::Amount]),
            Words::new("The payment link was sent", "The payment link was not sent", "sent a payment link",
                "Check address and amount, then send it again."),
        );
    RecordPayment "recordPayment" Guarded(Payments) Post "{order}/payments" fenced,
        PaymentRecord, "recording the payment",
        ByRecords(
            Rule::entry(&["paymentReceived"], &[])
                .kept(Ledger::Payments, PaymentKind::Received.as_str())
                .by(&[Term::Amount, Term::Reference]),
            Words::new("The payment was recorded", "The payment was not recorded", "recorded the same payment",
                "Check amount and reference, then record it again."),
        );
    MarkPaid "markPaid" Guarded(Payments) Post "{order}/mark-paid" fenced, PaymentRecord, "marking the order as paid",
        ByRecords(
            Rule::entry(&["markedPaid"], &[]),
            Words::new(
                "The order was marked as paid", "The order was not marked as paid", "marked this order as paid",
                "Check payment history and the order's state, then decide again."),
        );
    Refund "refundPayment" Guarded(Payments) Post "{order}/payments/{id}/refund" fenced,
        PaymentRefund, "refunding the payment",
        ByRecords(
            Rule::entry(&["refunded"], &[]).kept(Ledger::Payments, PaymentKind::Refund.as_str()).by(&[Term::Amount, Term::Payment]),
            Words::new("The payment was refunded", "The payment was not refunded", "refunded this payment",
                "Check payment history for what is left to refund, then try again.")
                .moves_money(),
        );
}

/// What may be repeated is settled by repeating it; what is sent once needs another answer.
const _: () = {
    let mut at = 0;
    while at < Operation::ALL.len() {
        let one = Operation::ALL[at];
        let sent_once = matches!(one.class(), Class::Once | Class::Guarded);
        let again = matches!(one.settled(), Settled::Again);
        assert!(
            sent_once != again,
            "an operation that is sent once says what settles doubt, and no other does"
        );
        assert!(
            one.group().is_none() || matches!(one.class(), Class::Guarded),
            "the P0 groups are guarded"
        );
        at += 1;
    }
};
