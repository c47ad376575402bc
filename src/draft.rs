//! Drafts: creating, editing, and keeping every keystroke on this device until it has arrived.

mod edit;
mod fields;
mod form;
mod loan;
pub mod mirror;
mod new;

pub use edit::EditDraft;
pub use new::NewOrder;
