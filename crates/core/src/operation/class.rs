//! The classes of operations, as values and as types, and what else a row of the table names.

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

/// Classes whose calls are sent once, and judged by `recovery` when the answer is in doubt.
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
