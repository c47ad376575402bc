//! The evidence rule of every operation that is sent once: by which record it is known, and where that record is kept.
//!
//! Source: `x-evidence` in the contract. A record counts by its kind or, where the kind is a word that no rule knows, by
//! the status that it led to: a platform may name its entries differently, and "not carried out" must not rest on a name.

use crate::operation::Operation;
use crate::order::{Entry, Status};

/// Where an operation keeps a record of its own, beside the order history.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ledger {
    Reports,
    Documents,
    Runs,
    Revisions,
    Rovs,
    /// The decisions among the reconsiderations of value.
    Decisions,
    Deliveries,
    Submissions,
    /// The overrides within the agency submissions.
    Overrides,
    Invoices,
    Payments,
}

/// What tells a record of one attempt from another of the same kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Term {
    Report,
    Rov,
    /// The payment that is refunded.
    Payment,
    Submission,
    Amount,
    Reference,
    Recipient,
    /// The name and the size of a file, as one text.
    File,
    Text,
}

impl Term {
    /// With the journal's word for each.
    pub const ALL: [(&'static str, Self); 9] = [
        ("report", Self::Report),
        ("rov", Self::Rov),
        ("payment", Self::Payment),
        ("submission", Self::Submission),
        ("amount", Self::Amount),
        ("reference", Self::Reference),
        ("recipient", Self::Recipient),
        ("file", Self::File),
        ("text", Self::Text),
    ];
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// The history's words for it.
    pub kinds: &'static [&'static str],
    /// Where it leads, if it moves the order.
    pub leads_to: &'static [Status],
    /// Its own records, and the word that tells them from others in the same list.
    pub ledger: Option<(Ledger, &'static str)>,
}

const fn entry(kinds: &'static [&'static str], leads_to: &'static [Status]) -> Option<Rule> {
    Some(Rule {
        kinds,
        leads_to,
        ledger: None,
    })
}

const fn kept(
    kinds: &'static [&'static str],
    leads_to: &'static [Status],
    ledger: Ledger,
    word: &'static str,
) -> Option<Rule> {
    Some(Rule {
        kinds,
        leads_to,
        ledger: Some((ledger, word)),
    })
}

/// `None` for what is read, repeated, or known without the order's records.
pub const fn rule(operation: Operation) -> Option<Rule> {
    use Operation as Op;
    match operation {
        Op::Activate => entry(&["activated"], &[]),
        Op::Assign => entry(&["assigned", "reassigned"], &[]),
        Op::Hold => entry(&["held"], &[Status::OnHold]),
        Op::Reactivate => entry(&["reactivated"], &[]),
        Op::Cancel => entry(&["cancelled"], &[Status::Cancelled]),
        Op::UpdateOrder => entry(&["orderUpdated"], &[]),
        Op::AddComment => entry(&["comment"], &[]),
        // A counter-offer of the client's is accepted by the same act.
        Op::Accept => entry(&["accepted", "conditionsAccepted"], &[Status::Accepted]),
        Op::Decline => entry(&["declined"], &[Status::Declined]),
        Op::Counter => entry(&["acceptedWithConditions"], &[Status::AcceptedWithConditions]),
        Op::BeginWork => entry(&["inProgress"], &[Status::InProgress]),
        Op::AcceptConditions => entry(&["conditionsAccepted"], &[Status::Accepted]),
        Op::CounterConditions => entry(&["conditionsCountered"], &[]),
        Op::Schedule => entry(&["inspectionScheduled"], &[Status::InspectionScheduled]),
        Op::Inspected => entry(&["inspectionCompleted"], &[Status::InspectionCompleted]),
        Op::SubmitReport => kept(
            &["reportSubmitted"],
            &[Status::ReportSubmitted],
            Ledger::Reports,
            "report",
        ),
        Op::AddDocument => kept(&["documentAdded"], &[], Ledger::Documents, "document"),
        Op::RunCrossCheck => kept(&["crosscheckRun"], &[], Ledger::Runs, "run"),
        Op::AcceptReport => entry(&["reportAccepted"], &[Status::ReportAccepted]),
        Op::RequestRevision => kept(
            &["revisionRequested"],
            &[Status::RevisionRequested],
            Ledger::Revisions,
            "qc",
        ),
        Op::RequestClientRevision => kept(
            &["clientRevisionRequested"],
            &[Status::ClientRevisionRequested],
            Ledger::Revisions,
            "client",
        ),
        Op::SubmitRov => kept(
            &["rovSubmitted"],
            &[Status::RovBorrower, Status::RovClient],
            Ledger::Rovs,
            "rov",
        ),
        Op::DecideRov => kept(&["rovDecided"], &[], Ledger::Decisions, "decision"),
        Op::SendToBorrower => kept(&["delivered"], &[], Ledger::Deliveries, "borrower"),
        Op::SendReport => kept(&["delivered"], &[], Ledger::Deliveries, "other"),
        Op::SubmitToUcdp | Op::SubmitToEad => kept(&["agencySubmitted"], &[], Ledger::Submissions, "submission"),
        Op::OverrideUcdp | Op::OverrideEad => kept(&["agencyOverridden"], &[], Ledger::Overrides, "override"),
        Op::CreateInvoice => kept(&["invoiced"], &[], Ledger::Invoices, "invoice"),
        Op::Collect => kept(&["paymentCollected"], &[], Ledger::Payments, "charge"),
        Op::SendPaymentLink => kept(&["paymentLinkSent"], &[], Ledger::Payments, "paymentLink"),
        Op::RecordPayment => kept(&["paymentReceived"], &[], Ledger::Payments, "received"),
        Op::MarkPaid => entry(&["markedPaid"], &[]),
        Op::Refund => kept(&["refunded"], &[], Ledger::Payments, "refund"),
        _ => None,
    }
}

/// Is this a word that some rule knows? Then it is no other operation's record, wherever it led.
fn is_known(kind: &str) -> bool {
    Operation::ALL
        .iter()
        .filter_map(|operation| rule(*operation))
        .any(|rule| rule.kinds.contains(&kind))
}

impl Rule {
    /// Does this entry of the order history record such an operation?
    pub fn is_told_by(&self, entry: &Entry) -> bool {
        let kind = entry.kind.as_str();
        let led_there = || {
            entry.from != entry.to && self.leads_to.iter().any(|status| entry.to == status.code()) && !is_known(kind)
        };
        self.kinds.contains(&kind) || led_there()
    }

    /// Is this record of its own list one of such an operation?
    pub fn is_kept_as(&self, record: &Entry) -> bool {
        self.ledger.is_some_and(|(_, word)| record.kind == word)
    }

    /// Only its own record tells how it ended: a charge that the history mentions may be pending, or may have failed.
    pub const fn only_its_record_proves(&self) -> bool {
        matches!(self.ledger, Some((Ledger::Payments, _)))
    }
}
