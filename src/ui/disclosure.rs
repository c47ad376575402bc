//! Something that can be opened below its summary: the browser's own `<details>`.

use leptos::prelude::*;

use super::Icon;

/// The content is in the page from the start, so that the browser's search finds it.
#[component]
pub fn Disclosure(
    #[prop(into)] summary: Signal<String>,
    #[prop(optional)] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=["disclosure ", class].concat()>
            <summary>
                <Icon name="chevron"/>
                {summary}
            </summary>
            {children()}
        </details>
    }
}
