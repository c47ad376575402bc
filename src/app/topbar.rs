//! The top bar: brand, client, search, tray, theme, and who is signed in.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_headless::kept::{SignOut, sign_out};

use super::theme::theme;
use super::tray::tray;
use crate::console::{Console, KEPT};
use crate::navigation::routes;
use crate::ui::live::{attr, flag, live, text};
use crate::ui::{Icon, Mark, link};

#[component]
pub fn Topbar() -> impl IntoView {
    let name = Console::get().api.config(|config| config.brand.clone());
    let brand = view! {
        <Mark/>
        <span>{name}</span>
    }
    .into_any();
    view! {
        <header class="topbar">
            {link("brand", routes::home(), brand)}
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
    let leave = move |_| {
        let user = console.user_now();
        let texts = user.as_ref().map_or(0, |user| KEPT.count_of(&user.id));
        let attempts = console.tray.followed.get_untracked();
        let was_warned = !warned.with_untracked(String::is_empty);
        match sign_out(texts, attempts, was_warned) {
            SignOut::Warn(words) => warned.set(words),
            SignOut::Now => {
                if let Some(user) = user {
                    KEPT.forget_all_of(&user.id);
                }
                console.session.sign_out();
            }
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
                <button type="button" on:click=leave>{label}</button>
            </div>
        </details>
    }
    .into_any()
}
