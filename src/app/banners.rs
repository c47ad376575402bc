//! What stands above every screen: the state of connection, platform and browser, and what was not read yet.

use leptos::prelude::*;

use crate::console::Console;
use crate::ui::live::{live, when};
use crate::ui::{Countdown, Icon};

#[component]
pub fn Banners() -> impl IntoView {
    let console = Console::get();
    let api = console.api;
    let seconds = Memo::new(move |_| {
        let now = console.now.get();
        let left = api.pause_left(now).map_or(0, |ms| ms.div_ceil(1000));
        u32::try_from(left).unwrap_or(u32::MAX)
    });
    let offline = || {
        view! {
            <div class="banner" data-tone="warn">
                <Icon name="offline"/>
                <p><b>"You are offline."</b>" What you type is kept on this device. Reading goes on when the connection is back; nothing is sent by itself."</p>
            </div>
        }
    };
    let paused = move || {
        view! {
            <div class="banner" data-tone="warn">
                <Icon name="clock"/>
                <p>
                    <b>"The platform received too many requests."</b>" The console waits "
                    <Countdown seconds/> ", then goes on by itself."
                </p>
                <button class="btn small" type="button" on:click=move |_| api.end_pause()>"Go on now"</button>
            </div>
        }
    };
    let forgetful = || {
        view! {
            <div class="banner" data-tone="warn">
                <Icon name="alert"/>
                <p><b>"This browser keeps no records for this page."</b>" Stay on the page until each action has ended: after a reload, the console would not know what was sent."</p>
            </div>
        }
    };
    let unprotected = || {
        view! {
            <div class="banner" data-tone="warn">
                <Icon name="alert"/>
                <p><b>"This browser cannot keep several tabs apart."</b>" Work in one tab only: two of them could sign each other out, or act on one order at the same time."</p>
            </div>
        }
    };
    view! {
        <div class="banners" aria-live="polite">
            {when(move || !console.online.get(), offline)}
            {when(move || seconds.get() > 0, paused)}
            {when(move || console.tray.forgetful.get(), forgetful)}
            {when(move || api.is_unprotected(), unprotected)}
            {live(move || console.tray.unread.get().map(|make| make()))}
        </div>
    }
}
