//! The frame: configuration, session, banners and routes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::{NavigateOptions, path};
use omnival_core::ids::{ClientId, UserId};
use omnival_core::queue::Query;
use omnival_wire::config::Config;

use crate::api::Api;
use crate::console::{Console, keep};
use crate::draft::{EditDraft, NewOrder};
use crate::order::OrderPage;
use crate::parts::{Icon, Toaster, Toasts};
use crate::platform::store::Area;
use crate::platform::{boot, clock, page};
use crate::queue::QueuePage;
use crate::recovery::Attempts;
use crate::routes;
use crate::session::sign_in::{SignInDialog, SignInPage};
use crate::session::{Keeper, Who};
use crate::shell::{Banners, Topbar};

const CLIENT: &str = "omnival.client";

#[component]
pub fn App() -> impl IntoView {
    match Config::read(&boot::config_text().unwrap_or_default()) {
        Ok(config) => Running(RunningProps { config }).into_any(),
        Err(problem) => Whole(WholeProps {
            heading: "The console is not set up correctly",
            text: problem.0 + " Correct config.json on the server, then reload. No rebuild is needed.",
        })
        .into_any(),
    }
}

/// Which of the three faces is shown. The user is part of it: another one begins with fresh screens.
#[derive(Clone, PartialEq)]
enum Face {
    Starting,
    Outside,
    Inside(UserId),
}

#[component]
fn Running(config: Config) -> impl IntoView {
    let keeper = Keeper::new();
    let api = Api::new(config, keeper);
    let (now, set_now) = signal(clock::now());
    let (online, set_online) = signal(page::online());
    let console = Console {
        api,
        keeper,
        attempts: Attempts::new(api),
        now,
        online,
        toaster: Toaster::new(),
    };
    provide_context(console);
    console.every(1000, move || set_now.set(clock::now()));
    for listener in page::on_connection(move |online| set_online.set(online))
        .into_iter()
        .flatten()
    {
        keep(Some(listener));
    }
    guard_leaving(console);
    spawn_local(keeper.start(api));

    let face = Memo::new(move |_| match keeper.who() {
        Who::Starting => Face::Starting,
        Who::Nobody => Face::Outside,
        Who::Someone(user) | Who::Lapsed(user) => Face::Inside(user.id),
    });
    view! {
        <Router>
            {move || match face.get() {
                Face::Starting => ().into_any(),
                Face::Outside => view! { <SignInPage/> }.into_any(),
                Face::Inside(_) => view! { <Screens/> }.into_any(),
            }}
            <Show when=move || keeper.is_lapsed()>
                <SignInDialog/>
            </Show>
            <Toasts toaster=console.toaster/>
        </Router>
    }
}

/// Leaving asks first while an attempt is open.
fn guard_leaving(console: Console) {
    let guard = StoredValue::new_local(None);
    Effect::new(move |_| {
        let open = !console.attempts.open().is_empty();
        guard.set_value(if open { page::ask_before_leaving() } else { None });
    });
}

#[component]
fn Screens() -> impl IntoView {
    view! {
        <a class="skip" href="#page">"Skip to content"</a>
        <div class="app">
            <Topbar/>
            <Banners/>
            <main class="page" id="page" tabindex="-1">
                <Routes fallback=|| view! { <NotFound/> }>
                    <Route path=path!("/") view=Home/>
                    <Route path=path!("/c/:client/orders") view=QueuePage/>
                    <Route path=path!("/c/:client/orders/new") view=NewOrder/>
                    <Route path=path!("/c/:client/orders/:order") view=OrderPage/>
                    <Route path=path!("/c/:client/orders/:order/edit") view=EditDraft/>
                </Routes>
            </main>
        </div>
    }
}

/// The bare address leads to the queue of the client last worked for.
#[component]
fn Home() -> impl IntoView {
    let console = Console::get();
    let navigate = use_navigate();
    let params = use_query_map();
    let clients = console.user_now().map(|user| user.clients).unwrap_or_default();
    let last = Area::Browser.get(CLIENT);
    let client = clients
        .iter()
        .find(|client| last.as_deref() == Some(client.id.as_str()))
        .or(clients.first());
    match client {
        Some(client) => {
            let query = Query::from_params(|key| params.with_untracked(|params| params.get(key)));
            let to = routes::orders(&client.id, &query);
            Effect::new(move |_| navigate(&to, NavigateOptions { replace: true, ..NavigateOptions::default() }));
            ().into_any()
        }
        None => view! {
            <Whole
                heading="No client is open to you"
                text="You are signed in, but your account is not linked to any client. Ask an administrator to give you access.".to_owned()
            />
        }
        .into_any(),
    }
}

/// Remembers the client for the next bare address.
pub fn remember_client(client: &ClientId) {
    Area::Browser.set(CLIENT, client.as_str());
}

#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Whole
            heading="No such page"
            text="This address leads nowhere. Check it, or start from the order list.".to_owned()
        />
    }
}

/// A page that says one thing.
#[component]
pub fn Whole(heading: &'static str, text: String) -> impl IntoView {
    page::set_title(heading);
    view! {
        <section class="whole">
            <Icon name="info"/>
            <h1>{heading}</h1>
            <p>{text}</p>
            <div class="row"><a class="btn primary" href="/">"Go to orders"</a></div>
        </section>
    }
}
