//! A sign from the sprite in `index.html`. Always beside a word or inside something that is
//! named: an icon alone says nothing to somebody who cannot see it.

use leptos::prelude::*;

/// `name` is one of the sprite's ids without its `i-`. Never takes space away from its neighbours.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use_ href=["#i-", name].concat()></use_>
        </svg>
    }
}
