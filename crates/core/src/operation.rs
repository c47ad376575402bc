//! Every operation of the contract that the console uses, and what may be done with it after a doubtful answer.
//!
//! The class of an operation is a type. A [`Call`] of class [`Guarded`] or [`Once`] cannot be handed to anything that
//! repeats: [`Repeatable`] is implemented for [`Read`] and [`Idempotent`] alone, and sealed.

use std::marker::PhantomData;

/// What may be done with an operation whose answer is in doubt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Changes nothing: repeated freely, and once after a refresh.
    Read,
    /// Carrying it out twice equals carrying it out once: repeated within the retry budget.
    Idempotent,
    /// Neither safe to repeat nor P0: sent once; after doubt its own record is read.
    Once,
    /// P0: sent once; after doubt state and history are read and a verdict is reached.
    Guarded,
}

/// The platform's groups of P0 actions: `p0/groups` in docs/sources.md.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    Activation,
    Assignment,
    Qc,
    Payments,
    Agency,
}

macro_rules! operations {
    ($($variant:ident $api:literal $class:ident $group:expr, $doing:literal;)*) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Operation { $($variant),* }

        impl Operation {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// What the journal calls it. Unlike [`Self::api_name`], no two have the same.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }

            /// The contract's `operationId`. One that can express several acts has several operations here.
            pub const fn api_name(self) -> &'static str {
                match self { $(Self::$variant => $api),* }
            }

            pub const fn class(self) -> Class {
                match self { $(Self::$variant => Class::$class),* }
            }

            pub const fn group(self) -> Option<Group> {
                match self { $(Self::$variant => $group),* }
            }

            /// What an operator would say is being done, for example `activating the order`.
            pub const fn doing(self) -> &'static str {
                match self { $(Self::$variant => $doing),* }
            }
        }
    };
}

operations! {
    SignIn "signIn" Once None, "signing in";
    Refresh "refreshSession" Once None, "renewing the session";
    SignOut "signOut" Idempotent None, "signing out";
    WhoAmI "whoAmI" Read None, "reading who is signed in";
    ListOrders "listOrders" Read None, "reading the order list";
    ReadOrder "getOrder" Read None, "reading the order";
    FindOrder "getOrderById" Read None, "reading the order";
    ReadHistory "listHistory" Read None, "reading the order history";
    ReadPayments "listPayments" Read None, "reading the payment history";
    ReadLoans "listLoans" Read None, "searching loans";
    ReadLoanOrders "listLoanOrders" Read None, "reading the orders of the loan";
    ReadProducts "listProducts" Read None, "reading the products";
    ReadVendors "listVendors" Read None, "searching vendors";
    ResolveFee "resolveFee" Read None, "previewing the fee";
    SuggestVendors "listSuggestedVendors" Read None, "reading the suggested vendors";
    CreateDraft "createDraft" Once None, "creating the draft";
    SaveProperty "saveDraftProperty" Idempotent None, "saving the property";
    SaveVendor "saveDraftVendor" Idempotent None, "saving the vendor choice";
    SaveConditions "saveDraftConditions" Idempotent None, "saving the conditions";
    SaveContacts "saveDraftContacts" Idempotent None, "saving the contacts";
    DeleteDraft "deleteDraft" Idempotent None, "deleting the draft";
    Activate "activateOrder" Guarded Some(Group::Activation), "activating the order";
    Assign "assignVendor" Guarded Some(Group::Assignment), "assigning the vendor";
    Hold "holdOrder" Once None, "putting the order on hold";
    Reactivate "reactivateOrder" Once None, "reactivating the order";
    Cancel "cancelOrder" Guarded None, "cancelling the order";
    UpdateOrder "updateOrder" Once None, "changing the order's terms";
    AddComment "addComment" Once None, "adding the note";
    ReadAuditLogs "listAuditLogs" Read None, "reading the workflow log";

    Accept "updateOrderStatus" Guarded Some(Group::Assignment), "recording that the vendor accepts";
    Decline "updateOrderStatus" Guarded Some(Group::Assignment), "recording that the vendor declines";
    Counter "updateOrderStatus" Guarded Some(Group::Assignment), "recording the vendor's conditions";
    // The endpoint can express moves that are P0, so every move through it is treated as one.
    BeginWork "updateOrderStatus" Guarded Some(Group::Assignment), "recording that work has begun";
    AcceptConditions "acceptConditions" Guarded Some(Group::Assignment), "accepting the vendor's conditions";
    CounterConditions "counterConditions" Guarded Some(Group::Assignment), "answering the vendor's conditions";

    ReadSlots "listInspectionSlots" Read None, "reading the inspection slots";
    Schedule "scheduleInspection" Once None, "scheduling the inspection";
    Inspected "completeInspection" Once None, "completing the inspection";

    ReadReports "listReports" Read None, "reading the reports";
    ReadReport "getReportContent" Read None, "opening the report";
    SubmitReport "submitReport" Guarded Some(Group::Qc), "submitting the report";
    ReadDocuments "listDocuments" Read None, "reading the documents";
    ReadDocument "getDocumentContent" Read None, "opening the document";
    AddDocument "addDocument" Once None, "adding the document";
    GrantAccess "grantDocumentAccess" Idempotent None, "giving access to the document";
    RevokeAccess "revokeDocumentAccess" Idempotent None, "removing access to the document";

    ReadChecklist "getChecklist" Read None, "reading the checklist";
    AnswerItem "answerChecklistItem" Idempotent None, "answering the checklist item";
    ReadFindings "listFindings" Read None, "reading the findings";
    ReadRuns "listCrossCheckRuns" Read None, "reading the CrossCheck runs";
    RunCrossCheck "runCrossCheck" Guarded Some(Group::Qc), "running CrossCheck";
    AcceptReport "acceptReport" Guarded Some(Group::Qc), "accepting the report";
    ReadRevisions "listRevisions" Read None, "reading the revisions";
    RequestRevision "requestRevision" Guarded Some(Group::Qc), "requesting the revision";
    RequestClientRevision "requestClientRevision" Guarded Some(Group::Qc), "requesting the client revision";
    ReadRovs "listRovs" Read None, "reading the reconsiderations of value";
    SubmitRov "submitRov" Guarded Some(Group::Qc), "submitting the reconsideration of value";
    DecideRov "decideRov" Guarded Some(Group::Qc), "deciding the reconsideration of value";

    ReadBorrowers "listBorrowers" Read None, "reading the borrowers";
    ReadDeliveries "listDeliveries" Read None, "reading the deliveries";
    SendToBorrower "sendToBorrower" Once None, "sending the report to the borrower";
    SendReport "sendReport" Once None, "sending the report";

    ReadUcdp "getUcdpSubmission" Read None, "reading the UCDP submission";
    ReadUcdpDetails "getUcdpDashboardDetails" Read None, "reading the UCDP findings";
    SubmitToUcdp "submitToUcdp" Guarded Some(Group::Agency), "submitting to UCDP";
    OverrideUcdp "overrideUcdpHardStops" Guarded Some(Group::Agency), "overriding the UCDP hard stops";
    ReadEad "getEadSubmission" Read None, "reading the EAD submission";
    ReadEadDetails "getEadDashboardDetails" Read None, "reading the EAD findings";
    SubmitToEad "submitToEad" Guarded Some(Group::Agency), "submitting to EAD";
    OverrideEad "overrideEadHardStops" Guarded Some(Group::Agency), "overriding the EAD hard stops";

    ReadVendorPayments "listVendorPayments" Read None, "reading what the vendor was paid";
    ReadInvoiceData "getInvoiceData" Read None, "reading the invoice data";
    ReadPaymentMethods "listPaymentMethods" Read None, "reading the payment methods";
    CreateInvoice "createInvoice" Guarded Some(Group::Payments), "creating the invoice";
    Collect "collectPayment" Guarded Some(Group::Payments), "collecting the payment";
    SendPaymentLink "sendPaymentLink" Guarded Some(Group::Payments), "sending the payment link";
    RecordPayment "recordPayment" Guarded Some(Group::Payments), "recording the payment";
    MarkPaid "markPaid" Guarded Some(Group::Payments), "marking the order as paid";
    Refund "refundPayment" Guarded Some(Group::Payments), "refunding the payment";
}

impl Operation {
    /// The operation as a heading, for example `Activating the order`.
    pub fn name(self) -> String {
        crate::message::capital(self.doing())
    }

    pub fn by_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.key() == key)
    }

    /// Does it carry what was typed into a form, which is kept until it has arrived?
    pub const fn saves_a_form(self) -> bool {
        matches!(
            self,
            Self::SaveProperty | Self::SaveVendor | Self::SaveConditions | Self::SaveContacts
        )
    }

    /// Can this operation move money beside what it is for? Then a doubtful answer is not settled without the payment
    /// history. Operations that are for moving money have their own records there; see
    /// [`rule`](crate::recovery::rule).
    pub const fn may_move_money(self) -> bool {
        matches!(self, Self::Activate | Self::Cancel)
    }
}

impl Group {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Activation => "Activation",
            Self::Assignment => "Assignment",
            Self::Qc => "QC and revision",
            Self::Payments => "Payments",
            Self::Agency => "Agency submission",
        }
    }
}

mod sealed {
    pub trait Sealed {}
}

/// A class as a type.
pub trait Marker: sealed::Sealed {
    const CLASS: Class;
}

/// Classes whose calls may be sent again by the program.
pub trait Repeatable: Marker {}

/// Classes whose calls are sent once, and judged by [`recovery`](crate::recovery) when the answer is in doubt.
pub trait SentOnce: Marker {}

macro_rules! classes {
    ($($name:ident: $extra:ident),*) => {$(
        #[derive(Clone, Copy, Debug)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl Marker for $name { const CLASS: Class = Class::$name; }
        impl $extra for $name {}
    )*};
}
classes!(Read: Repeatable, Idempotent: Repeatable, Once: SentOnce, Guarded: SentOnce);

/// An operation whose class the compiler knows. Naming a wrong class does not compile:
///
/// ```compile_fail
/// use omnival_core::operation::{Op, Operation, Read};
/// const WRONG: Op<Read> = Op::new(Operation::Activate);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Op<C> {
    operation: Operation,
    class: PhantomData<C>,
}

impl<C: Marker> Op<C> {
    /// # Panics
    /// In a constant, at compile time, when `operation` is not of class `C`.
    #[allow(clippy::panic)]
    pub const fn new(operation: Operation) -> Self {
        if operation.class() as u8 != C::CLASS as u8 {
            panic!("the operation is of another class");
        }
        Self {
            operation,
            class: PhantomData,
        }
    }

    pub const fn operation(self) -> Operation {
        self.operation
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request, as plain data. Not `Clone`: whoever holds it holds the only one.
#[derive(Debug)]
pub struct Request {
    pub operation: Operation,
    pub method: Method,
    /// Path and query, below the API's base.
    pub path: String,
    pub body: Option<String>,
}

impl Request {
    /// Method and path, without the query: what was searched for is nobody's business in a support bundle.
    pub fn endpoint(&self) -> String {
        let path = self.path.split('?').next().unwrap_or_default();
        [self.method.as_str(), " ", path].concat()
    }
}

/// A request whose class the compiler knows. Only the API module makes these, because only it knows paths.
///
/// Sending consumes it, and it cannot be cloned, so replaying a guarded call does not compile:
///
/// ```compile_fail
/// use omnival_core::operation::{Call, Guarded};
/// fn replay(call: Call<Guarded>) -> (Call<Guarded>, Call<Guarded>) {
///     (call.clone(), call)
/// }
/// ```
///
/// Nor does handing it to what repeats:
///
/// ```compile_fail
/// use omnival_core::operation::{Call, Guarded};
/// use omnival_core::recovery::retry::Retries;
/// fn retry(call: &Call<Guarded>) -> Retries {
///     Retries::of(call)
/// }
/// ```
#[derive(Debug)]
pub struct Call<C> {
    request: Request,
    class: PhantomData<C>,
}

impl<C: Marker> Call<C> {
    pub fn new(op: Op<C>, method: Method, path: String, body: Option<String>) -> Self {
        let request = Request {
            operation: op.operation,
            method,
            path,
            body,
        };
        Self {
            request,
            class: PhantomData,
        }
    }

    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// For sending.
    pub fn into_request(self) -> Request {
        self.request
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_p0_group_member_is_guarded() {
        for operation in Operation::ALL {
            if operation.group().is_some() {
                assert_eq!(operation.class(), Class::Guarded, "{operation:?}");
            }
        }
    }

    #[test]
    fn only_moves_of_one_endpoint_share_a_name_and_none_shares_a_key() {
        for (index, one) in Operation::ALL.iter().enumerate() {
            assert_eq!(Operation::by_key(one.key()), Some(*one));
            for other in &Operation::ALL[..index] {
                if one.api_name() == other.api_name() {
                    assert_eq!(one.api_name(), "updateOrderStatus", "{one:?} and {other:?}");
                    assert_eq!(one.class(), other.class());
                }
            }
        }
    }
}
