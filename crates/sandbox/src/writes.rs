//! The writes: the state machine, enforced.

mod act;
mod activate;
mod agency;
mod assign;
mod cancel;
mod conditions;
mod deliveries;
mod documents;
mod draft;
mod idempotency;
mod inspection;
mod invoices;
mod pause;
mod payments;
mod permissions;
mod qc;
mod reports;
mod respond;
mod rovs;
mod update;

pub use act::*;
