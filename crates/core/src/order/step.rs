//! What an operator does on an order: one row for each step, from which everything that is known of it is read.
//!
//! Sources: docs/sources.md, page by page from `lifecycle/transitions`.

use super::closed;
use super::full::Order;
use crate::operation::Operation;
use crate::session::User;
use crate::status::Status;
use crate::words::{LoanKind, Permission, Portal};
use Taken::{Active, By, In};

/// Where on the order's page a step is taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Section {
    /// The order as a whole, above its sections.
    Order,
    Vendor,
    Inspection,
    Report,
    Delivery,
    Agency,
    Money,
    /// Files that are handed in.
    Documents,
    /// The terms, and what is noted beside them.
    Notes,
}

impl Section {
    /// Is there anything in it for this user? The platform refuses a vendor what the other sections read.
    pub fn is_for(self, user: &User) -> bool {
        match self {
            Self::Order | Self::Vendor | Self::Inspection | Self::Documents | Self::Notes => true,
            Self::Report | Self::Delivery | Self::Agency | Self::Money => !user.is_vendor(),
        }
    }
}

/// How much a step's button stands out.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Weight {
    Plain,
    /// It leads the order on: it stands out while it is its section's turn.
    Next,
    Primary,
    Danger,
}

/// The operation behind a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Behind {
    /// None of its own: it leads to a form with several.
    Form,
    One(Operation),
    /// One for each portal.
    Portal {
        ucdp: Operation,
        ead: Operation,
    },
}

/// By which statuses a step is open, and what is said where it is not.
#[derive(Clone, Copy)]
pub(super) enum Taken {
    In(&'static [Status], &'static str),
    /// On every order that is active or on hold.
    Active(&'static str),
    By(fn(Status) -> Option<&'static str>),
}

#[derive(Clone, Copy)]
pub(super) struct Row {
    section: Section,
    label: &'static str,
    weight: Weight,
    behind: Behind,
    pub(super) taken: Taken,
    /// Why it is closed by what the order is like, where its status would allow it.
    pub(super) unless: fn(&Order) -> Option<&'static str>,
    pub(super) needs_all: bool,
    pub(super) outlives: bool,
}

impl Row {
    const fn unless(self, unless: fn(&Order) -> Option<&'static str>) -> Self {
        Self { unless, ..self }
    }

    /// Open only on a draft that is complete.
    const fn needs_all(self) -> Self {
        Self {
            needs_all: true,
            ..self
        }
    }

    /// Money and notes outlive the work: open on an order that is closed, too.
    const fn outlives(self) -> Self {
        Self { outlives: true, ..self }
    }
}

macro_rules! steps {
    (@behind) => { Behind::Form };
    (@behind $one:ident) => { Behind::One(Operation::$one) };
    (@behind $ucdp:ident $ead:ident) => {
        Behind::Portal { ucdp: Operation::$ucdp, ead: Operation::$ead }
    };
    (
        no step: [$($none:ident)*];
        $($step:ident [$($operation:ident)*] $section:ident $weight:ident $label:literal,
            $taken:expr $(, $also:ident $(($with:expr))?)*;)*
    ) => {
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Step { $($step),* }

        impl Step {
            /// Every step, in the order in which a page shows them.
            pub const ALL: &'static [Self] = &[$(Self::$step),*];

            pub(super) const fn row(self) -> &'static Row {
                match self {
                    $(Self::$step => const { &Row {
                        section: Section::$section,
                        label: $label,
                        weight: Weight::$weight,
                        behind: steps!(@behind $($operation)*),
                        taken: $taken,
                        unless: |_| None,
                        needs_all: false,
                        outlives: false,
                    }$(.$also($($with)?))* }),*
                }
            }
        }

        impl Operation {
            /// The step that it is behind, if an operator begins it by one.
            pub const fn step(self) -> Option<Step> {
                match self {
                    $($(Self::$operation => Some(Step::$step),)*)*
                    $(Self::$none => None,)*
                }
            }
        }
    };
}

const ANSWER: &str = "Possible while the vendor's answer is awaited: status “Order assigned”, or an offer that is the vendor's to answer.";
const TERMS: &str = "Possible while conditions of the vendor wait for an answer.";
const UNDER_QC: &str = "Possible while a submitted report waits for QC.";
const ACCEPTED: &str = "Possible once QC has accepted the report.";
const NOT_PAID_YET: &str = "A draft has nothing to pay yet.";

// What is begun without a step. Then for each step its operations, section, weight and label; where the
// platform takes it, and what is said elsewhere; what else closes it, and whether it outlives the order's end.
steps! {
    no step: [
        SignIn Refresh SignOut WhoAmI
        ListOrders ReadOrder FindOrder ReadHistory ReadPayments ReadLoans ReadLoanOrders ReadProducts ReadVendors
        ResolveFee SuggestVendors ReadAuditLogs ReadSlots ReadReports ReadReport ReadDocuments ReadDocument
        ReadChecklist ReadFindings ReadRuns ReadRevisions ReadRovs ReadBorrowers ReadDeliveries
        ReadUcdp ReadUcdpDetails ReadEad ReadEadDetails ReadVendorPayments ReadInvoiceData ReadPaymentMethods
        CreateDraft SaveProperty SaveVendor SaveConditions SaveContacts
        GrantAccess RevokeAccess AnswerItem
    ];

    Edit [] Order Plain "Edit draft", By(closed::edit);
    Activate [Activate] Order Primary "Activate", By(closed::activate), needs_all;
    Assign [Assign] Order Primary "Assign vendor", By(closed::assign);
    Hold [Hold] Order Plain "Put on hold", By(closed::hold);
    Reactivate [Reactivate] Order Primary "Reactivate", By(closed::reactivate);
    Cancel [Cancel] Order Danger "Cancel order", By(closed::cancel);
    Delete [DeleteDraft] Order Danger "Delete draft", By(closed::edit);

    Accept [Accept] Vendor Next "Vendor accepts",
        In(&[Status::Assigned, Status::AcceptedWithConditions], ANSWER), unless(closed::vendors_own_offer);
    Counter [Counter] Vendor Plain "Vendor sets conditions",
        In(&[Status::Assigned, Status::AcceptedWithConditions], ANSWER);
    Decline [Decline] Vendor Plain "Vendor declines",
        In(&[Status::Assigned, Status::AcceptedWithConditions], ANSWER);
    AcceptConditions [AcceptConditions] Vendor Next "Accept conditions",
        In(&[Status::AcceptedWithConditions], TERMS), unless(closed::clients_own_offer);
    CounterConditions [CounterConditions] Vendor Plain "Counter",
        In(&[Status::AcceptedWithConditions], TERMS), unless(closed::clients_own_offer);
    BeginWork [BeginWork] Vendor Next "Begin work",
        In(&[Status::Accepted], "Possible once the vendor has accepted the order.");

    Schedule [Schedule] Inspection Next "Schedule inspection",
        In(&[Status::Accepted, Status::InProgress, Status::InspectionScheduled],
            "Possible between the vendor's acceptance and the inspection.");
    Inspected [Inspected] Inspection Next "Inspection completed",
        In(&[Status::InspectionScheduled], "Possible once an inspection is scheduled.");
    SubmitReport [SubmitReport] Documents Next "Submit report",
        In(&[Status::InspectionCompleted, Status::RevisionRequested, Status::ClientRevisionRequested],
            "Possible after the inspection, or when a revision was requested.");

    RunCrossCheck [RunCrossCheck] Report Plain "Run CrossCheck", In(&[Status::ReportSubmitted], UNDER_QC);
    AcceptReport [AcceptReport] Report Next "Accept report", In(&[Status::ReportSubmitted], UNDER_QC);
    RequestRevision [RequestRevision] Report Plain "Request revision",
        In(&[Status::ReportSubmitted], UNDER_QC);
    RequestClientRevision [RequestClientRevision] Report Plain "Client revision",
        In(&[Status::ReportAccepted], ACCEPTED);
    SubmitRov [SubmitRov] Report Plain "Reconsideration of value", In(&[Status::ReportAccepted], ACCEPTED);
    DecideRov [DecideRov] Report Next "Decide reconsideration",
        In(&[Status::RovBorrower, Status::RovClient], "Possible while a reconsideration of value is open.");

    SendToBorrower [SendToBorrower] Delivery Next "Send to borrower",
        In(&[Status::ReportAccepted], ACCEPTED);
    SendReport [SendReport] Delivery Plain "Send to others",
        In(&[Status::ReportAccepted, Status::Completed], ACCEPTED), outlives;
    SubmitToAgency [SubmitToUcdp SubmitToEad] Agency Next "Submit",
        In(&[Status::ReportAccepted], ACCEPTED), unless(closed::nothing_to_submit);
    Override [OverrideUcdp OverrideEad] Agency Next "Override findings",
        In(&[Status::ReportAccepted], ACCEPTED), unless(closed::nothing_to_override);

    CreateInvoice [CreateInvoice] Money Plain "Create invoice",
        In(&[Status::ReportAccepted, Status::Completed], closed::UNDELIVERED), unless(closed::undelivered), outlives;
    Collect [Collect] Money Next "Collect payment",
        In(&[Status::ReportAccepted, Status::Completed], closed::UNDELIVERED), unless(closed::not_to_collect), outlives;
    SendPaymentLink [SendPaymentLink] Money Plain "Send payment link",
        Active(NOT_PAID_YET), unless(closed::paid), outlives;
    RecordPayment [RecordPayment] Money Plain "Record payment", Active(NOT_PAID_YET), outlives;
    MarkPaid [MarkPaid] Money Plain "Mark as paid",
        In(&[Status::ReportAccepted, Status::Completed], closed::UNDELIVERED), unless(closed::not_to_mark_paid), outlives;
    Refund [Refund] Money Plain "Refund", Active("A draft has no payments."), outlives;

    Update [UpdateOrder] Notes Plain "Change fee or due date", Active("Edit the draft instead.");
    Comment [AddComment] Notes Plain "Add note",
        Active("A draft has no history to note anything in."), outlives;
    AddDocument [AddDocument] Documents Plain "Add document",
        Active("Activate the order first."), outlives;
}

impl Step {
    pub const fn section(self) -> Section {
        self.row().section
    }

    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// What the button says on this order.
    pub fn label_on(self, order: &Order) -> &'static str {
        if self == Self::Assign && order.vendor.is_some() {
            "Reassign vendor"
        } else {
            self.label()
        }
    }

    /// What the platform asks for before it lets a user take it: the same through each portal.
    pub const fn permission(self) -> Option<Permission> {
        match self.behind() {
            // A form for a draft, as creating one.
            Behind::Form => Operation::CreateDraft.permission(),
            Behind::One(operation) | Behind::Portal { ucdp: operation, .. } => operation.permission(),
        }
    }

    pub const fn weight(self) -> Weight {
        self.row().weight
    }

    pub const fn behind(self) -> Behind {
        self.row().behind
    }

    /// The operation behind it on this order.
    pub fn operation(self, order: &Order) -> Option<Operation> {
        match self.behind() {
            Behind::Form => None,
            Behind::One(operation) => Some(operation),
            Behind::Portal { ead, .. } if is_fha(order) => Some(ead),
            Behind::Portal { ucdp, .. } => Some(ucdp),
        }
    }
}

/// FHA loans go to EAD, conventional ones to UCDP.
pub fn is_fha(order: &Order) -> bool {
    order
        .agency
        .as_ref()
        .map_or(order.loan.kind == LoanKind::Fha, |agency| agency.portal == Portal::Ead)
}
