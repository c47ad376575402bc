//! The tray: every attempt without a known end, visible from everywhere.
//!
//! It is in the first part of the program, and what fills it in the second (see `lazy.rs`): so it knows an attempt only
//! by what is shown of it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::console::Console;
use crate::parts::live::{live, text, when};
use crate::parts::{CopyButton, Icon};

/// One attempt without a known end.
#[derive(Clone, PartialEq)]
pub struct Pending {
    pub title: String,
    pub state: String,
    pub href: Option<String>,
    /// Of a record that cannot be read: what it says, and the key under which it can be put away.
    pub damaged: Option<(String, String)>,
}

/// What the attempts are told.
pub enum Told {
    /// Another tab changed the journal.
    Journal,
    /// The operator has looked at a damaged record.
    PutAway(String),
}

type Hear = Box<dyn Fn(Told)>;
type MakeView = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// A handle. Empty until the attempts begin to fill it.
#[derive(Clone, Copy)]
pub struct Tray {
    pub pending: RwSignal<Vec<Pending>>,
    /// How many of them this page follows: leaving it asks first.
    pub followed: RwSignal<usize>,
    /// True when attempts live only as long as this page.
    pub forgetful: RwSignal<bool>,
    /// What stands on every screen until it was read.
    pub unread: RwSignal<Option<MakeView>>,
    hear: StoredValue<Option<Hear>, LocalStorage>,
}

impl Tray {
    pub fn new() -> Self {
        Self {
            pending: RwSignal::new(Vec::new()),
            followed: RwSignal::new(0),
            forgetful: RwSignal::new(false),
            unread: RwSignal::new(None),
            hear: StoredValue::new_local(None),
        }
    }

    pub fn listen(self, hear: impl Fn(Told) + 'static) {
        self.hear.set_value(Some(Box::new(hear)));
    }

    pub fn tell(self, told: Told) {
        self.hear.with_value(|hear| hear.as_ref().map(|hear| hear(told)));
    }
}

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
            let put_away = move |_| tray.tell(Told::PutAway(key.clone()));
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
