//! What the drivers need from wherever they run. The browser implements it once, in `src/platform`; tests and the
//! simulator implement it with a clock, a network and storage that they rule.
//!
//! Nothing here decides anything: an implementation carries out one request, keeps one text, takes one lock. It must
//! never send again by itself, never answer from a cache, and never panic where a facility is missing or refused: that
//! comes back as a value. A future that is returned here does not borrow from its arguments; what a method needs of them
//! it takes before it returns.

use std::pin::Pin;

use omnival_core::time::{Mono, Timestamp};

use crate::http;

/// What is awaited, with its type forgotten: one size for every call.
pub type Pending<T> = Pin<Box<dyn Future<Output = T>>>;

/// A page of the console, seen from below. A handle: clones are the same page.
pub trait Platform:
    Clock + Random + Tasks + Http + JournalStore + KeyValue + Locks + Channel + PageLife + Views + Clone + 'static
{
}

pub trait Clock {
    /// A clock that only goes forward. It may stand still while the machine sleeps, so a wait measured with it can only
    /// come out too long.
    fn mono(&self) -> Mono;

    /// The wall clock. It may jump either way, and it may be wrong.
    fn wall(&self) -> Timestamp;

    /// Ready after at least so long; maybe much later, since hidden pages are throttled and machines sleep. Nothing may
    /// conclude from it alone that a moment has come.
    fn sleep(&self, ms: u32) -> Pending<()>;

    /// Seconds from one HTTP date to another; the second alone is compared with the wall clock.
    fn seconds_between(&self, from: Option<&str>, to: &str) -> Option<i64>;
}

pub trait Random {
    /// For jitter: different in every page, so that operators never back off in lock-step.
    fn seed(&self) -> u64;

    /// A new UUID of version 4, in lower case.
    fn uuid(&self) -> String;
}

pub trait Tasks {
    /// Runs to its end, whatever becomes of who started it.
    fn spawn(&self, work: Pending<()>);
}

pub trait Http {
    /// A file that the operator chose. It is read when it is sent.
    type File: File;

    /// Sends it once. Follows no redirect of a write, and takes no answer from a cache. Dropping the future does not
    /// call the request back.
    fn send(&self, request: http::Request) -> Pending<http::Reply>;

    /// The same for a form with a file. An answer from another address counts as none.
    fn upload(
        &self,
        upload: http::Upload<Self::File>,
        on_progress: http::OnProgress,
        on_started: http::OnStarted,
    ) -> Pending<http::Reply>;

    /// A hint: only a try tells.
    fn online(&self) -> bool;
}

pub trait File: Clone + 'static {
    fn name(&self) -> String;

    /// Bytes.
    fn size(&self) -> u64;
}

/// Nothing was changed: there is no such store for this page, or it is full or broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unstored;

/// Entries of the journal as the store holds them.
pub type Entries = Vec<(String, String)>;
/// Entries as they are to become: a key without text is deleted.
pub type Changes = Vec<(String, Option<String>)>;
/// Says what a transaction writes. Called once if the transaction comes so far.
pub type Decide = Box<dyn FnOnce(Entries) -> Changes>;

pub trait JournalStore {
    /// One transaction over the entries whose key begins with `prefix`; no other page's comes between. What `decide` says
    /// is on the disk when this ends well.
    fn transact(&self, prefix: &str, decide: Decide) -> Pending<Result<(), Unstored>>;
}

/// Where a small text is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Area {
    /// For every tab of this storage partition.
    Browser,
    /// For this tab, until it is closed. A duplicated tab starts with a copy.
    Tab,
}

/// Small texts. Never a token.
pub trait KeyValue {
    fn get(&self, area: Area, key: &str) -> Option<String>;

    /// True when the text is kept now. A refused write leaves what was kept before.
    fn set(&self, area: Area, key: &str, text: &str) -> bool;

    /// True when nothing is kept under `key` any more.
    fn remove(&self, area: Area, key: &str) -> bool;

    /// The kept keys that begin with `prefix`, in no particular order.
    fn keys(&self, area: Area, prefix: &str) -> Vec<String>;
}

/// Why there is no lock. In both cases nothing is held, and nothing waits any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoLock {
    /// There are no locks for this page: the tabs are not protected from each other.
    Unavailable,
    /// Another page kept it for longer than the caller was ready to wait.
    Timeout,
}

/// One at a time among the pages of a storage partition. A lock is never stolen; a page that ends loses its locks.
pub trait Locks {
    /// Held until it is dropped.
    type Held: 'static;

    /// Waits at most so long, or without end. Dropping the future leaves the queue.
    fn acquire(&self, name: &str, patience_ms: Option<u32>) -> Pending<Result<Self::Held, NoLock>>;

    /// How many locks whose name begins with `prefix` are held, in all pages together. `None` where nobody can tell.
    fn count_held(&self, prefix: &str) -> Pending<Option<usize>>;
}

/// Messages between the pages of a storage partition: they may be late, repeated or lost.
pub trait Channel {
    /// Closed when it is dropped.
    type Open: 'static;

    /// `heard` gets what the other pages post, and never what this one does. `None` where there is no such channel.
    fn open(&self, name: &str, heard: Box<dyn Fn(String)>) -> Option<Self::Open>;

    fn post(&self, channel: &Self::Open, text: &str);
}

/// What became of the refresh that the boot script may have sent.
#[derive(Clone, PartialEq, Eq)]
pub enum BootSession {
    /// Nothing was sent: no session is known here, or another tab kept the lock.
    NotSent,
    Answered {
        status: u16,
        body: String,
    },
    /// It was sent, and its answer was lost: the refresh token may be spent.
    Lost,
}

/// The answer to the boot script's first read of the queue.
#[derive(Clone, PartialEq, Eq)]
pub struct BootOrders {
    pub url: String,
    pub status: u16,
    pub body: String,
}

/// This page load, and what the boot script handed over to it.
pub trait PageLife {
    /// This page's id among the others; never reused.
    fn tab(&self) -> String;

    /// Ready when it is known whether this page holds the lock that tells the others of its life.
    fn alive(&self) -> Pending<bool>;

    /// Ready when the boot script's refresh is. To be taken once; later calls say [`BootSession::NotSent`].
    fn boot_session(&self) -> Pending<BootSession>;

    /// Ready when the boot script's first read is. To be taken once; later calls say `None`.
    fn boot_orders(&self) -> Pending<Option<BootOrders>>;

    /// Can some part of the page be seen?
    fn visible(&self) -> bool;
}

/// What a view may show of the drivers. Grows with them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Topic {
    /// Who is signed in.
    Session,
    /// The pause that the platform asked for.
    Pause,
    /// Whether this page and the other pages can be kept apart.
    Tabs,
    /// The attempts that this page follows.
    Attempts,
    /// What the journal holds, and whether there is one.
    Journal,
    /// The files that are on their way.
    Uploads,
}

pub trait Views {
    /// Something of this kind may look different now. Called after the change, outside of any borrow of a driver's
    /// state: who is told may read at once.
    fn changed(&self, topic: Topic);
}
