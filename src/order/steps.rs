//! What can be done with an order, one file or folder to a workflow: what it shows, and what its steps ask and send.
//!
//! Here is the only way from a step to its dialog, and to what the page itself holds against it. Both matches name every
//! step: one that is added does not compile until it is taught here, and none can open another one's dialog.

#![deny(clippy::wildcard_enum_match_arm)]

use leptos::prelude::*;
use omnival_core::order::Step;
use omnival_headless::desk::Seen;

use super::OrderState;
use super::step_dialog::step_dialog;

pub mod agency;
mod assign;
pub mod delivery;
pub mod documents;
pub mod inspection;
mod lifecycle;
pub mod money;
pub mod qc;
pub mod terms;
pub mod vendor;

/// The dialog of a step. None for one without a dialog, and while what it would be about is not there.
pub fn dialog(state: OrderState, step: Step, seen: Seen) -> Option<AnyView> {
    let order = &seen.order;
    let form = match step {
        // A link to the draft's form.
        Step::Edit => return None,
        Step::Activate => lifecycle::activate(order),
        Step::Assign => assign::assign(state, order),
        Step::Hold => lifecycle::hold(order),
        Step::Reactivate => lifecycle::reactivate(order),
        Step::Cancel => lifecycle::cancel(order),
        // Repeated without harm, so it is no attempt, and its dialog is its own.
        Step::Delete => return Some(lifecycle::delete_dialog(state, seen.order)),
        Step::Accept => vendor::accept(order),
        Step::Counter => vendor::counter(order),
        Step::Decline => vendor::decline(order),
        Step::AcceptConditions => vendor::accept_conditions(order),
        Step::CounterConditions => vendor::counter_conditions(order),
        Step::BeginWork => vendor::begin_work(order),
        Step::Schedule => inspection::schedule(state, order),
        Step::Inspected => inspection::completed(order),
        Step::SubmitReport => documents::submit_report(state, order),
        Step::RunCrossCheck => qc::crosscheck(state, order)?,
        Step::AcceptReport => qc::accept(state, order)?,
        Step::RequestRevision => qc::revise(state, order)?,
        Step::RequestClientRevision => qc::revise_for_client(state, order)?,
        Step::SubmitRov => qc::submit_rov(order),
        Step::DecideRov => qc::decide_rov(state, order)?,
        Step::SendToBorrower => delivery::send_to_borrower(state, order),
        Step::SendReport => delivery::send_to_others(state, order),
        Step::SubmitToAgency => agency::submit(state, order)?,
        Step::Override => agency::override_findings(state, order)?,
        Step::CreateInvoice => money::create_invoice(order),
        Step::Collect => money::collect(state, order),
        Step::SendPaymentLink => money::payment_link(state, order),
        Step::RecordPayment => money::record(state, order),
        Step::MarkPaid => money::mark_paid(order),
        Step::Refund => money::refund(state, order),
        Step::Update => terms::update(order),
        Step::Comment => terms::note(order),
        Step::AddDocument => documents::add_document(order),
    };
    Some(step_dialog(state, step, seen, form))
}

/// Why a step is closed that the order itself would allow: what only the records beside it tell.
pub fn closed(state: OrderState, step: Step) -> Option<&'static str> {
    match step {
        Step::RunCrossCheck | Step::AcceptReport | Step::RequestRevision | Step::RequestClientRevision => {
            qc::without_report(state)
        }
        Step::DecideRov => qc::without_open_rov(state),
        Step::SubmitToAgency => agency::without_report(state),
        Step::Override => agency::without_open_finding(state),
        Step::CreateInvoice => money::with_invoice(state),
        Step::Refund => money::without_payment(state),
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
