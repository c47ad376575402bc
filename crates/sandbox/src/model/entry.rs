//! An entry of the history about to be told.

use serde::{Serialize, Serializer};

use super::id::payment_id;
use crate::base::words::words;
use crate::contract::status::Code;

words! {
    /// What kind of thing an entry tells of.
    pub enum EntryType {
        Activated = "activated",
        Assigned = "assigned",
        Reassigned = "reassigned",
        Unassigned = "unassigned",
        Accepted = "accepted",
        AcceptedWithConditions = "acceptedWithConditions",
        Declined = "declined",
        ConditionsAccepted = "conditionsAccepted",
        ConditionsCountered = "conditionsCountered",
        InProgress = "inProgress",
        InspectionScheduled = "inspectionScheduled",
        InspectionCompleted = "inspectionCompleted",
        ReportSubmitted = "reportSubmitted",
        ReportAccepted = "reportAccepted",
        RevisionRequested = "revisionRequested",
        ClientRevisionRequested = "clientRevisionRequested",
        RovSubmitted = "rovSubmitted",
        RovDecided = "rovDecided",
        Delivered = "delivered",
        AgencySubmitted = "agencySubmitted",
        AgencyResult = "agencyResult",
        Invoiced = "invoiced",
        PaymentCollected = "paymentCollected",
        PaymentFailed = "paymentFailed",
        Refunded = "refunded",
        Held = "held",
        Reactivated = "reactivated",
        Cancelled = "cancelled",
        OrderUpdated = "orderUpdated",
        Comment = "comment",
        DocumentAdded = "documentAdded",
        CrossCheckRun = "crosscheckRun",
        AgencyOverridden = "agencyOverridden",
        PaymentLinkSent = "paymentLinkSent",
        PaymentReceived = "paymentReceived",
        MarkedPaid = "markedPaid",
        Completed = "completed",
        Rejected = "rejected",
        /// On no page of the platform: clients have to survive it.
        PartnerReview = "partnerReview",
    }

    /// Who brought it about.
    pub enum Source {
        User = "user",
        Automation = "automation",
        Partner = "partner",
    }
}

impl EntryType {
    /// What the client pays: not told to a vendor.
    pub const ABOUT_MONEY: [Self; 7] = [
        Self::Invoiced,
        Self::PaymentCollected,
        Self::PaymentFailed,
        Self::PaymentLinkSent,
        Self::PaymentReceived,
        Self::MarkedPaid,
        Self::Refunded,
    ];
    /// What the report's own history consists of.
    pub const ABOUT_THE_REPORT: [Self; 7] = [
        Self::ReportSubmitted,
        Self::ReportAccepted,
        Self::RevisionRequested,
        Self::ClientRevisionRequested,
        Self::RovSubmitted,
        Self::RovDecided,
        Self::Delivered,
    ];

    /// What people call it; `None` for what is on no list.
    pub fn label(self) -> Option<&'static str> {
        Some(match self {
            Self::Activated => "Activated",
            Self::Assigned => "Vendor assigned",
            Self::Reassigned => "Vendor reassigned",
            Self::Unassigned => "Vendor unassigned",
            Self::Accepted => "Accepted by vendor",
            Self::AcceptedWithConditions => "Accepted with conditions",
            Self::Declined => "Declined by vendor",
            Self::ConditionsAccepted => "Conditions accepted",
            Self::ConditionsCountered => "Conditions countered",
            Self::InProgress => "Work started",
            Self::InspectionScheduled => "Inspection scheduled",
            Self::InspectionCompleted => "Inspection completed",
            Self::ReportSubmitted => "Report submitted",
            Self::ReportAccepted => "Report accepted",
            Self::RevisionRequested => "Revision requested",
            Self::ClientRevisionRequested => "Revision requested by client",
            Self::RovSubmitted => "Reconsideration of value submitted",
            Self::RovDecided => "Reconsideration of value decided",
            Self::Delivered => "Delivered",
            Self::AgencySubmitted => "Submitted to agency",
            Self::AgencyResult => "Agency result",
            Self::Invoiced => "Invoiced",
            Self::PaymentCollected => "Payment collected",
            Self::PaymentFailed => "Payment failed",
            Self::Refunded => "Refunded",
            Self::Held => "Put on hold",
            Self::Reactivated => "Reactivated",
            Self::Cancelled => "Cancelled",
            Self::OrderUpdated => "Order updated",
            Self::Comment => "Comment",
            Self::DocumentAdded => "Document added",
            Self::CrossCheckRun => "CrossCheck run",
            Self::AgencyOverridden => "Agency findings overridden",
            Self::PaymentLinkSent => "Payment link sent",
            Self::PaymentReceived => "Payment received",
            Self::MarkedPaid => "Marked as paid",
            Self::Completed => "Completed",
            Self::Rejected => "Rejected",
            Self::PartnerReview => return None,
        })
    }
}

/// What happened, without its moment. By default a person did it and the status stayed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    pub kind: EntryType,
    pub summary: &'a str,
    pub actor_id: Option<&'a str>,
    pub source: Source,
    pub to_status: Option<Code>,
    pub reason: Option<&'a str>,
    pub refs: Refs<'a>,
}

/// The records that an entry is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refs<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_payment_id")]
    payment_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rov_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<&'a str>,
}

fn as_payment_id<S: Serializer>(seq: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
    seq.map(payment_id).serialize(serializer)
}

impl<'a> Entry<'a> {
    pub fn new(kind: EntryType, summary: &'a str) -> Self {
        Self {
            kind,
            summary,
            actor_id: None,
            source: Source::User,
            to_status: None,
            reason: None,
            refs: Refs::default(),
        }
    }

    #[must_use]
    pub fn by(mut self, user_id: &'a str) -> Self {
        self.actor_id = Some(user_id);
        self
    }

    #[must_use]
    pub fn by_automation(mut self) -> Self {
        self.source = Source::Automation;
        self
    }

    #[must_use]
    pub fn by_partner(mut self) -> Self {
        self.source = Source::Partner;
        self
    }

    /// The order moved to this status.
    #[must_use]
    pub fn to(mut self, status: Code) -> Self {
        self.to_status = Some(status);
        self
    }

    #[must_use]
    pub fn because(mut self, reason: &'a str) -> Self {
        self.reason = Some(reason);
        self
    }

    #[must_use]
    pub fn vendor(mut self, vendor_id: &'a str) -> Self {
        self.refs.vendor_id = Some(vendor_id);
        self
    }

    #[must_use]
    pub fn payment(mut self, seq: i64) -> Self {
        self.refs.payment_id = Some(seq);
        self
    }

    #[must_use]
    pub fn report(mut self, report_id: &'a str) -> Self {
        self.refs.report_id = Some(report_id);
        self
    }

    #[must_use]
    pub fn submission(mut self, submission_id: &'a str) -> Self {
        self.refs.submission_id = Some(submission_id);
        self
    }

    #[must_use]
    pub fn revision(mut self, revision_id: &'a str) -> Self {
        self.refs.revision_id = Some(revision_id);
        self
    }

    #[must_use]
    pub fn rov(mut self, rov_id: &'a str) -> Self {
        self.refs.rov_id = Some(rov_id);
        self
    }

    #[must_use]
    pub fn delivery(mut self, delivery_id: &'a str) -> Self {
        self.refs.delivery_id = Some(delivery_id);
        self
    }

    #[must_use]
    pub fn invoice(mut self, invoice_id: &'a str) -> Self {
        self.refs.invoice_id = Some(invoice_id);
        self
    }

    #[must_use]
    pub fn run(mut self, run_id: &'a str) -> Self {
        self.refs.run_id = Some(run_id);
        self
    }

    #[must_use]
    pub fn document(mut self, document_id: &'a str) -> Self {
        self.refs.document_id = Some(document_id);
        self
    }
}
