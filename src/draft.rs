//! Drafts: creating, editing, and keeping every keystroke on this device until it has arrived.

mod duplicates;
mod edit;
mod fields;
mod form;
mod form_choices;
mod like;
mod loan;
mod new;
mod property_types;
mod review;
mod steps;

pub use edit::EditDraft;
pub use new::NewOrder;
