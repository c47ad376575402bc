//! The writes of an order's work after its activation: one line for each, with the class that the compiler checks.

use omnival_core::ids::OrderRef;
use omnival_core::operation::{Call, Guarded, Marker, Method, Once, Op, Operation};
use omnival_wire::{Value, request};

use super::order;
use crate::platform::url::encode;

/// The members of a request's body.
pub type Body = Vec<(&'static str, Value)>;

fn act<C: Marker>(op: Op<C>, method: Method, path: String, body: Body, fence: Option<u64>) -> Call<C> {
    let fence = fence.map(|version| ("expectedVersion", Value::Number(version.to_string())));
    let members = body.into_iter().chain(fence);
    let members = members.map(|(name, value)| (name.to_owned(), value)).collect();
    Call::new(op, method, path, Some(request::body(&Value::Object(members))))
}

macro_rules! acts {
    ($($name:ident $class:ident $operation:ident $method:ident $path:literal;)*) => {$(
        pub fn $name(at: &OrderRef, body: Body, fence: Option<u64>) -> Call<$class> {
            const OP: Op<$class> = Op::new(Operation::$operation);
            act(OP, Method::$method, order(at) + $path, body, fence)
        }
    )*};
}

acts! {
    accept Guarded Accept Post "/status";
    decline Guarded Decline Post "/status";
    counter Guarded Counter Post "/status";
    begin_work Guarded BeginWork Post "/status";
    accept_conditions Guarded AcceptConditions Post "/conditions/accept";
    counter_conditions Guarded CounterConditions Post "/conditions/counter";
    schedule Once Schedule Post "/inspection/schedule";
    inspected Once Inspected Post "/inspection/complete";
    run_crosscheck Guarded RunCrossCheck Post "/crosscheck";
    request_revision Guarded RequestRevision Post "/revisions";
    request_client_revision Guarded RequestClientRevision Post "/revisions/client";
    submit_rov Guarded SubmitRov Post "/rovs";
    send_to_borrower Once SendToBorrower Post "/deliveries/borrower";
    send_report Once SendReport Post "/deliveries";
    submit_to_ucdp Guarded SubmitToUcdp Post "/process-ucdp-submission";
    submit_to_ead Guarded SubmitToEad Post "/process-ead-submission";
    create_invoice Guarded CreateInvoice Post "/invoices";
    collect Guarded Collect Post "/collect-payment";
    send_payment_link Guarded SendPaymentLink Post "/payment-links";
    record_payment Guarded RecordPayment Post "/payments";
    mark_paid Guarded MarkPaid Post "/mark-paid";
    update_order Once UpdateOrder Patch "";
    add_comment Once AddComment Post "/comments";
}

/// With a file; the fence goes along as a part of its form.
macro_rules! uploads {
    ($($name:ident $class:ident $operation:ident $path:literal;)*) => {$(
        pub fn $name(at: &OrderRef) -> Call<$class> {
            const OP: Op<$class> = Op::new(Operation::$operation);
            Call::new(OP, Method::Post, order(at) + $path, None)
        }
    )*};
}

uploads! {
    submit_report Guarded SubmitReport "/reports";
    add_document Once AddDocument "/documents";
}

/// With an id between the two parts of the path.
macro_rules! acts_on {
    ($($name:ident $class:ident $operation:ident $before:literal $after:literal;)*) => {$(
        pub fn $name(at: &OrderRef, id: &str, body: Body, fence: Option<u64>) -> Call<$class> {
            const OP: Op<$class> = Op::new(Operation::$operation);
            let path = [&order(at), $before, &encode(id), $after].concat();
            act(OP, Method::Post, path, body, fence)
        }
    )*};
}

acts_on! {
    accept_report Guarded AcceptReport "/reports/" "/accept";
    decide_rov Guarded DecideRov "/rovs/" "/decision";
    override_ucdp Guarded OverrideUcdp "/submission/" "/process-manual-ucdp-override-hardstops";
    override_ead Guarded OverrideEad "/submission/" "/process-manual-ead-override-hardstops";
    refund Guarded Refund "/payments/" "/refund";
}
