//! The way to the API, shared by every screen.
//!
//! Whether a call may go out again is decided by its class, in the core: what repeats stands in `api/repeat.rs`, what goes
//! out once in `api/once.rs`, and neither takes the other's calls. The platform's pause (429) holds all of them.

mod failure;
mod once;
mod repeat;
mod request;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::select;
use omnival_core::recovery::outcome::{Answer, Reply};
use omnival_core::recovery::retry::{Budget, DEFAULT_PAUSE_MS, Pause};
use omnival_wire::config::Config;

use crate::platform::{Platform, Topic};
use crate::session::Session;
use crate::tabs::{TabMessage, Tabs};
use crate::transport::Transport;

pub use failure::Failure;
pub use once::Ready;

/// Whatever another tab says: no pause is longer.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// A handle; clones lead to the same platform, with the same session, budget and pause.
#[derive(Clone)]
pub struct Api<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    platform: P,
    transport: Transport<P>,
    session: Session<P>,
    tabs: Tabs<P>,
    pause: Cell<Pause>,
    /// Calls that wait for the pause to end.
    paused: RefCell<Vec<oneshot::Sender<()>>>,
    budget: RefCell<Budget>,
    chance: Cell<u64>,
}

impl<P: Platform> Api<P> {
    pub fn new(platform: P, config: Config) -> Self {
        let tabs = Tabs::new(platform.clone());
        let transport = Transport::new(platform.clone(), config);
        let session = Session::new(platform.clone(), tabs.clone(), transport.clone());
        Self(Rc::new(Inner {
            transport,
            session,
            tabs,
            pause: Cell::default(),
            paused: RefCell::default(),
            budget: RefCell::default(),
            chance: Cell::new(platform.seed() | 1),
            platform,
        }))
    }

    /// Begins to listen to the other tabs, and takes the session over. `heard` gets every message too.
    pub fn start(&self, heard: Box<dyn Fn(&TabMessage)>) {
        let api = self.clone();
        self.0.tabs.start(Box::new(move |message| {
            api.heard(&message);
            heard(&message);
        }));
        let session = self.0.session.clone();
        self.0.platform.spawn(Box::pin(async move { session.start().await }));
    }

    pub fn platform(&self) -> &P {
        &self.0.platform
    }

    pub fn config(&self) -> &Config {
        self.0.transport.config()
    }

    pub fn session(&self) -> &Session<P> {
        &self.0.session
    }

    pub fn tabs(&self) -> &Tabs<P> {
        &self.0.tabs
    }

    /// What another tab says about the session, or about the platform's pause.
    fn heard(&self, message: &TabMessage) {
        match message {
            TabMessage::Pause(ms) => self.pause_for(*ms),
            message => self.0.session.heard(message),
        }
    }

    /// The pause that a 429 asked for; screens show its countdown.
    pub fn pause(&self) -> Pause {
        self.0.pause.get()
    }

    /// The operator does not want to wait any longer.
    pub fn end_pause(&self) {
        let mut pause = self.pause();
        pause.end();
        self.0.pause.set(pause);
        for waiting in self.0.paused.take() {
            let _ = waiting.send(());
        }
        self.0.platform.changed(Topic::Pause);
    }

    fn pause_for(&self, ms: u64) {
        let mut pause = self.pause();
        pause.extend(self.0.platform.mono(), ms.min(LONGEST_PAUSE_MS));
        self.0.pause.set(pause);
        self.0.platform.changed(Topic::Pause);
    }

    /// For all tabs: the platform asked this browser's operator to wait, not this page.
    fn begin_pause(&self, ms: u64) {
        self.pause_for(ms);
        self.0.tabs.tell(&TabMessage::Pause(ms));
    }

    fn heed_pause(&self, reply: &Reply) {
        if let Reply::Answered(Answer {
            status: 429,
            retry_after_ms,
            ..
        }) = reply
        {
            self.begin_pause(retry_after_ms.unwrap_or(DEFAULT_PAUSE_MS));
        }
    }

    fn pause_left(&self) -> Option<u64> {
        self.pause().left(self.0.platform.mono())
    }

    /// Ends early when the operator ends the pause.
    async fn wait_out_pause(&self) {
        while let Some(left) = self.pause_left() {
            let (ring, bell) = oneshot::channel();
            self.0.paused.borrow_mut().push(ring);
            select(bell, self.0.platform.sleep(clamp(left))).await;
        }
    }
}

/// As much of it as a timer takes; who waits looks at the clock again.
fn clamp(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}
