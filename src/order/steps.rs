//! What can be done with an order, one file or folder to a workflow: what it shows, what its steps ask, what they send.

use leptos::prelude::AnyView;
use omnival_core::order::Step;

use super::OrderState;
use super::state::Seen;

pub mod agency;
pub mod assign;
pub mod delivery;
pub mod documents;
pub mod inspection;
pub mod lifecycle;
pub mod money;
pub mod qc;
pub mod terms;
pub mod vendor;

/// Opens the dialog in which a step is asked.
pub fn ask(state: OrderState, step: Step) {
    if let Some(make) = dialog(step) {
        state.ask(move |seen| make(state, seen));
    }
}

/// Makes a step's dialog, from what the operator saw when it opened. A draft is edited in a form of its own, which the
/// page links to.
fn dialog(step: Step) -> Option<fn(OrderState, Seen) -> AnyView> {
    Some(match step {
        Step::Edit => return None,
        Step::Activate => lifecycle::activate_dialog,
        Step::Assign => assign::assign_dialog,
        Step::Hold => lifecycle::hold_dialog,
        Step::Reactivate => lifecycle::reactivate_dialog,
        Step::Cancel => lifecycle::cancel_dialog,
        Step::Delete => lifecycle::delete_dialog,
        Step::Accept => vendor::accept,
        Step::Counter => vendor::counter,
        Step::Decline => vendor::decline,
        Step::AcceptConditions => vendor::accept_conditions,
        Step::CounterConditions => vendor::counter_conditions,
        Step::BeginWork => vendor::begin_work,
        Step::Schedule => inspection::schedule,
        Step::Inspected => inspection::completed,
        Step::SubmitReport => documents::submit_report,
        Step::RunCrossCheck => qc::crosscheck,
        Step::AcceptReport => qc::accept,
        Step::RequestRevision => qc::request_revision,
        Step::RequestClientRevision => qc::request_client_revision,
        Step::SubmitRov => qc::submit_rov,
        Step::DecideRov => qc::decide_rov,
        Step::SendToBorrower => delivery::send_to_borrower,
        Step::SendReport => delivery::send_to_others,
        Step::SubmitToAgency => agency::submit_dialog,
        Step::Override => agency::override_findings,
        Step::CreateInvoice => money::create_invoice,
        Step::Collect => money::collect,
        Step::SendPaymentLink => money::payment_link,
        Step::RecordPayment => money::record,
        Step::MarkPaid => money::mark_paid,
        Step::Refund => money::refund,
        Step::Update => terms::update,
        Step::Comment => terms::note,
        Step::AddDocument => documents::add_document,
    })
}

/// Why a step is closed that the order itself would allow: what only the records of its section tell.
pub fn closed(state: OrderState, step: Step) -> Option<&'static str> {
    match step {
        Step::RunCrossCheck | Step::AcceptReport | Step::RequestRevision | Step::RequestClientRevision => {
            qc::no_report(state)
        }
        Step::DecideRov => qc::nothing_to_decide(state),
        Step::SubmitToAgency => agency::no_report(state),
        Step::Override => agency::nothing_to_override(state),
        Step::CreateInvoice => money::has_invoice(state),
        Step::Refund => money::nothing_to_refund(state),
        Step::Edit
        | Step::Activate
        | Step::Assign
        | Step::Hold
        | Step::Reactivate
        | Step::Cancel
        | Step::Delete
        | Step::Accept
        | Step::Counter
        | Step::Decline
        | Step::AcceptConditions
        | Step::CounterConditions
        | Step::BeginWork
        | Step::Schedule
        | Step::Inspected
        | Step::SubmitReport
        | Step::SubmitRov
        | Step::SendToBorrower
        | Step::SendReport
        | Step::Collect
        | Step::SendPaymentLink
        | Step::RecordPayment
        | Step::MarkPaid
        | Step::Update
        | Step::Comment
        | Step::AddDocument => None,
    }
}
