//! Which permission each write needs. There is no arm for the rest: a write that is added to the table of operations does
//! not compile until it is named here.
#![deny(clippy::wildcard_enum_match_arm)]

use crate::contract::operations::{LoanWrite, OrderWrite};
use crate::contract::roles::Permission;

/// What a role must permit to change an order.
pub fn to_change(operation: OrderWrite) -> Permission {
    use OrderWrite as Op;
    match operation {
        Op::SaveDraftProperty
        | Op::SaveDraftVendor
        | Op::SaveDraftConditions
        | Op::SaveDraftContacts
        | Op::DeleteDraft => Permission::Create,
        Op::ActivateOrder | Op::AcceptConditions | Op::CounterConditions => Permission::Activate,
        Op::AssignVendor | Op::UpdateOrder => Permission::Assign,
        Op::AddComment => Permission::View,
        Op::UpdateOrderStatus => Permission::Respond,
        Op::ScheduleInspection | Op::CompleteInspection => Permission::Schedule,
        Op::HoldOrder | Op::ReactivateOrder => Permission::Hold,
        Op::CancelOrder => Permission::Cancel,
        Op::SubmitReport => Permission::SubmitReport,
        Op::AddDocument | Op::GrantDocumentAccess | Op::RevokeDocumentAccess => Permission::ManageDocuments,
        Op::AnswerChecklistItem | Op::RunCrossCheck | Op::AcceptReport => Permission::Review,
        Op::RequestRevision => Permission::Revise,
        Op::RequestClientRevision | Op::SubmitRov => Permission::SubmitRov,
        Op::DecideRov => Permission::DecideRov,
        Op::SendToBorrower | Op::SendReport => Permission::Deliver,
        Op::SubmitToUcdp | Op::SubmitToEad => Permission::SubmitToAgency,
        Op::OverrideUcdpHardStops | Op::OverrideEadHardStops => Permission::Override,
        Op::CreateInvoice => Permission::Invoice,
        Op::CollectPayment | Op::SendPaymentLink => Permission::Collect,
        Op::RecordPayment | Op::MarkPaid => Permission::Record,
        Op::RefundPayment => Permission::Refund,
    }
}

/// What a role must permit to make an order.
pub fn to_make(operation: LoanWrite) -> Permission {
    match operation {
        LoanWrite::CreateDraft => Permission::Create,
    }
}
