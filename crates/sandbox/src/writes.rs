//! The writes: the state machine, enforced.
//!
//! A write is one transaction that holds the order, its history, its payments and the ledger entry; it takes effect whole
//! or not at all. Checks run in the contract's order: syntax, visibility (404), permission (403), content (400), fence and
//! state (409), completeness (422). A write never calls what happens later by itself: it puts a task on the table.

mod act;
mod activate;
mod agency;
mod assign;
mod body;
mod cancel;
mod conditions;
mod deliveries;
mod dispatch;
mod documents;
mod done;
mod draft;
mod idempotency;
mod inspection;
mod invoices;
mod pause;
mod payments;
pub mod permissions;
mod qc;
mod reports;
pub mod request;
mod respond;
mod rovs;
mod terms;
mod update;

pub use act::Act;
pub use dispatch::{Details, change};
pub use done::Done;
pub use respond::{OPERATION_OF_VENDORS, accept, by_itself};
