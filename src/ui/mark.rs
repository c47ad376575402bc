//! The product's sign.

use leptos::prelude::*;

#[component]
pub fn Mark() -> impl IntoView {
    // A static `use_` would be written as it stands: only a dynamic one becomes the SVG element.
    let sign = String::from("#mark");
    view! {
        <svg class="mark" aria-hidden="true">
            <use_ href=sign></use_>
        </svg>
    }
}
