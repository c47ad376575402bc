//! One order: what it is, where it stands, how it got there, and what can be done now.

pub mod actions;
mod completion;
pub mod confirm;
pub mod facts;
mod header;
mod life;
pub mod lists;
pub mod missing;
mod page;
mod rail;
mod reason;
pub mod state;
pub mod timeline;

pub use page::OrderPage;
pub use state::OrderState;

use leptos::prelude::*;
use omnival_core::order::Status;

use crate::parts::Badge;

/// A status as every screen shows it.
pub fn status_badge(status: Status) -> AnyView {
    view! { <Badge name=status.label() phase=status.mark()/> }.into_any()
}
