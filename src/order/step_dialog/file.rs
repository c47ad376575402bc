//! A picker for one file. What is wrong with it is said at once, and a wrong one is not taken.

use leptos::prelude::*;
use omnival_core::file::Limits;

use super::form::OnChoice;
use super::input::{Input, file_words};
use crate::order::OrderState;
use crate::platform::upload::Chosen;
use crate::ui::live::live;

pub(super) fn file_picker(
    state: OrderState,
    one: Input,
    limits: &'static Limits,
    on_choice: Option<OnChoice>,
) -> AnyView {
    let tell = move |file: Option<Chosen>| {
        if let Some(tell) = &on_choice {
            tell(file);
        }
    };
    if let Some(file) = one.file.get_value() {
        tell(Some(file));
    }
    let on_change = move |event: leptos::ev::Event| {
        // The picker shows what was chosen last, so nothing chosen before may be sent in its place.
        let picked = Chosen::from_picker(&event);
        let problem = picked
            .as_ref()
            .and_then(|file| limits.problem(&file.name(), file.size()));
        let file = picked.filter(|_| problem.is_none());
        one.error.set(problem.map(str::to_owned));
        one.value.set(file.as_ref().map(file_words).unwrap_or_default());
        one.file.set_value(file.clone());
        if let Some(key) = one.key.get_value() {
            state.chosen.update_value(|all| {
                all.retain(|(form, _)| *form != key);
                all.extend(file.clone().map(|file| (key, file)));
            });
        }
        tell(file);
    };
    let chosen = live(move || {
        let words = one.value.get();
        (!words.is_empty()).then(|| view! { <p class="chosen num">"Chosen: "<b>{words}</b></p> })
    });
    view! {
        <input id=one.name name=one.name type="file" accept=limits.accept() on:change=on_change/>
        {chosen}
    }
    .into_any()
}
