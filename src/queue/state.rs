//! What the queue asks and has read: its question, its one read, and the page that was shown last.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;
use omnival_core::text::holds;
use omnival_headless::endpoint;
use omnival_wire::order::{self as decode, Page};

use crate::api::{Api, Failure, Remote};
use crate::console::Console;
use crate::navigation::{asked, routes};
use crate::platform::boot;

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
    last_page: LastPage,
}

impl Queue {
    /// Begins with the page that was shown last, if that answers the same question.
    pub fn new(console: Console, client: ClientId, last_page: LastPage) -> Self {
        let queue = Self {
            console,
            client: StoredValue::new(client.clone()),
            query: Memo::new(move |_| console.router.query()),
            orders: Remote::new(),
            last_page,
        };
        last_page.0.with_value(|last| match last {
            Some((of, query, page)) if *of == client && *query == queue.query.get_untracked() => {
                queue.orders.put(page.clone());
            }
            _ => {}
        });
        queue
    }

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

    pub fn load(self) {
        let read = read(
            self.console.api,
            self.last_page,
            self.client(),
            self.query.get_untracked(),
        );
        self.orders.load_from(Box::pin(read), Box::new(|| ()));
    }
}

async fn read(api: Api, last_page: LastPage, client: ClientId, query: Query) -> Result<Page, Failure> {
    let page = match first(&client, &query).await {
        Some(page) => page,
        None => ask(api, &client, &query).await?,
    };
    let _ = last_page.0.try_set_value(Some((client, query, page.clone())));
    Ok(page)
}

async fn ask(api: Api, client: &ClientId, query: &Query) -> Result<Page, Failure> {
    api.repeat(endpoint::orders(client, query), decode::page).await
}

/// The boot script may have asked this very question already, while the program was on its way.
async fn first(client: &ClientId, query: &Query) -> Option<Page> {
    let first = boot::first_orders().await.filter(|first| first.status == 200)?;
    let path = endpoint::orders_path(client) + "?";
    let same = holds(&first.url, &path) && asked(&first.url) == *query;
    if same { decode::page(&first.body).ok() } else { None }
}
