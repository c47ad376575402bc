//! Walks an order through its steps, writing what each one leaves behind: history, audit lines,
//! payments, documents.

mod closing;
mod narrator;
mod review;
mod start;
mod telling;
mod vendor;

pub(super) use narrator::Story;
