//! The frame: configuration, session, banners and screens.

use leptos::prelude::*;
use omnival_core::ids::{ClientId, UserId};
use omnival_wire::config::Config;

use crate::api::Api;
use crate::console::{Console, keep};
use crate::lazy::Chunk;
use crate::parts::live::{effect, live, when};
use crate::parts::{Icon, Toaster, Toasts};
use crate::platform::store::Area;
use crate::platform::{boot, clock, page, task};
use crate::queue::{LastPage, QueuePage};
use crate::recovery::tray::{Told, Tray};
use crate::router::{Router, Screen};
use crate::routes;
use crate::session::sign_in::{SignInDialog, SignInPage};
use crate::session::{Keeper, Who};
use crate::shell::{Banners, Topbar};
use crate::tabs::{Tabs, Word};

const CLIENT: &str = "omnival.client";

#[component]
pub fn App() -> impl IntoView {
    match Config::read(&boot::config_text().unwrap_or_default()) {
        Ok(config) => running(config),
        Err(problem) => {
            let text = problem.0 + " Correct config.json on the server, then reload. No rebuild is needed.";
            whole("The console is not set up correctly", text)
        }
    }
}

/// Which of the three faces is shown. The user is part of it: another one begins with fresh screens.
#[derive(Clone, PartialEq)]
enum Face {
    Starting,
    Outside,
    Inside(UserId),
}

fn running(config: Config) -> AnyView {
    let tabs = Tabs::new();
    let keeper = Keeper::new(tabs);
    let api = Api::new(config, keeper, tabs);
    let (now, set_now) = signal(clock::now());
    let (online, set_online) = signal(page::online());
    let console = Console {
        api,
        keeper,
        tabs,
        tray: Tray::new(),
        root: StoredValue::new(Owner::current().unwrap_or_default()),
        router: Router::start(),
        now,
        online,
        toaster: Toaster::new(),
        last_page: LastPage::default(),
        chunk: Chunk::new(),
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
    console.chunk.begin_recovery(console);
    tabs.start(move |word| match word {
        Word::Pause(ms) => api.pause_for(ms),
        Word::Journal => console.tray.tell(Told::Journal),
        word => keeper.heard(&word),
    });
    task::spawn(keeper.start(api));

    let face = Memo::new(move |_| match keeper.who() {
        Who::Starting => Face::Starting,
        Who::Nobody => Face::Outside,
        Who::Someone(user) | Who::Lapsed(user) => Face::Inside(user.id),
    });
    effect(move || {
        face.track();
        console.last_page.forget();
    });
    let shown = live(move || match face.get() {
        Face::Starting => ().into_any(),
        Face::Outside => view! { <SignInPage/> }.into_any(),
        Face::Inside(_) => view! { <Screens/> }.into_any(),
    });
    view! {
        {shown}
        {when(move || keeper.is_lapsed(), || view! { <SignInDialog/> })}
        <Toasts toaster=console.toaster/>
    }
    .into_any()
}

/// Leaving asks first while an attempt is open.
fn guard_leaving(console: Console) {
    let guard = StoredValue::new_local(None);
    effect(move || {
        let open = console.tray.followed.get() > 0;
        guard.set_value(if open { page::ask_before_leaving() } else { None });
    });
}

#[component]
fn Screens() -> impl IntoView {
    let Console { router, chunk, .. } = Console::get();
    let screen = Memo::new(move |_| router.screen());
    let shown = live(move || match screen.get() {
        Screen::Home => home(),
        Screen::Orders(client) => view! { <QueuePage client/> }.into_any(),
        Screen::Nowhere => {
            let text = "This address leads nowhere. Check it, or start from the order list.";
            whole("No such page", text.to_owned())
        }
        behind => chunk.show(behind),
    });
    view! {
        <a class="skip" href="#page">"Skip to content"</a>
        <div class="app">
            <Topbar/>
            <Banners/>
            <main class="page" id="page" tabindex="-1">{shown}</main>
        </div>
    }
}

/// The bare address leads to the queue of the client last worked for.
fn home() -> AnyView {
    let console = Console::get();
    let clients = console.user_now().map(|user| user.clients).unwrap_or_default();
    let last = Area::Browser.get(CLIENT);
    let client = clients
        .iter()
        .find(|client| last.as_deref() == Some(client.id.as_str()))
        .or(clients.first());
    match client {
        Some(client) => {
            let to = routes::orders(&client.id, &console.router.query_now());
            task::spawn(async move { console.router.replace(&to) });
            ().into_any()
        }
        None => {
            let text = "You are signed in, but your account is not linked to any client. Ask an administrator to give you access.";
            whole("No client is open to you", text.to_owned())
        }
    }
}

/// Remembers the client for the next bare address.
pub fn remember_client(client: &ClientId) {
    Area::Browser.set(CLIENT, client.as_str());
}

/// A page that says one thing.
pub fn whole(heading: &'static str, text: String) -> AnyView {
    page::set_title(heading);
    view! {
        <section class="whole">
            <Icon name="info"/>
            <h1>{heading}</h1>
            <p>{text}</p>
            <div class="row"><a class="btn primary" href="/">"Go to orders"</a></div>
        </section>
    }
    .into_any()
}
