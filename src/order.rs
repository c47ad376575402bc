//! One order: what it is, where it stands, how it got there, and what can be done now.

mod actions;
mod attempt_panel;
mod completion;
mod facts;
mod header;
mod lists;
mod missing;
mod page;
mod progress;
mod sections;
mod state;
mod status_map;
mod step_buttons;
mod step_dialog;
mod steps;
mod timeline;

pub use page::OrderPage;
pub use state::OrderState;
