//! A status as every screen shows it.

use leptos::prelude::*;
use omnival_core::order::Status;

use crate::ui::Badge;

pub fn status_badge(status: Status) -> AnyView {
    view! { <Badge name=status.label() phase=status.mark()/> }.into_any()
}
