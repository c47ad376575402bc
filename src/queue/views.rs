//! The rail of views, by whose ball it is, with counts.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::{Query, VIEWS, View};
use omnival_wire::order::Page;

use crate::api::Remote;
use crate::routes;

#[component]
pub fn Views(client: Memo<ClientId>, query: Memo<Query>, orders: Remote<Page>) -> impl IntoView {
    let link = move |view: View| {
        let count = move || {
            orders.with(|orders| {
                let counts = &orders.value.as_ref()?.counts;
                counts.iter().find(|(key, _)| key == view.key).map(|(_, count)| *count)
            })
        };
        let current = move || (query.get().view == view.key).then_some("page");
        let href = move || routes::orders(&client.get(), &query.get().with_view(view.key));
        view! { <li><a href=href aria-current=current><span>{view.label}</span><span class="count num">{count}</span></a></li> }
    };
    let groups = VIEWS
        .chunk_by(|one, next| one.heading == next.heading)
        .map(|group| {
            let heading = group.first().map_or("", |view| view.heading);
            view! { <h2>{heading}</h2><ul>{group.iter().copied().map(link).collect_view()}</ul> }
        })
        .collect_view();
    view! { <nav class="views" aria-label="Views">{groups}</nav> }
}
