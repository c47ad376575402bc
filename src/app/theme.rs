//! The button that turns from light to dark to what the system prefers.

use leptos::prelude::*;
use omnival_headless::platform::{Area, KeyValue};
use omnival_wire::boot::THEME_KEY;

use crate::platform::{Store, dom};
use crate::ui::Icon;
use crate::ui::live::{attr, live};

pub fn theme() -> AnyView {
    let theme = RwSignal::new(Store.get(Area::Browser, THEME_KEY).unwrap_or_default());
    let name = move || {
        Some(match theme.get().as_str() {
            "light" => "Theme: light".to_owned(),
            "dark" => "Theme: dark".to_owned(),
            _ => "Theme: like the system".to_owned(),
        })
    };
    let turn = move |_| {
        let next = match theme.get_untracked().as_str() {
            "light" => "dark",
            "dark" => "",
            _ => "light",
        };
        if next.is_empty() {
            Store.remove(Area::Browser, THEME_KEY);
        } else {
            Store.set(Area::Browser, THEME_KEY, next);
        }
        dom::set_root_data("theme", next);
        theme.set(next.to_owned());
    };
    let sign = live(move || {
        let name = if theme.get() == "dark" { "moon" } else { "sun" };
        view! { <Icon name/> }
    });
    view! { <button class="btn quiet square" type="button" aria-label=attr(name) title=attr(name) on:click=turn>{sign}</button> }
        .into_any()
}
