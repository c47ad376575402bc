//! A field of an open dialog: what stands in it, and where that is kept on this device.

use leptos::prelude::*;
use omnival_core::form::Kind;
use omnival_headless::kept::Key;

use super::form::Filled;
use crate::console::KEPT;
use crate::platform::upload::Chosen;

#[derive(Clone, Copy)]
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    pub(super) value: RwSignal<String>,
    pub(super) error: RwSignal<Option<String>>,
    pub(super) key: StoredValue<Option<Key>>,
    pub(super) choices: StoredValue<Vec<(String, String)>>,
    pub(super) file: StoredValue<Option<Chosen>, LocalStorage>,
}

impl Input {
    pub(super) fn filled(self) -> Filled {
        let text = self.value.get_untracked();
        let label = self.choices.with_value(|choices| {
            let chosen = choices.iter().find(|(choice, _)| *choice == text);
            chosen.map(|(_, label)| label.clone())
        });
        Filled {
            name: self.name,
            label: self.label,
            shown: label.unwrap_or_else(|| text.clone()),
            text,
            file: self.file.get_value(),
        }
    }

    pub(super) fn write(self, text: String) {
        self.key
            .with_value(|key| key.as_ref().map(|key| KEPT.keep_text(key, &text)));
        self.error.set(None);
        self.value.set(text);
    }
}
