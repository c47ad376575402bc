//! The address as a value: which screen it names, and moving between screens.
//!
//! The browser does the work (History API, `URL`); a general router would weigh more than the queue. Must never change
//! what an address holds beyond what it was asked, because the address is the only place where a question lives.

use leptos::prelude::*;
use omnival_core::ids::ClientId;
use omnival_core::queue::Query;

use super::{base_path, routes};
use crate::platform::{address, url};
use crate::ui::keep;

/// What an address names. Invariant: every address names exactly one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Screen {
    Home,
    Orders(ClientId),
    NewOrder(ClientId),
    Order(ClientId, String),
    EditDraft(ClientId, String),
    Nowhere,
}

impl Screen {
    /// `path` is what lies below the base path, if it does.
    fn of(path: Option<&str>) -> Self {
        let parts: Vec<String> = path
            .unwrap_or("elsewhere")
            .split('/')
            .filter(|part| !part.is_empty())
            .map(url::decode_part)
            .collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [] | ["index.html"] => Self::Home,
            ["c", client, "orders"] => Self::Orders(ClientId::new(client)),
            ["c", client, "orders", "new"] => Self::NewOrder(ClientId::new(client)),
            ["c", client, "orders", order] => Self::Order(ClientId::new(client), (*order).to_owned()),
            ["c", client, "orders", order, "edit"] => Self::EditDraft(ClientId::new(client), (*order).to_owned()),
            _ => Self::Nowhere,
        }
    }

    pub const fn client(&self) -> Option<&ClientId> {
        match self {
            Self::Orders(client) | Self::NewOrder(client) | Self::Order(client, _) | Self::EditDraft(client, _) => {
                Some(client)
            }
            Self::Home | Self::Nowhere => None,
        }
    }
}

/// A handle to the page's address.
#[derive(Clone, Copy)]
pub struct Router {
    /// Path and query.
    address: RwSignal<String>,
}

impl Router {
    /// Follows the address: links of this page, and the browser's back and forward.
    pub fn start() -> Self {
        let router = Self {
            address: RwSignal::new(address::now()),
        };
        keep(address::on_travel(move || router.address.set(address::now())));
        keep(address::on_link(&routes::home(), move |to| router.go(to)));
        router
    }

    pub fn screen(self) -> Screen {
        self.address.with(|address| {
            let path = address.split('?').next().unwrap_or_default();
            Screen::of(base_path::below(path))
        })
    }

    /// The queue's question, as the address holds it.
    pub fn query(self) -> Query {
        self.address.with(|address| question(address))
    }

    pub fn query_now(self) -> Query {
        self.address.with_untracked(|address| question(address))
    }

    /// One parameter of the address, as it is now.
    pub fn param_now(self, key: &str) -> Option<String> {
        self.address.with_untracked(|address| param(params(address), key))
    }

    /// Goes to another screen, from its top.
    pub fn go(self, to: &str) {
        if self.address.with_untracked(|address| address != to) {
            address::push(to);
            self.address.set(to.to_owned());
        }
        address::to_top();
    }

    /// Changes the address in place: "back" leads to where the operator was before.
    pub fn replace(self, to: &str) {
        address::replace(to);
        self.address.set(to.to_owned());
    }
}

fn question(address: &str) -> Query {
    let params = params(address);
    Query::from_params(|key| param(params, key))
}

fn params(address: &str) -> &str {
    address.split_once('?').map_or("", |(_, params)| params)
}

fn param(params: &str, key: &str) -> Option<String> {
    params.split('&').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        (name == key).then(|| url::decode(value))
    })
}
