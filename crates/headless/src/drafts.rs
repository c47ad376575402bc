//! What the forms of drafts decide: what fills a field, what is saved in which order, what a colleague's changes do to
//! what was typed, and when an order may be created.
//!
//! Plain values in, plain values out: the form shows them. Must never replace what the operator typed unasked, and never
//! create anything while it is not known what became of what was sent before.

mod create;
mod duplicates;
mod earlier;
mod edit;
mod fields;
mod fill;
mod save;

pub use create::{AfterEnd, AfterWait, Submit, after_wait, copy_for_edit, is_blocked, on_end, on_submit, went_on};
pub use duplicates::{Compared, Place, by_loan, by_place, nothing_found, only_newest, place};
pub use earlier::{Earlier, Next, Panel, Question};
pub use edit::{AfterSave, Clash, after_save, merge_in, opened};
pub use fields::{Fields, Refusals, refusals};
pub use fill::{Filling, fee_question, label_of_loan, label_of_order, loan_chosen, same_loan, terms};
pub use save::{delete, read_after_clash, save};
