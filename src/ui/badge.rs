//! An order's status: its name in words, its phase as a shape. Colour only helps.

use leptos::prelude::*;

/// `phase` is one of `draft intake vendor qc loop delivery closed cancelled hold unknown`.
#[component]
pub fn Badge(#[prop(into)] name: String, phase: &'static str) -> impl IntoView {
    view! {
        <span class="badge" data-phase=phase>
            <svg class="icon" aria-hidden="true">
                <use_ href=["#p-", phase].concat()></use_>
            </svg>
            <span>{name}</span>
        </span>
    }
}
