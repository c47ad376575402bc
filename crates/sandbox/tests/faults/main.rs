//! Faults as a client on the other end of a real connection meets them, judged by the ledger.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod arming;
mod connections;
mod order_moves;
mod sessions;
mod support;
mod uploads;
