//! What the workflow allows and what follows from what: fees, eligibility, settlement, visibility, deadlines.
//!
//! The rules look at orders and records; who asked, and by which request, they do not know.

pub mod crosscheck;
pub mod deadlines;
pub mod eligibility;
pub mod fees;
pub mod invoices;
pub mod papers;
pub mod portal;
pub mod reports;
pub mod settlement;
pub mod slots;
pub mod visibility;
