//! The contract's words that the console compares, as types, so that a misspelt word does not compile.
//!
//! A word that is new to us is kept as the platform wrote it, and shown so. Words that are only shown stay text.

/// Enums of the platform's words, each with `Other` for a word that is new to us.
macro_rules! words {
    ($($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, Hash, Debug)]
        pub enum $name {
            $($(#[$note])* $variant,)+
            /// A word that is new to us, as the platform wrote it.
            Other(String),
        }

        impl $name {
            /// Every word that is known.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($word => Self::$variant,)+
                    _ => Self::Other(text.to_owned()),
                }
            }
        }

        /// No word at all.
        impl Default for $name {
            fn default() -> Self {
                Self::Other(String::new())
            }
        }
    )+};
}

/// An enum of names that are all known.
macro_rules! names {
    ($(#[$about:meta])* pub enum $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum $name { $($(#[$note])* $variant,)+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

names! {
    /// What the platform asks for before it lets a user act: the contract's `x-permission`.
    pub enum Permission {
        OrdersView = "orders.view",
        OrdersCreate = "orders.create",
        OrdersActivate = "orders.activate",
        OrdersAssign = "orders.assign",
        OrdersRespond = "orders.respond",
        OrdersSchedule = "orders.schedule",
        OrdersHold = "orders.hold",
        OrdersCancel = "orders.cancel",
        ReportsSubmit = "reports.submit",
        QcReview = "qc.review",
        QcRevise = "qc.revise",
        RovSubmit = "rov.submit",
        RovDecide = "rov.decide",
        DeliverySend = "delivery.send",
        AgencySubmit = "agency.submit",
        AgencyOverride = "agency.override",
        InvoiceCreate = "invoice.create",
        PaymentCollect = "payment.collect",
        PaymentRecord = "payment.record",
        PaymentRefund = "payment.refund",
        DocumentsManage = "documents.manage",
    }
}

words! {
    pub enum Role {
        Admin = "admin",
        Operations = "operations",
        Client = "client",
        Finance = "finance",
        Qc = "qc",
        Vendor = "vendor",
    }

    /// What kind of hand was at work.
    pub enum Source {
        User = "user",
        Automation = "automation",
        Partner = "partner",
    }

    pub enum LoanKind {
        Conventional = "conventional",
        Fha = "fha",
        Va = "va",
        Usda = "usda",
    }

    pub enum ContactRole {
        Borrower = "borrower",
        CoBorrower = "coBorrower",
        Agent = "agent",
        Occupant = "occupant",
    }

    /// Who made the offer that is on the table.
    pub enum Side {
        Vendor = "vendor",
        Client = "client",
    }

    /// When an order is paid.
    pub enum Scenario {
        Invoice = "invoice",
        ChargeAtActivation = "chargeAtActivation",
        CollectOnDelivery = "collectOnDelivery",
    }

    /// How far the payment of an order has come.
    pub enum PaymentStatus {
        NotDue = "notDue",
        Due = "due",
        Pending = "pending",
        Paid = "paid",
        Failed = "failed",
        Refunded = "refunded",
    }

    /// What one record of the payment history is.
    pub enum PaymentKind {
        Charge = "charge",
        Refund = "refund",
        PaymentLink = "paymentLink",
        Received = "received",
    }

    /// How far the money of one payment record has come.
    pub enum TransferStatus {
        Pending = "pending",
        Succeeded = "succeeded",
        Failed = "failed",
    }

    /// How the client pays.
    pub enum MethodKind {
        Ach = "ach",
        Paypal = "paypal",
        StoredCard = "storedCard",
    }

    pub enum InvoiceStatus {
        Open = "open",
        Paid = "paid",
    }

    /// The most specific area that a vendor covers where the property is.
    pub enum Coverage {
        Zip = "zip",
        County = "county",
        State = "state",
        None = "none",
    }

    pub enum ChecklistAnswer {
        Pass = "pass",
        Fail = "fail",
        NotApplicable = "notApplicable",
    }

    pub enum RunStatus {
        Running = "running",
        Completed = "completed",
        Failed = "failed",
    }

    /// Who wanted a revision.
    pub enum RevisionSource {
        Qc = "qc",
        Client = "client",
        Automation = "automation",
        Rov = "rov",
    }

    pub enum RovStatus {
        Open = "open",
        Approved = "approved",
        Denied = "denied",
    }

    /// Whom a report was sent to.
    pub enum Recipient {
        Borrower = "borrower",
        Another = "other",
    }

    pub enum Portal {
        Ucdp = "ucdp",
        Ead = "ead",
    }

    /// How far the submission of an appraisal has come.
    pub enum AgencyStatus {
        NotRequired = "notRequired",
        NotSubmitted = "notSubmitted",
        Submitting = "submitting",
        Received = "received",
        InProgress = "inProgress",
        Successful = "successful",
        SuccessfulWithWarnings = "successfulWithWarnings",
        NotSuccessful = "notSuccessful",
        OverrideRequested = "overrideRequested",
    }

    /// Who takes an appraisal.
    pub enum Gse {
        FannieMae = "fannieMae",
        FreddieMac = "freddieMac",
        Fha = "fha",
    }

    /// How bad a portal's finding is.
    pub enum Severity {
        Info = "info",
        Warning = "warning",
        Fatal = "fatal",
        HardStop = "hardStop",
    }
}

impl AgencyStatus {
    /// Received is not success: the result comes later.
    pub const fn is_on_its_way(&self) -> bool {
        matches!(
            self,
            Self::Submitting | Self::Received | Self::InProgress | Self::OverrideRequested
        )
    }

    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Successful | Self::SuccessfulWithWarnings)
    }
}
