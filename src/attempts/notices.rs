//! What ended otherwise than wished for while the operator was on another screen: a notice that stands on every screen until
//! it was read, with the way back.
//!
//! In the second part of the program, with the screens that begin what may end so; the shell only makes room for it.

use leptos::prelude::*;
use omnival_core::message::Tone;
use omnival_headless::attempts::{Attempts, Notice};

use super::place::href;
use crate::api::Changes;
use crate::console::support::text;
use crate::platform::Browser;
use crate::ui::live::live;
use crate::ui::{CopyButton, Icon};

type Driver = StoredValue<Attempts<Browser>, LocalStorage>;

pub fn view(driver: Driver, changes: Changes) -> AnyView {
    let notices = Memo::new(move |_| {
        changes.attempts.track();
        driver.get_value().notices()
    });
    live(move || {
        let banners = notices.get().into_iter().map(|notice| banner(driver, notice));
        banners.collect_view()
    })
    .into_any()
}

fn banner(driver: Driver, notice: Notice) -> AnyView {
    let (opened, closed) = (notice.clone(), notice.clone());
    let (tone, icon) = match notice.tone {
        Tone::Good => ("ok", "check"),
        Tone::Notice => ("info", "info"),
        Tone::Warning => ("warn", "alert"),
    };
    let open = notice.place.as_ref().map(href).map(|href| {
        let read = move |_| driver.get_value().has_read(&opened);
        view! { <a class="btn small" href=href on:click=read>"Open it"</a> }
    });
    view! {
        <div class="banner" data-tone=tone data-unread="">
            <Icon name=icon/>
            <p><b>{notice.title}": "{notice.happened}</b>" "{notice.next}</p>
            <div class="row">
                {open}
                <CopyButton text=Signal::stored(text(notice.details)) label="Copy support details"/>
                <button class="btn small" type="button" on:click=move |_| driver.get_value().has_read(&closed)>"Close"</button>
            </div>
        </div>
    }
    .into_any()
}
