//! A button that copies one text, and says whether it did.

use std::time::Duration;

use leptos::prelude::*;

use super::Icon;
use super::live::{self, attr_if};
use crate::platform::{clipboard, task};

const SAID_FOR: Duration = Duration::from_secs(3);

const COPIED: &str = "Copied";
const REFUSED: &str = "Not copied: select it and press Ctrl+C";

/// The button keeps its place in the tab order and its focus; its words are the answer, and are
/// spoken from beside it, because what is inside a button is no live region.
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, label: &'static str) -> impl IntoView {
    // What was said last; empty when there is nothing to say.
    let said = RwSignal::new(String::new());
    let copy = move |_| {
        let text = text.get_untracked();
        task::spawn(async move {
            let done = clipboard::copy(&text).await;
            said.try_set(if done { COPIED } else { REFUSED }.to_owned());
            let forget = move || {
                said.try_set(String::new());
            };
            set_timeout(forget, SAID_FOR);
        });
    };
    let words = live::text(move || {
        Some(said.get())
            .filter(|said| !said.is_empty())
            .unwrap_or_else(|| label.to_owned())
    });
    view! {
        <button
            type="button"
            class="btn quiet small copy"
            data-copied=attr_if(move || said.with(|said| said == COPIED), "")
            on:click=copy
        >
            <Icon name="copy"/>
            <span>{words}</span>
        </button>
        <span class="vh" role="status">{live::text(move || said.get())}</span>
    }
}
