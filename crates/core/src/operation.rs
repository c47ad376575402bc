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

/// The founding page's groups of P0 actions.
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

            /// The contract's `operationId`.
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
    ReadLoan "getLoan" Read None, "reading the loan";
    ReadLoanOrders "listLoanOrders" Read None, "reading the orders of the loan";
    ReadProducts "listProducts" Read None, "reading the products";
    ReadBranches "listBranches" Read None, "reading the branches";
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
}

impl Operation {
    /// The operation as a heading, for example `Activating the order`.
    pub fn name(self) -> String {
        crate::message::capital(self.doing())
    }

    /// Can this operation move money? Then a doubtful answer is not settled without the payment history.
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
    Delete,
}

impl Method {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
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
    fn api_names_are_unique() {
        // Two ways to read one order are one operation to the operator, but two in the contract.
        let mut names: Vec<_> = Operation::ALL.iter().map(|operation| operation.api_name()).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
