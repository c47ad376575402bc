//! A field of an open dialog: what stands in it, and where that is kept on this device.

use leptos::prelude::*;
use omnival_core::file;
use omnival_core::form::{Kind, problem};
use omnival_core::order::Step;
use omnival_headless::desk::{Seen, first_text, refusal_at};
use omnival_headless::kept::Key;

use super::form::{Ask, Picked};
use super::typed::{Attached, TypedField};
use crate::console::KEPT;
use crate::order::OrderState;
use crate::platform::upload::Chosen;

#[derive(Clone, Copy)]
pub(super) struct Input {
    pub(super) name: &'static str,
    label: &'static str,
    kind: Kind,
    required: bool,
    pub(super) value: RwSignal<String>,
    pub(super) error: RwSignal<Option<String>>,
    pub(super) key: StoredValue<Option<Key>>,
    choices: StoredValue<Vec<(String, String)>>,
    pub(super) file: StoredValue<Option<Chosen>, LocalStorage>,
    /// Of a control that picks, and what it says when nothing was picked.
    picker: Option<(Picked, &'static str)>,
}

impl Input {
    /// With what was kept of it, and what the platform refused about it at the last try.
    pub(super) fn new(state: OrderState, seen: &Seen, step: Step, ask: &Ask, refused: &[(String, String)]) -> Self {
        let user = state
            .console
            .user_now()
            .map(|user| user.id)
            .filter(|_| ask.picker.is_none());
        let key = user.map(|user| ask.key(&user, &seen.order.at.order, step));
        let is_file = matches!(ask.kind, Kind::File(_));
        let kept = key.as_ref().filter(|_| !is_file).and_then(|key| KEPT.text(key));
        let file = key.as_ref().filter(|_| is_file).and_then(|key| {
            let chosen =
                |all: &Vec<(Key, Chosen)>| all.iter().find(|(form, _)| form == key).map(|(_, file)| file.clone());
            state.chosen.with_value(chosen)
        });
        let kept = file.as_ref().map(file_words).or(kept);
        Self {
            name: ask.name,
            label: ask.label,
            kind: ask.kind,
            required: ask.required,
            value: RwSignal::new(first_text(kept, &ask.choices, &ask.given)),
            error: RwSignal::new(refusal_at(ask.name, refused)),
            key: StoredValue::new(key),
            choices: StoredValue::new(ask.choices.clone()),
            file: StoredValue::new_local(file),
            picker: ask.picker.as_ref().map(|picker| (picker.picked, picker.missing)),
        }
    }

    /// Why it cannot be sent as it is.
    pub(super) fn problem(self) -> Option<&'static str> {
        match self.picker {
            Some((picked, missing)) => picked.with_untracked(Option::is_none).then_some(missing),
            None => self
                .value
                .with_untracked(|text| problem(self.kind, self.required, text)),
        }
    }

    pub(super) fn typed(self) -> TypedField {
        let (text, shown) = match self.picker {
            Some((picked, _)) => picked.get_untracked().unwrap_or_default(),
            None => {
                let text = self.value.get_untracked();
                let label = self.choices.with_value(|choices| {
                    let chosen = choices.iter().find(|(choice, _)| *choice == text);
                    chosen.map(|(_, label)| label.clone())
                });
                let shown = label.unwrap_or_else(|| text.clone());
                (text, shown)
            }
        };
        TypedField {
            name: self.name,
            label: self.label,
            text,
            shown,
            file: self.attached(),
        }
    }

    fn attached(self) -> Option<Attached> {
        let Kind::File(limits) = self.kind else { return None };
        let file = self.file.get_value()?;
        let media_type = limits.media_type(&file.name())?;
        Some(Attached { file, media_type })
    }

    pub(super) fn write(self, text: String) {
        self.key
            .with_value(|key| key.as_ref().map(|key| KEPT.keep_text(key, &text)));
        self.error.set(None);
        self.value.set(text);
    }
}

/// How a chosen file is shown.
pub(super) fn file_words(chosen: &Chosen) -> String {
    [&chosen.name(), ", ", &file::size(chosen.size())].concat()
}
