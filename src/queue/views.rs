//! The list of views, by whose ball it is, with counts.

use leptos::prelude::*;
use omnival_core::queue::{VIEWS, View};

use super::state::Queue;
use crate::ui::live::{attr, attr_if, text};

pub fn views(queue: Queue) -> AnyView {
    let groups = VIEWS
        .chunk_by(|one, next| one.heading == next.heading)
        .map(|group| {
            let heading = group.first().map_or("", |view| view.heading);
            let links: Vec<_> = group.iter().map(|view| link(queue, *view)).collect();
            view! { <h2>{heading}</h2><ul>{links}</ul> }
        })
        .collect_view();
    view! { <nav class="views" aria-label="Views">{groups}</nav> }.into_any()
}

fn link(queue: Queue, view: View) -> impl IntoView {
    let count = text(move || {
        queue.orders.with(|orders| {
            let counts = orders
                .value
                .as_ref()
                .map(|page| page.counts.as_slice())
                .unwrap_or_default();
            let count = counts.iter().find(|(key, _)| key == view.key);
            count.map(|(_, count)| count.to_string()).unwrap_or_default()
        })
    });
    let current = attr_if(move || queue.query.get().view == view.key, "page");
    let href = attr(move || Some(queue.link(&queue.query.get().with_view(view.key))));
    view! { <li><a href=href aria-current=current><span>{view.label}</span><span class="count num">{count}</span></a></li> }
}
