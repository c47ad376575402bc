//! The tray as it is shown: every attempt without a known end, visible from everywhere.

use leptos::prelude::*;

use crate::console::Console;
use crate::console::tray::{Pending, TrayCommand};
use crate::ui::live::{live, text, when};
use crate::ui::{CopyButton, Icon};

const fn attempts(count: usize) -> &'static str {
    if count == 1 {
        " attempt without a known end"
    } else {
        " attempts without a known end"
    }
}

/// Shown while there is anything in it.
pub fn tray() -> AnyView {
    let tray = Console::get().tray;
    let pending = tray.pending;
    let item = move |pending: Pending| {
        let tools = pending.damaged.map(|(text, key)| {
            let put_away = move |_| tray.tell(TrayCommand::PutAway(key.clone()));
            view! {
                <div class="row">
                    <CopyButton text=Signal::stored(text) label="Copy the record"/>
                    <button class="btn small" type="button" on:click=put_away>"Put it away"</button>
                </div>
            }
            .into_any()
        });
        view! { <li><a href=pending.href>{pending.title}<span class="sub">{pending.state}</span></a>{tools}</li> }
            .into_any()
    };
    let items = move || pending.get().into_iter().map(item).collect::<Vec<_>>();
    let count = move || pending.with(Vec::len);
    when(
        move || count() > 0,
        move || {
            view! {
                <details class="menu tray">
                    <summary class="btn quiet">
                        <Icon name="clock"/>
                        <span class="num">{text(move || count().to_string())}</span>
                        <span class="vh">{text(move || attempts(count()).to_owned())}</span>
                    </summary>
                    <div class="menu-body">
                        <p class="menu-head">"Without a known end"</p>
                        <ul>{live(items)}</ul>
                    </div>
                </details>
            }
        },
    )
    .into_any()
}
