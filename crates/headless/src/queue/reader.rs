//! Reads the queue: what the boot script was answered, if it asked the same, else by asking.

use std::cell::RefCell;
use std::rc::Rc;

use omnival_core::ids::{ClientId, UserId};
use omnival_core::queue::Query;
use omnival_wire::order::{self as decode, Page};

use super::first_answer::FirstAnswer;
use super::memory::Memory;
use crate::api::{Api, Failure};
use crate::endpoint;
use crate::platform::Platform;

/// A handle; clones share what is remembered.
#[derive(Clone)]
pub struct Reader<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    api: Api<P>,
    memory: RefCell<Memory>,
}

impl<P: Platform> Reader<P> {
    pub fn new(api: Api<P>) -> Self {
        Self(Rc::new(Inner {
            api,
            memory: RefCell::default(),
        }))
    }

    /// To be told whenever it is known that somebody else works here, or nobody: see [`Memory::belongs_to`].
    pub fn belongs_to(&self, person: Option<&UserId>) {
        self.0.memory.borrow_mut().belongs_to(person);
    }

    /// The page that was shown last, if it answers this question.
    pub fn last(&self, client: &ClientId, query: &Query) -> Option<Page> {
        self.0.memory.borrow().last(client, query).cloned()
    }

    /// Reads what the question asks for, of this client's orders.
    pub async fn read(self, client: ClientId, query: Query) -> Result<Page, Failure> {
        let Inner { api, memory } = &*self.0;
        let person = api.session().user().map(|user| user.id);
        let call = endpoint::orders(&client, &query);
        let takes_first = memory.borrow_mut().takes_first();
        let first = if takes_first {
            let url = [&api.config().api_base, call.request().path.as_str()].concat();
            self.first(&url, &query).await
        } else {
            None
        };
        let page = match first {
            Some(page) => page,
            None => api.repeat(call, decode::page).await?,
        };
        if let Some(person) = &person {
            memory.borrow_mut().keep(person, client, query, page.clone());
        }
        Ok(page)
    }

    /// What the boot script was answered, if it asked the same.
    async fn first(&self, url: &str, query: &Query) -> Option<Page> {
        let orders = self.0.api.platform().boot_orders().await?;
        FirstAnswer::from(orders).page(url, query)
    }
}
