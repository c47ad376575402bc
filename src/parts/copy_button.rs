//! A button that copies one text, and says whether it did.

use std::time::Duration;

use leptos::prelude::*;

use super::Icon;
use crate::platform::{clipboard, task};

const SAID_FOR: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Copied,
    Refused,
}

/// The button keeps its place in the tab order and its focus; its words are the answer, and are
/// spoken from beside it, because what is inside a button is no live region.
#[component]
pub fn CopyButton(#[prop(into)] text: Signal<String>, label: &'static str) -> impl IntoView {
    let said = RwSignal::new(Said::Nothing);
    let copy = move |_| {
        let text = text.get_untracked();
        task::spawn(async move {
            let copied = clipboard::copy(&text).await;
            said.try_set(if copied { Said::Copied } else { Said::Refused });
            let forget = move || {
                said.try_set(Said::Nothing);
            };
            set_timeout(forget, SAID_FOR);
        });
    };
    let answer = move || match said.get() {
        Said::Nothing => "",
        Said::Copied => "Copied",
        Said::Refused => "Not copied: select it and press Ctrl+C",
    };
    let words = move || match answer() {
        "" => label,
        answer => answer,
    };
    view! {
        <button
            type="button"
            class="btn quiet small copy"
            data-copied=move || said.get() == Said::Copied
            on:click=copy
        >
            <Icon name="copy"/>
            <span>{words}</span>
        </button>
        <span class="vh" role="status">{answer}</span>
    }
}
