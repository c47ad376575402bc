//! What surrounds every screen: the top bar and the banners.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_core::recovery::retry::Pause;

use crate::console::Console;
use crate::draft::mirror;
use crate::parts::live::{attr, flag, live, text, when};
use crate::parts::{Countdown, Icon, Mark};
use crate::platform::dom;
use crate::platform::store::Area;
use crate::recovery::tray::tray;
use crate::routes;

#[component]
pub fn Topbar() -> impl IntoView {
    let brand = Console::get().api.config.with_value(|config| config.brand.clone());
    view! {
        <header class="topbar">
            <a class="brand" href="/">
                <Mark/>
                <span>{brand}</span>
            </a>
            {client_switch()}
            {go_to()}
            {tray()}
            {theme()}
            {user_menu()}
        </header>
    }
}

fn client_switch() -> AnyView {
    let console = Console::get();
    let clients = console.user_now().map(|user| user.clients).unwrap_or_default();
    let options = clients
        .into_iter()
        .map(|client| {
            let id = client.id.clone();
            let chosen = flag(move || console.router.screen().client() == Some(&id));
            view! { <option value=client.id.as_str().to_owned() prop:selected=chosen>{client.name}</option> }
        })
        .collect_view();
    let go = move |event| {
        let client = ClientId::new(&event_target_value(&event));
        console.router.go(&routes::orders(&client, &Query::default()));
    };
    view! { <label class="client"><span class="vh">"Client"</span><select on:change=go>{options}</select></label> }
        .into_any()
}

/// Searches the orders of the current client, from anywhere.
fn go_to() -> AnyView {
    let console = Console::get();
    let typed = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let first = console
            .user_now()
            .and_then(|user| user.clients.first().map(|client| client.id.clone()));
        let here = untrack(|| console.router.screen()).client().cloned();
        if let Some(client) = here.or(first) {
            let search = typed.get_untracked().trim().to_owned();
            console.router.go(&routes::orders(
                &client,
                &Query {
                    search,
                    ..Query::default()
                },
            ));
            typed.set(String::new());
        }
    };
    view! {
        <form class="goto" role="search" on:submit=submit>
            <Icon name="search"/>
            <input
                type="search" id="goto" name="goto" maxlength="100" autocomplete="off" aria-label="Go to order" placeholder="Go to order…"
                prop:value=typed on:input=move |event| typed.set(event_target_value(&event))
            />
        </form>
    }
    .into_any()
}

const THEME: &str = "omnival.theme";

fn theme() -> AnyView {
    let theme = RwSignal::new(Area::Browser.get(THEME).unwrap_or_default());
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
            Area::Browser.remove(THEME);
        } else {
            Area::Browser.set(THEME, next);
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

fn user_menu() -> AnyView {
    let console = Console::get();
    let name = move || console.user().map(|user| user.name).unwrap_or_default();
    let role = move || {
        console
            .user()
            .map(|user| user.role.as_str().to_owned())
            .unwrap_or_default()
    };
    let label_of = move || Some(["Account of ", &name()].concat());
    let warned = RwSignal::new(String::new());
    let sign_out = move |_| {
        let drafts = console
            .user_now()
            .map(|user| mirror::kept(&user.id))
            .unwrap_or_default();
        let open = console.tray.followed.get_untracked();
        let warning = lost_by_leaving(drafts.len(), open);
        if warning.is_empty() || !warned.with_untracked(String::is_empty) {
            for key in drafts {
                Area::Browser.remove(&key);
            }
            console.keeper.sign_out(console.api);
        } else {
            warned.set(warning);
        }
    };
    let warning = live(move || {
        let words = warned.get();
        (!words.is_empty()).then(|| view! { <p class="menu-note" role="alert">{words}</p> })
    });
    let label = text(move || {
        let sure = warned.with(|words| !words.is_empty());
        if sure { "Sign out all the same" } else { "Sign out" }.to_owned()
    });
    view! {
        <details class="menu">
            <summary class="btn quiet" aria-label=attr(label_of)><Icon name="user"/><span class="who">{text(name)}</span></summary>
            <div class="menu-body">
                <p class="menu-head">{text(name)}<span class="sub">{text(role)}</span></p>
                {warning}
                <button type="button" on:click=sign_out>{label}</button>
            </div>
        </details>
    }
    .into_any()
}

/// What signing out would cost, in words; nothing when it costs nothing.
fn lost_by_leaving(drafts: usize, attempts: usize) -> String {
    let mut words = String::new();
    if drafts > 0 {
        let count = drafts.to_string();
        words.push_str(
            &[
                "This device keeps ",
                &count,
                " unsent text(s) of yours; signing out removes them. ",
            ]
            .concat(),
        );
    }
    if attempts > 0 {
        words.push_str(
            "What you tried last is still being checked; signing out pauses that until you sign in here again.",
        );
    }
    words
}

#[component]
pub fn Banners() -> impl IntoView {
    let console = Console::get();
    let pause = console.api.pause;
    let seconds = Memo::new(move |_| {
        let now = console.now.get();
        let left = pause.with(|pause| pause.left(now)).map_or(0, |ms| ms.div_ceil(1000));
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
                <button class="btn small" type="button" on:click=move |_| pause.update(Pause::end)>"Go on now"</button>
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
            {when(move || console.tabs.unprotected.get(), unprotected)}
            {live(move || console.tray.unread.get().map(|make| make()))}
        </div>
    }
}
