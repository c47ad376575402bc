//! A link within the console, to an address of `routes`.

use leptos::prelude::*;

/// One body for all links of this shape: in a view, each would be a type of its own.
pub fn link(class: &'static str, to: String, content: AnyView) -> AnyView {
    view! { <a class=class href=to>{content}</a> }.into_any()
}
