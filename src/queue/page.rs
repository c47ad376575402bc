//! The queue's screen and its one read.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::{Query, VIEWS};
use omnival_core::session::Permission;
use omnival_core::text::holds;
use omnival_wire::order::{self as decode, Page};

use super::table::{pager, table};
use super::toolbar::toolbar;
use super::views::views;
use crate::api::{Api, Failure, Remote, endpoint};
use crate::app::remember_client;
use crate::console::Console;
use crate::parts::Icon;
use crate::parts::live::{effect, text, when};
use crate::platform::intl::{self, Style};
use crate::platform::{boot, page};
use crate::recovery::{About, FailureNote};
use crate::router::asked;
use crate::routes;

/// Coming back to the window reads again what is older than this.
const STALE_MS: u64 = 5_000;
/// And while it is looked at, every minute.
const BEAT_MS: u32 = 60_000;

/// The page that was shown last: shown again at once when the operator comes back from an order, while it is read anew.
#[derive(Clone, Copy)]
pub struct LastPage(StoredValue<Option<(ClientId, Query, Page)>>);

impl Default for LastPage {
    fn default() -> Self {
        Self(StoredValue::new(None))
    }
}

impl LastPage {
    pub fn forget(self) {
        self.0.set_value(None);
    }
}

/// What the parts of the queue share.
#[derive(Clone, Copy)]
pub struct Queue {
    pub console: Console,
    client: StoredValue<ClientId>,
    pub query: Memo<Query>,
    pub orders: Remote<Page>,
}

impl Queue {
    pub fn client(self) -> ClientId {
        self.client.get_value()
    }

    pub fn link(self, query: &Query) -> String {
        self.client.with_value(|client| routes::orders(client, query))
    }

    /// Another question, in place of this one in the address.
    pub fn ask(self, query: &Query) {
        self.console.router.replace(&self.link(query));
    }

    fn load(self) {
        let read = read(self.console, self.client(), self.query.get_untracked());
        self.orders.load_from(Box::pin(read), Box::new(|| ()));
    }
}

#[component]
pub fn QueuePage(client: ClientId) -> impl IntoView {
    let console = Console::get();
    let queue = Queue {
        console,
        client: StoredValue::new(client.clone()),
        query: Memo::new(move |_| console.router.query()),
        orders: Remote::new(),
    };
    let orders = queue.orders;
    remember_client(&client);
    console.last_page.0.with_value(|last| match last {
        Some((of, query, page)) if *of == client && *query == queue.query.get_untracked() => orders.put(page.clone()),
        _ => {}
    });
    effect(move || {
        queue.query.track();
        queue.load();
    });
    // The rows are here, or will not come: the connection is free for the screens behind them.
    effect(move || {
        if orders.with(|orders| orders.value.is_some() || orders.failure.is_some()) {
            console.chunk.want_soon();
        }
    });
    console.on_return(move || {
        if orders.is_older_than(STALE_MS) {
            queue.load();
        }
    });
    console.every(BEAT_MS, move || {
        if orders.is_older_than(0) && !console.keeper.is_lapsed_now() {
            queue.load();
        }
    });

    let title = move || {
        VIEWS
            .iter()
            .find(|view| view.key == queue.query.get().view)
            .map_or("Orders", |view| view.label)
    };
    effect(move || page::set_title(&[title(), " · Orders"].concat()));
    let total =
        text(move || orders.with(|orders| orders.value.as_ref().map(|page| count(page.total)).unwrap_or_default()));
    let as_of = text(move || {
        let at = orders.with(|orders| orders.as_of);
        at.map(|at| ["as of ", &intl::at(at, Style::Seconds)].concat())
            .unwrap_or_default()
    });
    let about = Signal::derive(move || About {
        client: Some(queue.client().as_str().to_owned()),
        order: None,
    });
    let create = when(
        move || console.may(Permission::OrdersCreate),
        move || view! { <a class="btn primary" href=routes::new_order(&queue.client())><Icon name="plus"/>"New order"</a> },
    );
    view! {
        <div class="queue">
            {views(queue)}
            <section class="queue-main" aria-labelledby="queue-title">
                <header class="queue-head">
                    <h1 id="queue-title">{text(move || title().to_owned())}</h1>
                    <span class="count num">{total}</span>
                    <span class="asof num" role="status">{as_of}</span>
                    <button class="btn quiet square" type="button" aria-label="Read again" title="Read again" on:click=move |_| queue.load()>
                        <Icon name="refresh"/>
                    </button>
                    {create}
                </header>
                {toolbar(queue)}
                <FailureNote failure=orders.failure() about again=move |()| queue.load()/>
                {table(queue)}
                {pager(queue)}
            </section>
        </div>
    }
}

async fn read(console: Console, client: ClientId, query: Query) -> Result<Page, Failure> {
    let page = match first(&client, &query).await {
        Some(page) => page,
        None => ask(console.api, &client, &query).await?,
    };
    let _ = console.last_page.0.try_set_value(Some((client, query, page.clone())));
    Ok(page)
}

async fn ask(api: Api, client: &ClientId, query: &Query) -> Result<Page, Failure> {
    api.repeat(endpoint::orders(client, query), decode::page).await
}

/// The boot script may have asked this very question already, while the program was on its way.
async fn first(client: &ClientId, query: &Query) -> Option<Page> {
    let first = boot::first_orders().await.filter(|first| first.status == 200)?;
    let path = ["/api/clients/", client.as_str(), "/orders?"].concat();
    let same = holds(&first.url, &path) && asked(&first.url) == *query;
    if same { decode::page(&first.body).ok() } else { None }
}

fn count(orders: u32) -> String {
    [
        orders.to_string().as_str(),
        if orders == 1 { " order" } else { " orders" },
    ]
    .concat()
}
