//! Bars that hold the place of text which is still coming.

use leptos::prelude::*;

/// As high as `lines` lines of text, so that nothing moves when they come.
#[component]
pub fn Skeleton(lines: usize) -> impl IntoView {
    const WIDTHS: [&str; 3] = ["l", "m", "s"];
    let bars = WIDTHS.iter().cycle().take(lines);
    let bars: Vec<_> = bars
        .map(|width| view! { <span class="skel" data-w=*width></span> })
        .collect();
    view! { <div aria-hidden="true">{bars}</div> }
}
