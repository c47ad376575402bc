//! The ways in which each operation that is sent once is spoken of.

use crate::operation::Operation;

pub struct Words {
    /// "The order was activated"
    pub done: &'static str,
    /// "The order was not activated"
    pub not_done: &'static str,
    /// "activated this order"
    pub by_other: &'static str,
    /// What to do about a plain refusal.
    pub mend: &'static str,
    /// What follows [`Self::done`] while money is on its way.
    pub pending: &'static str,
    /// What is to do once it is done.
    pub then: &'static str,
}

const fn said(done: &'static str, not_done: &'static str, by_other: &'static str, mend: &'static str) -> Words {
    Words {
        done,
        not_done,
        by_other,
        mend,
        pending: ", and a payment that belongs to it is still pending.",
        then: "Nothing more to do here.",
    }
}

pub const fn words(operation: Operation) -> Words {
    match operation {
        Operation::Activate => said(
            "The order was activated",
            "The order was not activated",
            "activated this order",
            "Complete the draft, then activate it again.",
        ),
        Operation::Assign => said(
            "The vendor was assigned",
            "The vendor was not assigned",
            "assigned the same vendor",
            "Choose another vendor or update the panel.",
        ),
        Operation::Hold => said(
            "The order was put on hold",
            "The order was not put on hold",
            "put this order on hold",
            "Check the reason, then try again.",
        ),
        Operation::Reactivate => said(
            "The order was reactivated",
            "The order was not reactivated",
            "reactivated this order",
            "Check the reason, then try again.",
        ),
        Operation::Cancel => said(
            "The order was cancelled",
            "The order was not cancelled",
            "cancelled this order",
            "Check the reason, then try again.",
        ),
        Operation::CreateDraft => said(
            "The draft was created",
            "The draft was not created",
            "created this draft",
            "Correct what is marked, then create it again.",
        ),
        Operation::UpdateOrder => said(
            "The order's terms were changed",
            "The order's terms were not changed",
            "changed the order's terms",
            "Correct what is marked, then try again.",
        ),
        Operation::AddComment => said(
            "The note was added",
            "The note was not added",
            "added the same note",
            "Correct the note, then add it again.",
        ),
        Operation::Accept => said(
            "The vendor's acceptance was recorded",
            "The vendor's acceptance was not recorded",
            "recorded the vendor's acceptance",
            "Check the order's state, then record what the vendor said.",
        ),
        Operation::Decline => said(
            "The vendor's refusal was recorded",
            "The vendor's refusal was not recorded",
            "recorded the vendor's refusal",
            "Check the reason, then record what the vendor said.",
        ),
        Operation::Counter => said(
            "The vendor's conditions were recorded",
            "The vendor's conditions were not recorded",
            "recorded conditions of the vendor",
            "Give a fee or a due date, then record them again.",
        ),
        Operation::BeginWork => said(
            "The start of the work was recorded",
            "The start of the work was not recorded",
            "recorded the start of the work",
            "Check the order's state, then decide again.",
        ),
        Operation::AcceptConditions => said(
            "The vendor's conditions were accepted",
            "The vendor's conditions were not accepted",
            "accepted the vendor's conditions",
            "Compare the terms once more, then accept or counter them.",
        ),
        Operation::CounterConditions => said(
            "The counter-offer was made",
            "The counter-offer was not made",
            "made a counter-offer",
            "Give a fee or a due date, then make it again.",
        ),
        Operation::Schedule => said(
            "The inspection was scheduled",
            "The inspection was not scheduled",
            "scheduled the inspection",
            "Choose another slot, then schedule it again.",
        ),
        Operation::Inspected => said(
            "The inspection was completed",
            "The inspection was not completed",
            "completed the inspection",
            "Check the time, then complete it again.",
        ),
        Operation::SubmitReport => said(
            "The report was submitted",
            "The report was not submitted",
            "submitted a report",
            "Check the file, then submit it again.",
        ),
        Operation::AddDocument => said(
            "The document was added",
            "The document was not added",
            "added the same document",
            "Check the file, then add it again.",
        ),
        Operation::RunCrossCheck => said(
            "CrossCheck was started",
            "CrossCheck was not started",
            "started CrossCheck for this report",
            "Read the report's state, then start it again.",
        ),
        Operation::AcceptReport => said(
            "The report was accepted",
            "The report was not accepted",
            "accepted this report",
            "Look at the newest report, then decide again.",
        ),
        Operation::RequestRevision => said(
            "The revision was requested",
            "The revision was not requested",
            "requested a revision of this report",
            "Correct what is marked, then request it again.",
        ),
        Operation::RequestClientRevision => said(
            "The client revision was requested",
            "The client revision was not requested",
            "requested a client revision",
            "Correct what is marked, then request it again.",
        ),
        Operation::SubmitRov => said(
            "The reconsideration of value was submitted",
            "The reconsideration of value was not submitted",
            "submitted a reconsideration of value",
            "Correct what is marked, then submit it again.",
        ),
        Operation::DecideRov => said(
            "The reconsideration of value was decided",
            "The reconsideration of value was not decided",
            "decided this reconsideration of value",
            "Look at the reconsideration again, then decide.",
        ),
        Operation::SendToBorrower => said(
            "The report was sent to the borrower",
            "The report was not sent to the borrower",
            "sent the report to the borrower",
            "Check the address and the order's state, then send it again.",
        ),
        Operation::SendReport => said(
            "The report was sent",
            "The report was not sent",
            "sent the report to the same recipient",
            "Check the address and the order's state, then send it again.",
        ),
        Operation::SubmitToUcdp => Words {
            then: "Received is not success: the result comes later, and is watched for on this page.",
            ..said(
                "The appraisal was submitted to UCDP",
                "The appraisal was not submitted to UCDP",
                "submitted this appraisal to UCDP",
                "Check loan type, Doc File ID and appraisal number, then submit it again.",
            )
        },
        Operation::OverrideUcdp => Words {
            then: "Received is not success: the result comes later, and is watched for on this page.",
            ..said(
                "The override was sent to UCDP",
                "The override was not sent to UCDP",
                "overrode findings of this submission",
                "Check findings and reason codes, then send it again.",
            )
        },
        Operation::SubmitToEad => Words {
            then: "Received is not success: the result comes later, and is watched for on this page.",
            ..said(
                "The appraisal was submitted to EAD",
                "The appraisal was not submitted to EAD",
                "submitted this appraisal to EAD",
                "Check loan type and FHA case number, then submit it again.",
            )
        },
        Operation::OverrideEad => Words {
            then: "Received is not success: the result comes later, and is watched for on this page.",
            ..said(
                "The override was sent to EAD",
                "The override was not sent to EAD",
                "overrode findings of this submission",
                "Check findings and reason codes, then send it again.",
            )
        },
        Operation::CreateInvoice => said(
            "The invoice was created",
            "The invoice was not created",
            "created an invoice",
            "Check that the report was delivered and accepted, then create it again.",
        ),
        Operation::Collect => Words {
            pending: " and is still pending.",
            ..said(
                "Payment was collected",
                "Payment was not collected",
                "collected a payment",
                "Check payment history, verify the payment method, then retry only if no charge was recorded.",
            )
        },
        Operation::SendPaymentLink => said(
            "The payment link was sent",
            "The payment link was not sent",
            "sent a payment link",
            "Check address and amount, then send it again.",
        ),
        Operation::RecordPayment => said(
            "The payment was recorded",
            "The payment was not recorded",
            "recorded the same payment",
            "Check amount and reference, then record it again.",
        ),
        Operation::MarkPaid => said(
            "The order was marked as paid",
            "The order was not marked as paid",
            "marked this order as paid",
            "Check payment history and the order's state, then decide again.",
        ),
        Operation::Refund => Words {
            pending: " and is still pending.",
            ..said(
                "The payment was refunded",
                "The payment was not refunded",
                "refunded this payment",
                "Check payment history for what is left to refund, then try again.",
            )
        },
        // Reads and repeatable writes have sentences of their own, in `failure`; these keep the function total.
        _ => said(
            "It was carried out",
            "It was not carried out",
            "did the same",
            "Check the details, then try again.",
        ),
    }
}
