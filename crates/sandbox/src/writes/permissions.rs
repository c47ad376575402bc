//! Which permission each write needs.

use crate::contract::operations::Operation;
use crate::store::users::{self, Permission};

/// What a role must permit for a write.
pub fn permission_for(operation: Operation) -> Permission {
    use Operation as Op;
    match operation {
        Op::ActivateOrder | Op::AcceptConditions | Op::CounterConditions => users::ACTIVATE,
        Op::AssignVendor | Op::UpdateOrder => users::ASSIGN,
        Op::AddComment => users::VIEW,
        Op::UpdateOrderStatus => users::RESPOND,
        Op::ScheduleInspection | Op::CompleteInspection => users::SCHEDULE,
        Op::HoldOrder | Op::ReactivateOrder => users::HOLD,
        Op::CancelOrder => users::CANCEL,
        Op::SubmitReport => users::SUBMIT_REPORT,
        Op::AddDocument | Op::GrantDocumentAccess | Op::RevokeDocumentAccess => users::MANAGE_DOCUMENTS,
        Op::AnswerChecklistItem | Op::RunCrossCheck | Op::AcceptReport => users::REVIEW,
        Op::RequestRevision => users::REVISE,
        Op::RequestClientRevision | Op::SubmitRov => users::SUBMIT_ROV,
        Op::DecideRov => users::DECIDE_ROV,
        Op::SendToBorrower | Op::SendReport => users::DELIVER,
        Op::SubmitToUcdp | Op::SubmitToEad => users::SUBMIT_TO_AGENCY,
        Op::OverrideUcdpHardStops | Op::OverrideEadHardStops => users::OVERRIDE,
        Op::CreateInvoice => users::INVOICE,
        Op::CollectPayment | Op::SendPaymentLink => users::COLLECT,
        Op::RecordPayment | Op::MarkPaid => users::RECORD,
        Op::RefundPayment => users::REFUND,
        _ => users::CREATE,
    }
}
