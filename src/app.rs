//! The frame: who is signed in decides which screen is shown, inside top bar and banners.

use leptos::prelude::*;
use omnival_core::ids::UserId;
use omnival_headless::queue::{home, last_client, remember_client};
use omnival_headless::tabs::TabMessage;
use omnival_wire::config::Config;

use crate::api::Api;
use crate::console::tray::{Tray, TrayCommand};
use crate::console::{Console, message_page};
use crate::navigation::{Router, Screen, routes};
use crate::platform::{Store, boot, clock, page, task};
use crate::queue::{QueuePage, Reader};
use crate::session::{Session, Who};
use crate::ui::live::{effect, live, when};
use crate::ui::{Toaster, Toasts, keep};

mod banners;
mod lazy;
mod sign_in;
mod theme;
mod topbar;
mod tray;

use banners::Banners;
use lazy::Chunk;
use sign_in::{SignInDialog, SignInPage};
use topbar::Topbar;

#[component]
pub fn App() -> impl IntoView {
    match omnival_headless::boot::config(boot::config_text().as_deref()) {
        Ok(config) => running(config),
        Err(problem) => {
            let text = problem.0 + " Correct config.json on the server, then reload. No rebuild is needed.";
            message_page("The console is not set up correctly", text)
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
    let api = Api::new(config);
    let session = Session::new(api);
    let (now, set_now) = signal(clock::now());
    let (online, set_online) = signal(page::online());
    let console = Console {
        api,
        session,
        tray: Tray::new(),
        root: StoredValue::new(Owner::current().unwrap_or_default()),
        router: Router::start(),
        now,
        online,
        toaster: Toaster::new(),
    };
    let behind = Behind {
        reader: Reader::new(api),
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
    behind.chunk.begin_recovery(console);
    api.start(move |message| {
        if *message == TabMessage::Journal {
            console.tray.tell(TrayCommand::Journal);
        }
    });

    let face = Memo::new(move |_| match session.who() {
        Who::Starting => Face::Starting,
        Who::Nobody => Face::Outside,
        Who::Someone(user) | Who::Lapsed(user) => Face::Inside(user.id),
    });
    let shown = live(move || match face.get() {
        Face::Starting => ().into_any(),
        Face::Outside => {
            behind.reader.belongs_to(None);
            view! { <SignInPage/> }.into_any()
        }
        Face::Inside(user) => {
            behind.reader.belongs_to(Some(&user));
            view! { <Screens behind/> }.into_any()
        }
    });
    view! {
        {shown}
        {when(move || session.is_lapsed(), || view! { <SignInDialog/> })}
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

/// What outlives the screen that is shown.
#[derive(Clone, Copy)]
struct Behind {
    /// Reads the queue.
    reader: Reader,
    /// The screens behind the queue.
    chunk: Chunk,
}

#[component]
fn Screens(behind: Behind) -> impl IntoView {
    let Console { router, .. } = Console::get();
    let Behind { reader, chunk } = behind;
    let screen = Memo::new(move |_| router.screen());
    let shown = live(move || match screen.get() {
        Screen::Home => lead_home(),
        Screen::Orders(client) => {
            remember_client(&Store, &client);
            view! { <QueuePage client reader on_rest=move |()| chunk.want_soon()/> }.into_any()
        }
        Screen::Nowhere => {
            let text = "This address leads nowhere. Check it, or start from the order list.";
            message_page("No such page", text.to_owned())
        }
        screen => chunk.show(screen),
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
fn lead_home() -> AnyView {
    let console = Console::get();
    let user = console.user_now();
    let last = last_client(&Store);
    match user.as_ref().and_then(|user| home(user, last.as_ref())) {
        Some(client) => {
            let to = routes::orders(client, &console.router.query_now());
            task::spawn(async move { console.router.replace(&to) });
            ().into_any()
        }
        None => {
            let text = "You are signed in, but your account is not linked to any client. Ask an administrator to give you access.";
            message_page("No client is open to you", text.to_owned())
        }
    }
}
