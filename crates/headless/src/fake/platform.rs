//! The platform traits, as a page of the world has them.

use std::rc::Rc;

use futures::future::{Either, ready, select};
use omnival_core::recovery::outcome::Loss;
use omnival_core::time::{Mono, Timestamp};

use super::date;
use super::locks::Held;
use super::network::{Answering, Plan, Wire};
use super::page::{FakeFile, Page};
use super::partition::{Ear, Journal, Partition};
use crate::http;
use crate::platform::{
    Area, BootOrders, BootSession, Channel, Clock, Decide, Http, JournalStore, KeyValue, Locks, NoLock, PageLife,
    Pending, Platform, Random, Tasks, Topic, Unstored, Views,
};

impl Platform for Page {}

impl Clock for Page {
    fn mono(&self) -> Mono {
        Mono(self.0.world.now())
    }

    fn wall(&self) -> Timestamp {
        let since = i64::try_from(self.0.world.now()).unwrap_or(i64::MAX);
        Timestamp(self.0.world.0.wall_offset.get() + since + self.0.wall_skew.get())
    }

    fn sleep(&self, ms: u32) -> Pending<()> {
        self.0.world.0.executor.sleep(ms.into())
    }

    fn seconds_between(&self, from: Option<&str>, to: &str) -> Option<i64> {
        let from = from.map_or_else(|| Some(self.wall()), date::parse)?;
        Some((date::parse(to)?.0 - from.0) / 1_000)
    }
}

impl Random for Page {
    fn seed(&self) -> u64 {
        self.0.world.random()
    }

    fn uuid(&self) -> String {
        let (high, low) = (self.0.world.random(), self.0.world.random());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }
}

impl Tasks for Page {
    fn spawn(&self, work: Pending<()>) {
        if !self.0.has_ended.get() {
            self.0.world.spawn(self.owner(), work);
        }
    }
}

impl Page {
    fn wire(&self, method: omnival_core::operation::Method, url: String) -> Wire {
        Wire {
            number: 0,
            page: self.number(),
            method,
            url,
            headers: Vec::new(),
            body: None,
            credentials: http::Credentials::SameOrigin,
            cookie: None,
            parts: Vec::new(),
            at: self.0.world.now(),
        }
    }

    /// On its way from this moment; the world carries it on, whatever becomes of the page.
    fn exchange(&self, mut wire: Wire, timeout_ms: u32) -> Pending<http::Reply> {
        if self.0.partition.0.is_offline.get() {
            return Box::pin(ready(http::Reply::NotSent(http::NotSent::Offline)));
        }
        let world = self.0.world.clone();
        wire.number = world.number();
        let plan = (world.0.network.borrow_mut())(&wire);
        let (tell, told) = futures::channel::oneshot::channel();
        let (travels, at) = (world.clone(), self.clone());
        world.spawn(
            None,
            Box::pin(async move {
                let answered = at.travel(&plan, &wire).await;
                travels.0.executor.sleep(plan.answers_ms).await;
                match answered {
                    _ if plan.hangs => std::future::pending().await,
                    Some(answering) if !plan.breaks => {
                        if let Some(cookie) = answering.cookie {
                            at.0.partition
                                .0
                                .cookie
                                .replace(Some(cookie).filter(|cookie| !cookie.is_empty()));
                        }
                        let _ = tell.send(http::Reply::Answer(answering.answer));
                    }
                    _ => {
                        let _ = tell.send(http::Reply::Lost(Loss::Network));
                    }
                }
            }),
        );
        let patience = world.0.executor.sleep(timeout_ms.into());
        Box::pin(async move {
            match select(told, patience).await {
                Either::Left((reply, _)) => reply.unwrap_or(http::Reply::Lost(Loss::Network)),
                Either::Right(_) => http::Reply::Lost(Loss::Timeout),
            }
        })
    }

    /// Each copy arrives and is carried out; the last one's answer is the one that goes back.
    async fn travel(&self, plan: &Plan, wire: &Wire) -> Option<Answering> {
        let mut last = None;
        let mut gone = 0;
        for after in &plan.arrives_ms {
            self.0.world.0.executor.sleep(after.saturating_sub(gone)).await;
            gone = *after;
            last = Some((self.0.world.0.server.borrow_mut())(wire));
        }
        last
    }
}

impl Http for Page {
    type File = FakeFile;

    fn send(&self, request: http::Request) -> Pending<http::Reply> {
        let mut wire = self.wire(request.method, request.url);
        wire.headers = request.headers;
        wire.body = request.body;
        wire.credentials = request.credentials;
        if request.credentials != http::Credentials::Omit {
            wire.cookie = self.0.partition.cookie();
        }
        self.exchange(wire, request.timeout_ms)
    }

    fn upload(
        &self,
        upload: http::Upload<FakeFile>,
        on_progress: http::OnProgress,
        on_started: http::OnStarted,
    ) -> Pending<http::Reply> {
        let mut wire = self.wire(omnival_core::operation::Method::Post, upload.url);
        wire.headers = upload.headers;
        wire.parts = upload.body.parts;
        wire.parts.push(("file", upload.body.file.name.clone()));
        let (cancel, cancelled) = futures::channel::oneshot::channel();
        let cancel = std::cell::Cell::new(Some(cancel));
        on_started(Box::new(move || {
            let _: Option<()> = cancel.take().and_then(|cancel| cancel.send(()).ok());
        }));
        let size = upload.body.file.size as f64;
        on_progress(0.0, size);
        let exchange = self.exchange(wire, upload.timeout_ms);
        Box::pin(async move {
            let reply = match select(exchange, cancelled).await {
                Either::Left((reply, _)) => reply,
                Either::Right((Ok(()), _)) => return http::Reply::Lost(Loss::Cancelled),
                // Nobody can call it back any more.
                Either::Right((Err(_), exchange)) => exchange.await,
            };
            on_progress(size, size);
            reply
        })
    }

    fn online(&self) -> bool {
        !self.0.partition.0.is_offline.get()
    }
}

impl JournalStore for Page {
    fn transact(&self, prefix: &str, decide: Decide) -> Pending<Result<(), Unstored>> {
        let (partition, prefix) = (self.0.partition.clone(), prefix.to_owned());
        let executor = Rc::clone(&self.0.world.0.executor);
        Box::pin(async move {
            match partition.0.journal_is.get() {
                Journal::AtOnce => {}
                Journal::Takes(ms) => executor.sleep(ms).await,
                Journal::Refuses => return Err(Unstored),
                Journal::Hangs => std::future::pending().await,
            }
            let held = partition
                .journal()
                .into_iter()
                .filter(|(key, _)| key.starts_with(&prefix));
            for (key, text) in decide(held.collect()) {
                partition.tamper(&key, text.as_deref());
            }
            Ok(())
        })
    }
}

impl Page {
    fn with_area<R>(&self, area: Area, look: impl FnOnce(&mut std::collections::BTreeMap<String, String>) -> R) -> R {
        match area {
            Area::Browser => look(&mut self.0.partition.0.storage.borrow_mut()),
            Area::Tab => look(&mut self.0.storage.borrow_mut()),
        }
    }
}

impl KeyValue for Page {
    fn get(&self, area: Area, key: &str) -> Option<String> {
        self.with_area(area, |kept| kept.get(key).cloned())
    }

    fn set(&self, area: Area, key: &str, text: &str) -> bool {
        let refuses = self.0.partition.0.storage_refuses.get();
        if !refuses {
            self.with_area(area, |kept| kept.insert(key.to_owned(), text.to_owned()));
        }
        !refuses
    }

    fn remove(&self, area: Area, key: &str) -> bool {
        self.with_area(area, |kept| kept.remove(key));
        true
    }

    fn keys(&self, area: Area, prefix: &str) -> Vec<String> {
        self.with_area(area, |kept| {
            kept.keys().filter(|key| key.starts_with(prefix)).cloned().collect()
        })
    }
}

impl Locks for Page {
    type Held = Held;

    fn acquire(&self, name: &str, patience_ms: Option<u32>) -> Pending<Result<Held, NoLock>> {
        let locks = &self.0.partition.0.locks;
        if !locks.is_available() {
            return Box::pin(ready(Err(NoLock::Unavailable)));
        }
        let turn = locks.wait(name, self.owner());
        let patience = patience_ms.map(|ms| self.sleep(ms));
        Box::pin(async move {
            let Some(patience) = patience else {
                return Ok(turn.await);
            };
            match select(turn, patience).await {
                Either::Left((held, _)) => Ok(held),
                Either::Right(_) => Err(NoLock::Timeout),
            }
        })
    }

    fn count_held(&self, prefix: &str) -> Pending<Option<usize>> {
        let locks = &self.0.partition.0.locks;
        let count = locks.is_available().then(|| locks.count_held(prefix));
        Box::pin(ready(count))
    }
}

/// An open channel of a page.
pub struct Open {
    partition: Partition,
    number: u64,
    name: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let closed: Vec<Ear> = {
            let mut ears = self.partition.0.ears.borrow_mut();
            ears.extract_if(.., |ear| ear.number == self.number).collect()
        };
        drop(closed);
    }
}

impl Channel for Page {
    type Open = Open;

    fn open(&self, name: &str, heard: Box<dyn Fn(String)>) -> Option<Open> {
        let partition = self.partition().clone();
        if !partition.0.has_channel.get() {
            return None;
        }
        let number = self.0.world.number();
        partition.0.ears.borrow_mut().push(Ear {
            page: self.number(),
            number,
            name: name.to_owned(),
            heard: heard.into(),
        });
        Some(Open {
            partition,
            number,
            name: name.to_owned(),
        })
    }

    /// Heard in the order in which it was said, by each page when it comes to it.
    fn post(&self, channel: &Open, text: &str) {
        if self.partition().0.loses_messages.get() {
            return;
        }
        let ears = self.partition().0.ears.borrow().clone();
        for ear in ears
            .into_iter()
            .filter(|ear| ear.page != self.number() && ear.name == channel.name)
        {
            let (partition, text) = (self.partition().clone(), text.to_owned());
            let hear = async move {
                // It may have been closed meanwhile.
                let open = partition.0.ears.borrow().iter().any(|open| open.number == ear.number);
                if open {
                    (ear.heard)(text);
                }
            };
            self.0.world.spawn(Some(ear.page), Box::pin(hear));
        }
    }
}

impl PageLife for Page {
    fn tab(&self) -> String {
        self.id()
    }

    fn alive(&self) -> Pending<bool> {
        Box::pin(ready(self.0.life.borrow().is_some()))
    }

    fn boot_session(&self) -> Pending<BootSession> {
        Box::pin(ready(self.0.boot_session.replace(BootSession::NotSent)))
    }

    fn boot_orders(&self) -> Pending<Option<BootOrders>> {
        Box::pin(ready(self.0.boot_orders.take()))
    }

    fn visible(&self) -> bool {
        !self.0.is_hidden.get()
    }
}

impl Views for Page {
    fn changed(&self, topic: Topic) {
        self.0.changes.borrow_mut().push(topic);
    }
}
