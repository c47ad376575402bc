//! A failure where it happened: what happened, what to do next. It stays until its cause is gone.

use leptos::prelude::*;

use super::Icon;

/// Both sentences are needed: one that only says that something failed helps nobody. Children are
/// the buttons that do what the second sentence says.
#[component]
pub fn ErrorNote(
    #[prop(into)] happened: String,
    #[prop(into)] next: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="note" data-tone="danger" role="alert">
            <Icon name="alert"/>
            <div>
                <p class="strong">{happened}</p>
                <p>{next}</p>
            </div>
            {children.map(|buttons| view! { <div class="row">{buttons()}</div> })}
        </div>
    }
}
