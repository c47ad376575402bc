//! What the queue asks and shows: its question, its one read, and whoever reads. What is read, remembered and taken from the
//! boot script is decided in [`omnival_headless::queue`].

use leptos::prelude::*;
use omnival_core::ids::{ClientId, UserId};
use omnival_core::queue::Query;
use omnival_headless::queue;
use omnival_wire::order::Page;

use crate::api::{Api, Remote};
use crate::console::Console;
use crate::navigation::routes;
use crate::platform::Browser;

/// Reads the queue. It outlives the screen: coming back shows at once what was shown last.
#[derive(Clone, Copy)]
pub struct Reader(StoredValue<queue::Reader<Browser>, LocalStorage>);

impl Reader {
    pub fn new(api: Api) -> Self {
        Self(StoredValue::new_local(queue::Reader::new(api.driver())))
    }

    /// To be told before anything is shown to somebody else, or to nobody.
    pub fn belongs_to(self, person: Option<&UserId>) {
        self.0.with_value(|reader| reader.belongs_to(person));
    }
}

/// What the parts of the queue share.
#[derive(Clone, Copy)]
pub struct Queue {
    pub console: Console,
    client: StoredValue<ClientId>,
    pub query: Memo<Query>,
    pub orders: Remote<Page>,
    reader: Reader,
}

impl Queue {
    /// Begins with the page that was shown last, if that answers the same question.
    pub fn new(console: Console, client: ClientId, reader: Reader) -> Self {
        let queue = Self {
            console,
            client: StoredValue::new(client.clone()),
            query: Memo::new(move |_| console.router.query()),
            orders: Remote::new(),
            reader,
        };
        let query = queue.query.get_untracked();
        if let Some(page) = reader.0.with_value(|reader| reader.last(&client, &query)) {
            queue.orders.put(page);
        }
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
        let reader = self.reader.0.get_value();
        let read = reader.read(self.client(), self.query.get_untracked());
        self.orders.load_from(Box::pin(read), Box::new(|| ()));
    }
}
