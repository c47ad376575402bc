//! From a doubtful answer to a verdict.
//!
//! [`outcome`] says what one reply proves, [`retry`] whether a repeatable call goes again, [`attempt`] leads a write
//! that is sent once from its button to its verdict, by what it asks of its driver ([`effect`]); [`evidence`] compares
//! what the platform now records with what it recorded when the button was pressed ([`snapshot`]), [`journal`] says what
//! is written down of it and by whom, [`ownership`] which page follows it, [`ending`] how it ended, and [`conflict`] lays
//! the difference out for the operator.
//!
//! Architecture invariant: nothing here can make a `Guarded` or `Once` call go out a second time; an
//! [`attempt::Attempt`] hands out its one [`effect::Ticket`] when its intent has been written down.

pub mod attempt;
pub mod conflict;
pub mod effect;
pub mod ending;
pub mod evidence;
pub mod intent;
pub mod journal;
pub mod outcome;
pub mod ownership;
pub mod retry;
pub mod rule;
pub mod snapshot;

pub use attempt::Attempt;
pub use ending::Conclusion;
pub use evidence::{Evidence, Verdict};
pub use outcome::{Answer, Loss, NotSent, Problem, Reply};
