//! The browser as the drivers' platform: each trait carried out by the file of its facility.

use std::rc::Rc;

use omnival_core::time::{Mono, Timestamp};
use omnival_headless::http::{OnProgress, OnStarted, Reply, Request, Upload};
use omnival_headless::platform::{
    Area, BootOrders, BootSession, Channel, Clock, Decide, File, Http, JournalStore, KeyValue, Locks, NoLock, PageLife,
    Pending, Platform, Random, Tasks, Topic, Unstored, Views,
};

use super::store::Store;
use super::upload::Chosen;
use super::{boot, channel, clock, http, journal, locks, page, random, task, upload};

/// A handle; clones are this page.
#[derive(Clone)]
pub struct Browser(Rc<dyn Fn(Topic)>);

impl Browser {
    /// `changed` tells the views.
    pub fn new(changed: impl Fn(Topic) + 'static) -> Self {
        Self(Rc::new(changed))
    }
}

impl Platform for Browser {}

impl Clock for Browser {
    fn mono(&self) -> Mono {
        clock::now()
    }

    fn wall(&self) -> Timestamp {
        clock::wall()
    }

    fn sleep(&self, ms: u32) -> Pending<()> {
        Box::pin(clock::sleep(ms))
    }

    fn seconds_between(&self, from: Option<&str>, to: &str) -> Option<i64> {
        clock::seconds_between(from, to)
    }
}

impl Random for Browser {
    fn seed(&self) -> u64 {
        random::seed()
    }

    fn uuid(&self) -> String {
        random::uuid()
    }
}

impl Tasks for Browser {
    fn spawn(&self, work: Pending<()>) {
        task::spawn(work);
    }
}

impl File for Chosen {
    fn name(&self) -> String {
        self.name()
    }

    fn size(&self) -> u64 {
        self.size()
    }
}

impl Http for Browser {
    type File = Chosen;

    fn send(&self, request: Request) -> Pending<Reply> {
        Box::pin(http::send(request))
    }

    fn upload(&self, upload: Upload<Chosen>, on_progress: OnProgress, on_started: OnStarted) -> Pending<Reply> {
        Box::pin(upload::send(upload, on_progress, on_started))
    }

    fn online(&self) -> bool {
        page::online()
    }
}

impl JournalStore for Browser {
    fn transact(&self, prefix: &str, decide: Decide) -> Pending<Result<(), Unstored>> {
        Box::pin(journal::transact(prefix.to_owned(), decide))
    }
}

impl KeyValue for Browser {
    fn get(&self, area: Area, key: &str) -> Option<String> {
        Store.get(area, key)
    }

    fn set(&self, area: Area, key: &str, text: &str) -> bool {
        Store.set(area, key, text)
    }

    fn remove(&self, area: Area, key: &str) -> bool {
        Store.remove(area, key)
    }

    fn keys(&self, area: Area, prefix: &str) -> Vec<String> {
        Store.keys(area, prefix)
    }
}

impl Locks for Browser {
    type Held = locks::Held;

    fn acquire(&self, name: &str, patience_ms: Option<u32>) -> Pending<Result<locks::Held, NoLock>> {
        Box::pin(locks::acquire(name.to_owned(), patience_ms))
    }

    fn count_held(&self, prefix: &str) -> Pending<Option<usize>> {
        Box::pin(locks::count_held(prefix.to_owned()))
    }
}

impl Channel for Browser {
    type Open = channel::Channel;

    fn open(&self, name: &str, heard: Box<dyn Fn(String)>) -> Option<channel::Channel> {
        channel::Channel::open(name, heard)
    }

    fn post(&self, channel: &channel::Channel, text: &str) {
        // A page that cannot be told hears of it from the shared store, later.
        channel.post(text);
    }
}

impl PageLife for Browser {
    fn tab(&self) -> String {
        boot::tab()
    }

    fn alive(&self) -> Pending<bool> {
        Box::pin(boot::alive())
    }

    fn boot_session(&self) -> Pending<BootSession> {
        Box::pin(boot::session())
    }

    fn boot_orders(&self) -> Pending<Option<BootOrders>> {
        Box::pin(boot::first_orders())
    }

    fn visible(&self) -> bool {
        page::visible()
    }
}

impl Views for Browser {
    fn changed(&self, topic: Topic) {
        (self.0)(topic);
    }
}
