//! Every operation of the contract that the console uses, and what may be done with it after a doubtful answer: one row
//! each in the `table`, from which everything else is read.
//!
//! The class of an operation is a type. A [`Call`] of class [`Guarded`] or [`Once`] cannot be handed to anything that
//! repeats: [`Repeatable`] is implemented for [`Read`] and [`Idempotent`] alone, and sealed.

mod call;
mod class;
mod columns;
mod evidence;
mod lookup;
mod table;
mod words;

pub use call::{Call, Op, Request};
pub use class::{Class, Group, Guarded, Idempotent, Marker, Method, Once, Read, Repeatable, SentOnce};
pub use evidence::{Ledger, Rule, Settled, Term};
pub use table::Operation;
pub use words::Words;

/// What `{client}` stands for in the table's paths begins with; the client's id follows.
pub const CLIENTS: &str = "/api/clients/";
