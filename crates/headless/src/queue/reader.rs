//! Reads the queue: what the boot script was answered, if it asked the same, else by asking.

use std::cell::RefCell;
use std::rc::Rc;

use omnival_core::ids::{ClientId, UserId};
use omnival_core::operation::{Call, Read};
use omnival_core::queue::Query;
use omnival_wire::order::{self as decode, Page};

use super::first_answer::FirstAnswer;
use super::memory::Memory;
use crate::api::{Api, Failure};
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

    /// `call` asks for this page of the client's orders.
    pub async fn read(self, client: ClientId, query: Query, call: Call<Read>) -> Result<Page, Failure> {
        let Inner { api, memory } = &*self.0;
        let person = api.session().user().map(|user| user.id);
        let takes_first = memory.borrow_mut().takes_first();
        let first = if takes_first {
            self.first(&query, &call).await
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

    async fn first(&self, query: &Query, call: &Call<Read>) -> Option<Page> {
        let api = &self.0.api;
        let answer = FirstAnswer::from(api.platform().boot_orders().await?);
        let path = call.request().path.split('?').next().unwrap_or_default();
        answer.page(&[&api.config().api_base, path].concat(), query)
    }
}
