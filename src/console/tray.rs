//! The tray: every attempt without a known end.
//!
//! It is in the first part of the program, and what fills it in the second (see `app/lazy.rs`): so it knows an attempt
//! only by what is shown of it.

use std::sync::Arc;

use leptos::prelude::*;

/// One attempt without a known end.
#[derive(Clone, PartialEq)]
pub struct Pending {
    pub title: String,
    pub state: String,
    pub href: Option<String>,
    /// Of a record that cannot be read: what it says, and the key under which it can be put away.
    pub damaged: Option<(String, String)>,
}

/// What the attempts are asked to do.
pub enum TrayCommand {
    /// Another tab changed the journal.
    Journal,
    /// The operator has looked at a damaged record.
    PutAway(String),
}

type Hear = Box<dyn Fn(TrayCommand)>;
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

    pub fn listen(self, hear: impl Fn(TrayCommand) + 'static) {
        self.hear.set_value(Some(Box::new(hear)));
    }

    pub fn tell(self, told: TrayCommand) {
        self.hear.with_value(|hear| hear.as_ref().map(|hear| hear(told)));
    }
}
