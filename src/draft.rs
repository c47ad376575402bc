//! Drafts: creating, editing, and keeping every keystroke on this device until it has arrived.

mod edit;
mod fields;
mod form;
mod like;
mod loan;
pub mod mirror;
mod new;
mod offer;
mod review;
mod steps;
mod twins;

pub use edit::EditDraft;
pub use new::NewOrder;
