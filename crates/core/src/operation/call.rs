//! A request to be sent, with its class as a type.
//!
//! Architecture invariant: a call of a class that is sent once can be neither cloned nor handed to what repeats.

use std::marker::PhantomData;

use super::class::{Marker, Method};
use super::table::Operation;

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

    /// For an operation that is known when the program runs; `None` when it is of another class.
    pub const fn of(operation: Operation) -> Option<Self> {
        if operation.class() as u8 == C::CLASS as u8 {
            Some(Self {
                operation,
                class: PhantomData,
            })
        } else {
            None
        }
    }

    pub const fn operation(&self) -> Operation {
        self.operation
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
