//! From an operation to what does it. There is no arm for the rest: a write that is added to the table of operations does
//! not compile until it is named here.
#![deny(clippy::wildcard_enum_match_arm)]

use serde_json::Value;

use super::act::Act;
use super::done::Done;
use super::{
    activate, agency, assign, cancel, conditions, deliveries, documents, draft, inspection, invoices, pause, payments,
    qc, reports, respond, rovs, update,
};
use crate::contract::operations::{LoanWrite, OrderWrite};
use crate::input::form::Upload;
use crate::model::agency::Portal;
use crate::model::loan::{Billing, Loan};
use crate::problem::Problem;
use crate::store::orders::Stored;

/// What comes with an operation besides the order it is about.
#[derive(Clone, Copy)]
pub struct Details<'a> {
    pub body: Option<&'a Value>,
    /// The file of an upload.
    pub file: Option<&'a Upload>,
    /// The part of the order that the path names, or nothing.
    pub part: &'a str,
    pub party: &'a str,
}

/// Does a write to an existing order whose visibility and permission have been checked.
pub fn change(act: &Act<'_>, operation: OrderWrite, stored: Stored, details: Details<'_>) -> Result<Done, Problem> {
    let Details {
        body,
        file,
        part,
        party,
    } = details;
    match operation {
        OrderWrite::SaveDraftProperty => draft::save_property(act, stored, body),
        OrderWrite::SaveDraftVendor => draft::save_vendor(act, stored, body),
        OrderWrite::SaveDraftConditions => draft::save_conditions(act, stored, body),
        OrderWrite::SaveDraftContacts => draft::save_contacts(act, stored, body),
        OrderWrite::DeleteDraft => draft::delete(act, &stored),
        OrderWrite::ActivateOrder => activate::activate(act, stored, body),
        OrderWrite::AssignVendor => assign::assign(act, stored, body),
        OrderWrite::HoldOrder => pause::hold(act, stored, body),
        OrderWrite::ReactivateOrder => pause::reactivate(act, stored, body),
        OrderWrite::CancelOrder => cancel::cancel(act, stored, body),
        OrderWrite::UpdateOrder => update::update(act, stored, body),
        OrderWrite::AddComment => update::comment(act, stored, body),
        OrderWrite::UpdateOrderStatus => respond::update_status(act, stored, body),
        OrderWrite::AcceptConditions => conditions::accept(act, stored, body),
        OrderWrite::CounterConditions => conditions::counter(act, stored, body),
        OrderWrite::ScheduleInspection => inspection::schedule(act, stored, body),
        OrderWrite::CompleteInspection => inspection::complete(act, stored, body),
        OrderWrite::SubmitReport => reports::submit(act, stored, body, file),
        OrderWrite::AcceptReport => reports::accept(act, stored, part, body),
        OrderWrite::AddDocument => documents::add(act, stored, body, file),
        OrderWrite::GrantDocumentAccess => documents::set_access(act, &stored, [part, party], body, true),
        OrderWrite::RevokeDocumentAccess => documents::set_access(act, &stored, [part, party], body, false),
        OrderWrite::AnswerChecklistItem => qc::answer_item(act, stored, part, body),
        OrderWrite::RunCrossCheck => qc::crosscheck(act, stored, body),
        OrderWrite::RequestRevision => qc::request_revision(act, stored, body),
        OrderWrite::RequestClientRevision => qc::request_client_revision(act, stored, body),
        OrderWrite::SubmitRov => rovs::submit(act, stored, body),
        OrderWrite::DecideRov => rovs::decide(act, stored, part, body),
        OrderWrite::SendToBorrower => deliveries::to_borrower(act, stored, body),
        OrderWrite::SendReport => deliveries::to_other(act, stored, body),
        OrderWrite::SubmitToUcdp => agency::submit(act, stored, body, Portal::Ucdp),
        OrderWrite::SubmitToEad => agency::submit(act, stored, body, Portal::Ead),
        OrderWrite::OverrideUcdpHardStops => agency::override_findings(act, stored, part, body, Portal::Ucdp),
        OrderWrite::OverrideEadHardStops => agency::override_findings(act, stored, part, body, Portal::Ead),
        OrderWrite::CreateInvoice => invoices::create(act, stored, body),
        OrderWrite::CollectPayment => payments::collect(act, stored, body),
        OrderWrite::SendPaymentLink => payments::send_link(act, stored, body),
        OrderWrite::RecordPayment => payments::record(act, stored, body),
        OrderWrite::MarkPaid => payments::mark_paid(act, stored, body),
        OrderWrite::RefundPayment => payments::refund(act, stored, part, body),
    }
}

/// Makes an order under a loan whose visibility has been checked, as has the permission.
pub(super) fn make(
    act: &Act<'_>,
    operation: LoanWrite,
    loan: &Loan,
    billing: Billing,
    body: Option<&Value>,
) -> Result<Done, Problem> {
    match operation {
        LoanWrite::CreateDraft => draft::create(act, loan, billing, body),
    }
}
