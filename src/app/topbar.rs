//! The top bar: brand, client, search, tray, theme, and who is signed in.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_headless::platform::Area;

use super::theme::theme;
use super::tray::tray;
use crate::console::{Console, local_drafts};
use crate::navigation::routes;
use crate::platform::store;
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
    let sign_out = move |_| {
        let drafts = console
            .user_now()
            .map(|user| local_drafts::kept(&user.id))
            .unwrap_or_default();
        let open = console.tray.followed.get_untracked();
        let warning = lost_by_leaving(drafts.len(), open);
        if warning.is_empty() || !warned.with_untracked(String::is_empty) {
            for key in drafts {
                store::remove(Area::Browser, &key);
            }
            console.session.sign_out();
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
