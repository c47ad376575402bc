//! What surrounds every screen: the top bar and the banners.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_core::recovery::retry::Pause;

use crate::console::Console;
use crate::draft::mirror;
use crate::parts::{Countdown, Icon, Mark};
use crate::platform::dom;
use crate::platform::store::Area;
use crate::recovery::attempts::Tracked;
use crate::routes;

#[component]
pub fn Topbar() -> impl IntoView {
    let console = Console::get();
    let brand = console.api.config.with_value(|config| config.brand.clone());
    view! {
        <header class="topbar">
            <a class="brand" href="/">
                <Mark/>
                <span>{brand}</span>
            </a>
            <ClientSwitch/>
            <GoTo/>
            <Tray/>
            <Theme/>
            <UserMenu/>
        </header>
    }
}

/// The client in the address, if the address has one.
fn current_client() -> Memo<Option<String>> {
    let path = use_location().pathname;
    Memo::new(move |_| path.with(|path| path.strip_prefix("/c/")?.split('/').next().map(str::to_owned)))
}

#[component]
fn ClientSwitch() -> impl IntoView {
    let console = Console::get();
    let navigate = use_navigate();
    let current = current_client();
    let clients = console.user_now().map(|user| user.clients).unwrap_or_default();
    let go = move |id: String| {
        navigate(
            &routes::orders(&ClientId::new(&id), &Query::default()),
            NavigateOptions::default(),
        );
    };
    let options = clients
        .into_iter()
        .map(|client| {
            let id = client.id.as_str().to_owned();
            let value = id.clone();
            view! { <option value=value prop:selected=move || current.get().as_deref() == Some(id.as_str())>{client.name}</option> }
        })
        .collect_view();
    view! {
        <label class="client">
            <span class="vh">"Client"</span>
            <select on:change=move |event| go(event_target_value(&event))>{options}</select>
        </label>
    }
}

/// Searches the orders of the current client, from anywhere.
#[component]
fn GoTo() -> impl IntoView {
    let console = Console::get();
    let navigate = use_navigate();
    let current = current_client();
    let text = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let first = console
            .user_now()
            .and_then(|user| user.clients.first().map(|client| client.id.clone()));
        if let Some(client) = current.get_untracked().map(|id| ClientId::new(&id)).or(first) {
            let query = Query {
                search: text.get_untracked().trim().to_owned(),
                ..Query::default()
            };
            navigate(&routes::orders(&client, &query), NavigateOptions::default());
            text.set(String::new());
        }
    };
    view! {
        <form class="goto" role="search" on:submit=submit>
            <Icon name="search"/>
            <input
                type="search" id="goto" name="goto" maxlength="100" autocomplete="off" aria-label="Go to order" placeholder="Go to order…"
                prop:value=text on:input=move |event| text.set(event_target_value(&event))
            />
        </form>
    }
}

/// Attempts that are still being verified, visible from everywhere.
#[component]
fn Tray() -> impl IntoView {
    let console = Console::get();
    let item = |tracked: Tracked| {
        let intent = tracked.attempt.intent;
        let title = intent
            .baseline
            .order
            .as_ref()
            .map_or_else(|| "New draft".to_owned(), |order| order.title());
        let doing = intent.goal.operation().doing();
        let href = intent.at.as_ref().map(routes::order);
        view! { <li><a href=href>{title}<span class="sub">{doing}", being checked"</span></a></li> }
    };
    view! {
        <Show when=move || !console.attempts.open().is_empty()>
            <details class="menu tray">
                <summary class="btn quiet">
                    <Icon name="clock"/>
                    <span class="num">{move || console.attempts.open().len()}</span>
                    <span class="vh">" open attempts"</span>
                </summary>
                <div class="menu-body">
                    <p class="menu-head">"Being carried out or checked"</p>
                    <ul>{move || console.attempts.open().into_iter().map(item).collect_view()}</ul>
                </div>
            </details>
        </Show>
    }
}

const THEME: &str = "omnival.theme";

#[component]
fn Theme() -> impl IntoView {
    let theme = RwSignal::new(Area::Browser.get(THEME).unwrap_or_default());
    let name = move || match theme.get().as_str() {
        "light" => "Theme: light",
        "dark" => "Theme: dark",
        _ => "Theme: like the system",
    };
    let turn = move |_| {
        let next = match theme.get_untracked().as_str() {
            "light" => "dark",
            "dark" => "",
            _ => "light",
        };
        if next.is_empty() {
            Area::Browser.remove(THEME)
        } else {
            Area::Browser.set(THEME, next)
        };
        dom::set_root_data("theme", next);
        theme.set(next.to_owned());
    };
    view! {
        <button class="btn quiet square" type="button" aria-label=name title=name on:click=turn>
            {move || if theme.get() == "dark" { view! { <Icon name="moon"/> } } else { view! { <Icon name="sun"/> } }}
        </button>
    }
}

#[component]
fn UserMenu() -> impl IntoView {
    let console = Console::get();
    let name = move || console.user().map(|user| user.name);
    let role = move || console.user().map(|user| user.role);
    let kept = RwSignal::new(0);
    let user_id = move || console.user_now().map(|user| user.id);
    let sign_out = move |_| {
        let drafts = user_id().map(|user| mirror::kept(&user)).unwrap_or_default();
        if drafts.is_empty() || kept.get_untracked() > 0 {
            for key in drafts {
                Area::Browser.remove(&key);
            }
            console.keeper.sign_out(console.api);
        } else {
            kept.set(drafts.len());
        }
    };
    view! {
        <details class="menu">
            <summary class="btn quiet"><Icon name="user"/><span class="who">{name}</span></summary>
            <div class="menu-body">
                <p class="menu-head">{name}<span class="sub">{role}</span></p>
                <Show when=move || { kept.get() > 0 }>
                    <p class="menu-note">
                        "This device keeps " {move || kept.get()} " unsent draft(s) of yours. Signing out removes them. To keep one, open it and send it first."
                    </p>
                </Show>
                <button type="button" on:click=sign_out>
                    {move || if kept.get() > 0 { "Remove drafts and sign out" } else { "Sign out" }}
                </button>
            </div>
        </details>
    }
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
    view! {
        <div class="banners" aria-live="polite">
            <Show when=move || !console.online.get()>
                <div class="banner" data-tone="warn">
                    <Icon name="offline"/>
                    <p><b>"You are offline."</b>" What you type is kept on this device. Reading goes on when the connection is back; nothing is sent by itself."</p>
                </div>
            </Show>
            <Show when=move || { seconds.get() > 0 }>
                <div class="banner" data-tone="warn">
                    <Icon name="clock"/>
                    <p>
                        <b>"The platform received too many requests."</b>" The console waits "
                        <Countdown seconds=seconds/> ", then goes on by itself."
                    </p>
                    <button class="btn small" type="button" on:click=move |_| pause.update(Pause::end)>"Go on now"</button>
                </div>
            </Show>
        </div>
    }
}
