//! What a screen has read from the platform, in one signal. What is known, how old it is, and which read counts is decided in
//! [`omnival_headless::reads`]; this asks, and shows.

use leptos::prelude::*;
use omnival_core::operation::{Call, Repeatable};
use omnival_core::time::Mono;
use omnival_headless::reads::{Loaded, Merge, Read, Taken};
use omnival_headless::transport::Decode;

use super::{Api, Failure, Pending};
use crate::platform::{clock, task};

/// A handle to a value on the platform.
pub struct Remote<T: Send + Sync + 'static>(RwSignal<Read<T>>);

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    pub fn new() -> Self {
        Self(RwSignal::new(Read::default()))
    }

    /// For a value that keeps something of the one before it.
    pub fn merging(merge: Merge<T>) -> Self {
        Self(RwSignal::new(Read::merging(merge)))
    }

    /// Asks, and shows the answer when it comes.
    pub fn load<C: Repeatable + 'static>(self, api: Api, call: Call<C>, decode: Decode<T>) {
        self.load_from(Box::pin(api.repeat(call, decode)), Box::new(|| ()));
    }

    /// Takes the value from wherever it comes, and runs `then` once it is shown.
    pub fn load_from(self, read: Pending<Result<T, Failure>>, then: Box<dyn FnOnce()>) {
        let Some(turn) = self.0.try_update(|read| read.begin(clock::now())) else {
            return;
        };
        task::spawn(async move {
            let end = read.await;
            let taken = self.0.try_maybe_update(|read| {
                let taken = read.take(turn, end, clock::wall());
                (taken != Taken::Overtaken, taken)
            });
            if taken == Some(Taken::Value) {
                then();
            }
        });
    }

    /// Takes a value that came by another way, for example with a write's answer.
    pub fn put(self, value: T) {
        self.0.try_update(|read| read.put(value, clock::now(), clock::wall()));
    }

    /// Adds to the value.
    pub fn amend(self, change: impl FnOnce(&mut T)) {
        self.0.try_update(|read| read.amend(change));
    }

    /// Forgets the value: it belonged to something else.
    pub fn clear(self) {
        self.0.try_update(Read::clear);
    }

    pub fn with<R>(self, look: impl FnOnce(&Loaded<T>) -> R) -> R {
        self.0.with(|read| look(read))
    }

    pub fn with_untracked<R>(self, look: impl FnOnce(&Loaded<T>) -> R) -> R {
        self.0.with_untracked(|read| look(read))
    }

    pub fn failure(self) -> Signal<Option<Failure>> {
        Signal::derive(move || self.with(|loaded| loaded.failure.clone()))
    }

    pub fn is_settled(self) -> bool {
        self.with(Loaded::is_settled)
    }

    pub fn is_awaited(self) -> bool {
        self.with(Loaded::is_awaited)
    }

    /// Could it not be had when it was last asked for? At this moment only.
    pub fn has_failed_now(self) -> bool {
        self.with_untracked(Loaded::has_failed)
    }

    pub fn value(self) -> Option<T> {
        self.with(|loaded| loaded.value.clone())
    }

    pub fn value_untracked(self) -> Option<T> {
        self.with_untracked(|loaded| loaded.value.clone())
    }

    /// Is it to be read again at this moment, by this rule? False once its screen has gone.
    pub fn is_due(self, rule: impl FnOnce(&Loaded<T>, Mono) -> bool) -> bool {
        self.0.try_with_untracked(|read| rule(read, clock::now())) == Some(true)
    }

    /// Older than this, never read, or not to be had when it was last asked for.
    pub fn is_older_than(self, ms: u64) -> bool {
        self.is_due(|loaded, now| loaded.is_older_than(ms, now))
    }
}
