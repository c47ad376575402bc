//! One storage partition of a browser.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::locks::LockManager;
use super::world::World;

/// How the store of the journal behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Journal {
    /// A transaction takes so many milliseconds.
    Takes(u64),
    #[default]
    AtOnce,
    /// No such store, or it is full: nothing is written.
    Refuses,
    /// A transaction never ends.
    Hangs,
}

/// A channel that a page has open.
#[derive(Clone)]
pub(super) struct Ear {
    pub page: usize,
    pub number: u64,
    pub name: String,
    pub heard: Rc<dyn Fn(String)>,
}

/// Its pages share storage, locks and cookies, and hear each other. A handle; clones are the same partition.
#[derive(Clone)]
pub struct Partition(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub world: World,
    pub locks: LockManager,
    pub journal: RefCell<BTreeMap<String, String>>,
    pub journal_is: Cell<Journal>,
    pub storage: RefCell<BTreeMap<String, String>>,
    pub storage_refuses: Cell<bool>,
    pub has_channel: Cell<bool>,
    pub loses_messages: Cell<bool>,
    pub is_offline: Cell<bool>,
    pub cookie: RefCell<Option<String>>,
    pub ears: RefCell<Vec<Ear>>,
}

impl Partition {
    pub fn new(world: &World) -> Self {
        Self(Rc::new(Inner {
            world: world.clone(),
            locks: LockManager::default(),
            journal: RefCell::default(),
            journal_is: Cell::default(),
            storage: RefCell::default(),
            storage_refuses: Cell::new(false),
            has_channel: Cell::new(true),
            loses_messages: Cell::new(false),
            is_offline: Cell::new(false),
            cookie: RefCell::default(),
            ears: RefCell::default(),
        }))
    }

    /// From here on this browser has no locks for its pages, or has them.
    pub fn set_locks(&self, available: bool) {
        self.0.locks.set_available(available);
    }

    /// From here on pages that are opened can hear each other, or not.
    pub fn set_channel(&self, available: bool) {
        self.0.has_channel.set(available);
    }

    /// From here on what pages post is lost, or arrives.
    pub fn set_loses_messages(&self, loses: bool) {
        self.0.loses_messages.set(loses);
    }

    pub fn set_journal(&self, is: Journal) {
        self.0.journal_is.set(is);
    }

    /// The entries of the journal, by key.
    pub fn journal(&self) -> BTreeMap<String, String> {
        self.0.journal.borrow().clone()
    }

    /// Puts an entry into the journal behind everybody's back, or takes it out.
    pub fn tamper(&self, key: &str, text: Option<&str>) {
        let mut journal = self.0.journal.borrow_mut();
        match text {
            Some(text) => journal.insert(key.to_owned(), text.to_owned()),
            None => journal.remove(key),
        };
    }

    pub fn set_storage_refuses(&self, refuses: bool) {
        self.0.storage_refuses.set(refuses);
    }

    pub fn set_offline(&self, offline: bool) {
        self.0.is_offline.set(offline);
    }

    pub fn cookie(&self) -> Option<String> {
        self.0.cookie.borrow().clone()
    }

    pub fn set_cookie(&self, cookie: Option<&str>) {
        self.0.cookie.replace(cookie.map(str::to_owned));
    }

    /// Is this lock held by some page?
    pub fn is_locked(&self, name: &str) -> bool {
        self.0.locks.is_held(name)
    }

    /// Somebody who is no page of ours takes the lock and keeps it, until what is returned is dropped. `None` if it is held.
    pub fn hold(&self, name: &str) -> Option<impl Drop + use<>> {
        self.0.locks.take(name, None)
    }
}
