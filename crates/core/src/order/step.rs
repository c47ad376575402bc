//! The steps of an order's work after its activation: who may take which, when, and why not otherwise.
//!
//! Like the gates of [`lifecycle`](super::lifecycle), these stop an operator early, in words; the platform's own refusal
//! stays the authority. Sources: docs/sources.md, page by page from `lifecycle/transitions`.

use std::borrow::Cow;

use super::lifecycle::{Gate, closed_for_good, closed_to_role};
use super::{Order, Status};
use crate::operation::Operation;
use crate::session::User;

/// Where on the order's page a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Room {
    Vendor,
    Inspection,
    Report,
    Delivery,
    Agency,
    Money,
    /// Files that are handed in.
    Documents,
    Any,
}

impl Room {
    /// Is there anything in it for this user? The platform refuses a vendor what the other parts read.
    pub fn is_for(self, user: &User) -> bool {
        !user.is_vendor() || matches!(self, Self::Vendor | Self::Inspection | Self::Documents | Self::Any)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    Accept,
    Counter,
    Decline,
    BeginWork,
    AcceptConditions,
    CounterConditions,
    Schedule,
    Inspected,
    SubmitReport,
    RunCrossCheck,
    AcceptReport,
    RequestRevision,
    RequestClientRevision,
    SubmitRov,
    DecideRov,
    SendToBorrower,
    SendReport,
    SubmitToAgency,
    Override,
    CreateInvoice,
    Collect,
    SendPaymentLink,
    RecordPayment,
    MarkPaid,
    Refund,
    Update,
    Comment,
    AddDocument,
}

struct Row {
    room: Room,
    label: &'static str,
    permission: &'static str,
    /// The statuses in which the platform takes the step. Empty: any that is active, or on hold.
    at: &'static [Status],
    /// What to say elsewhere.
    elsewhere: &'static str,
}

const fn row(
    room: Room,
    label: &'static str,
    permission: &'static str,
    at: &'static [Status],
    elsewhere: &'static str,
) -> Row {
    Row {
        room,
        label,
        permission,
        at,
        elsewhere,
    }
}

const UNDER_QC: &str = "Possible while a submitted report waits for QC.";
const ACCEPTED: &str = "Possible once QC has accepted the report.";
const DELIVERED: &str =
    "Payment is open once the report has been accepted and delivered to the borrower. Deliver it first.";

impl Step {
    pub const ALL: [Self; 28] = [
        Self::Accept,
        Self::Counter,
        Self::Decline,
        Self::AcceptConditions,
        Self::CounterConditions,
        Self::BeginWork,
        Self::Schedule,
        Self::Inspected,
        Self::SubmitReport,
        Self::RunCrossCheck,
        Self::AcceptReport,
        Self::RequestRevision,
        Self::RequestClientRevision,
        Self::SubmitRov,
        Self::DecideRov,
        Self::SendToBorrower,
        Self::SendReport,
        Self::SubmitToAgency,
        Self::Override,
        Self::CreateInvoice,
        Self::Collect,
        Self::SendPaymentLink,
        Self::RecordPayment,
        Self::MarkPaid,
        Self::Refund,
        Self::Update,
        Self::Comment,
        Self::AddDocument,
    ];

    const fn row(self) -> Row {
        use Status as S;
        let answer = "Possible while the vendor's answer is awaited: status “Order assigned”, or an offer that is the vendor's to answer.";
        let terms = "Possible while conditions of the vendor wait for an answer.";
        match self {
            Self::Accept => row(
                Room::Vendor,
                "Vendor accepts",
                "orders.respond",
                &[S::Assigned, S::AcceptedWithConditions],
                answer,
            ),
            Self::Counter => row(
                Room::Vendor,
                "Vendor sets conditions",
                "orders.respond",
                &[S::Assigned, S::AcceptedWithConditions],
                answer,
            ),
            Self::Decline => row(
                Room::Vendor,
                "Vendor declines",
                "orders.respond",
                &[S::Assigned, S::AcceptedWithConditions],
                answer,
            ),
            Self::AcceptConditions => row(
                Room::Vendor,
                "Accept conditions",
                "orders.activate",
                &[S::AcceptedWithConditions],
                terms,
            ),
            Self::CounterConditions => row(
                Room::Vendor,
                "Counter",
                "orders.activate",
                &[S::AcceptedWithConditions],
                terms,
            ),
            Self::BeginWork => row(
                Room::Vendor,
                "Begin work",
                "orders.respond",
                &[S::Accepted],
                "Possible once the vendor has accepted the order.",
            ),
            Self::Schedule => row(
                Room::Inspection,
                "Schedule inspection",
                "orders.schedule",
                &[S::Accepted, S::InProgress, S::InspectionScheduled],
                "Possible between the vendor's acceptance and the inspection.",
            ),
            Self::Inspected => row(
                Room::Inspection,
                "Inspection completed",
                "orders.schedule",
                &[S::InspectionScheduled],
                "Possible once an inspection is scheduled.",
            ),
            Self::SubmitReport => row(
                Room::Documents,
                "Submit report",
                "reports.submit",
                &[S::InspectionCompleted, S::RevisionRequested, S::ClientRevisionRequested],
                "Possible after the inspection, or when a revision was requested.",
            ),
            Self::RunCrossCheck => row(
                Room::Report,
                "Run CrossCheck",
                "qc.review",
                &[S::ReportSubmitted],
                UNDER_QC,
            ),
            Self::AcceptReport => row(
                Room::Report,
                "Accept report",
                "qc.review",
                &[S::ReportSubmitted],
                UNDER_QC,
            ),
            Self::RequestRevision => row(
                Room::Report,
                "Request revision",
                "qc.revise",
                &[S::ReportSubmitted],
                UNDER_QC,
            ),
            Self::RequestClientRevision => row(
                Room::Report,
                "Client revision",
                "rov.submit",
                &[S::ReportAccepted],
                ACCEPTED,
            ),
            Self::SubmitRov => row(
                Room::Report,
                "Reconsideration of value",
                "rov.submit",
                &[S::ReportAccepted],
                ACCEPTED,
            ),
            Self::DecideRov => row(
                Room::Report,
                "Decide reconsideration",
                "rov.decide",
                &[S::RovBorrower, S::RovClient],
                "Possible while a reconsideration of value is open.",
            ),
            Self::SendToBorrower => row(
                Room::Delivery,
                "Send to borrower",
                "delivery.send",
                &[S::ReportAccepted],
                ACCEPTED,
            ),
            Self::SendReport => row(
                Room::Delivery,
                "Send to others",
                "delivery.send",
                &[S::ReportAccepted, S::Completed],
                ACCEPTED,
            ),
            Self::SubmitToAgency => row(Room::Agency, "Submit", "agency.submit", &[S::ReportAccepted], ACCEPTED),
            Self::Override => row(
                Room::Agency,
                "Override findings",
                "agency.override",
                &[S::ReportAccepted],
                ACCEPTED,
            ),
            Self::CreateInvoice => row(
                Room::Money,
                "Create invoice",
                "invoice.create",
                &[S::ReportAccepted, S::Completed],
                DELIVERED,
            ),
            Self::Collect => row(
                Room::Money,
                "Collect payment",
                "payment.collect",
                &[S::ReportAccepted, S::Completed],
                DELIVERED,
            ),
            Self::SendPaymentLink => row(
                Room::Money,
                "Send payment link",
                "payment.collect",
                &[],
                "A draft has nothing to pay yet.",
            ),
            Self::RecordPayment => row(
                Room::Money,
                "Record payment",
                "payment.record",
                &[],
                "A draft has nothing to pay yet.",
            ),
            Self::MarkPaid => row(
                Room::Money,
                "Mark as paid",
                "payment.record",
                &[S::ReportAccepted, S::Completed],
                DELIVERED,
            ),
            Self::Refund => row(Room::Money, "Refund", "payment.refund", &[], "A draft has no payments."),
            Self::Update => row(
                Room::Any,
                "Change fee or due date",
                "orders.assign",
                &[],
                "Edit the draft instead.",
            ),
            Self::Comment => row(
                Room::Any,
                "Add note",
                "orders.view",
                &[],
                "A draft has no history to note anything in.",
            ),
            Self::AddDocument => row(
                Room::Documents,
                "Add document",
                "documents.manage",
                &[],
                "Activate the order first.",
            ),
        }
    }

    pub const fn room(self) -> Room {
        self.row().room
    }

    pub const fn label(self) -> &'static str {
        self.row().label
    }

    pub const fn permission(self) -> &'static str {
        self.row().permission
    }

    /// Where the platform takes it. Empty: on any active order, and on one that is on hold.
    pub const fn statuses(self) -> &'static [Status] {
        self.row().at
    }

    /// Does it bring the order further along its way?
    pub const fn leads_on(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::AcceptConditions
                | Self::BeginWork
                | Self::Schedule
                | Self::Inspected
                | Self::SubmitReport
                | Self::AcceptReport
                | Self::DecideRov
                | Self::SendToBorrower
                | Self::SubmitToAgency
                | Self::Override
                | Self::Collect
        )
    }

    /// May it be taken on an order that is closed? Money and notes outlive the work.
    const fn outlives(self) -> bool {
        matches!(
            self,
            Self::SendReport
                | Self::CreateInvoice
                | Self::Collect
                | Self::SendPaymentLink
                | Self::RecordPayment
                | Self::MarkPaid
                | Self::Refund
                | Self::Comment
                | Self::AddDocument
        )
    }

    /// The operation behind it on this order.
    pub fn operation(self, order: &Order) -> Operation {
        let ead = is_fha(order);
        match self {
            Self::Accept => Operation::Accept,
            Self::Counter => Operation::Counter,
            Self::Decline => Operation::Decline,
            Self::BeginWork => Operation::BeginWork,
            Self::AcceptConditions => Operation::AcceptConditions,
            Self::CounterConditions => Operation::CounterConditions,
            Self::Schedule => Operation::Schedule,
            Self::Inspected => Operation::Inspected,
            Self::SubmitReport => Operation::SubmitReport,
            Self::RunCrossCheck => Operation::RunCrossCheck,
            Self::AcceptReport => Operation::AcceptReport,
            Self::RequestRevision => Operation::RequestRevision,
            Self::RequestClientRevision => Operation::RequestClientRevision,
            Self::SubmitRov => Operation::SubmitRov,
            Self::DecideRov => Operation::DecideRov,
            Self::SendToBorrower => Operation::SendToBorrower,
            Self::SendReport => Operation::SendReport,
            Self::SubmitToAgency if ead => Operation::SubmitToEad,
            Self::SubmitToAgency => Operation::SubmitToUcdp,
            Self::Override if ead => Operation::OverrideEad,
            Self::Override => Operation::OverrideUcdp,
            Self::CreateInvoice => Operation::CreateInvoice,
            Self::Collect => Operation::Collect,
            Self::SendPaymentLink => Operation::SendPaymentLink,
            Self::RecordPayment => Operation::RecordPayment,
            Self::MarkPaid => Operation::MarkPaid,
            Self::Refund => Operation::Refund,
            Self::Update => Operation::UpdateOrder,
            Self::Comment => Operation::AddComment,
            Self::AddDocument => Operation::AddDocument,
        }
    }

    /// Is the step open to this user on this order, and if not, why not?
    pub fn gate(self, order: &Order, user: &User) -> Gate {
        match self.closed(order) {
            Some(closed) => Gate::Closed(closed),
            None => closed_to_role(self.permission(), user).map_or(Gate::Open, Gate::Closed),
        }
    }

    fn closed(self, order: &Order) -> Option<Cow<'static, str>> {
        let status = order.status;
        let row = self.row();
        let is_over = matches!(status, Status::Completed | Status::Cancelled | Status::Rejected);
        if matches!(status, Status::Unknown(_)) || is_over && !self.outlives() {
            return closed_for_good(status);
        }
        if status == Status::OnHold && !row.at.is_empty() {
            return Some("The order is on hold. Reactivate it first.".into());
        }
        let here = if row.at.is_empty() {
            status != Status::Draft
        } else {
            row.at.contains(&status)
        };
        if !here {
            return Some(row.elsewhere.into());
        }
        self.closed_by_facts(order).map(Cow::Borrowed)
    }

    fn closed_by_facts(self, order: &Order) -> Option<&'static str> {
        let offered_by = order.conditions.as_ref().map(|terms| terms.proposed_by.as_str());
        let is_countering = order.status == Status::AcceptedWithConditions;
        let delivered = order.delivery.as_ref().is_some_and(|delivery| delivery.delivered);
        let payment = order.payment.as_ref().map(|payment| payment.status.as_str());
        let portal = order.agency.as_ref().map(|agency| agency.portal.as_str());
        match self {
            Self::Accept if is_countering && offered_by != Some("client") => {
                Some("The vendor's own conditions are on the table; the client answers them.")
            }
            Self::AcceptConditions | Self::CounterConditions if offered_by != Some("vendor") => {
                Some("The client's counter-offer is on the table; the vendor answers it.")
            }
            Self::SubmitToAgency | Self::Override if portal.is_none() => {
                Some("No agency takes this loan's appraisal: conventional loans go to UCDP, FHA loans to EAD.")
            }
            Self::Override if agency_status(order) != Some("notSuccessful") => Some(
                "There is nothing to override: only a submission that was not successful has findings to override.",
            ),
            Self::SubmitToAgency
                if matches!(
                    agency_status(order),
                    Some("received" | "inProgress" | "overrideRequested")
                ) =>
            {
                Some("A submission is on its way. Wait for its result before the next one.")
            }
            Self::CreateInvoice | Self::Collect | Self::MarkPaid if !delivered => Some(DELIVERED),
            Self::Collect | Self::MarkPaid | Self::SendPaymentLink if payment == Some("paid") => {
                Some("The order is paid. See the payment history.")
            }
            Self::Collect if payment == Some("pending") => {
                Some("A payment is pending. Wait until the payment history shows how it ended.")
            }
            _ => None,
        }
    }
}

fn agency_status(order: &Order) -> Option<&str> {
    order.agency.as_ref().map(|agency| agency.status.as_str())
}

/// FHA loans go to EAD, conventional ones to UCDP.
pub fn is_fha(order: &Order) -> bool {
    order
        .agency
        .as_ref()
        .map_or(order.loan.kind == "fha", |agency| agency.portal == "ead")
}
