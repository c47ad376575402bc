//! What a screen has read from the platform: the value, its age, and why a newer one could not be had.

use leptos::prelude::*;
use omnival_core::operation::{Call, Repeatable};
use omnival_core::time::{Mono, Timestamp};

use omnival_headless::transport::Decode;

use super::{Api, Failure, Pending};
use crate::platform::{clock, task};

/// Invariant: a value that was read stays until a newer one replaces it; a failure never takes it away.
#[derive(Clone, PartialEq)]
pub struct Loaded<T> {
    pub value: Option<T>,
    pub failure: Option<Failure>,
    pub loading: bool,
    /// When the value was read, for people.
    pub as_of: Option<Timestamp>,
    /// When it was read, for deciding whether to read again.
    pub read_at: Option<Mono>,
}

impl<T> Default for Loaded<T> {
    fn default() -> Self {
        Self {
            value: None,
            failure: None,
            loading: false,
            as_of: None,
            read_at: None,
        }
    }
}

impl<T> Loaded<T> {
    fn take(&mut self, end: Result<T, Failure>, began: Mono) {
        self.loading = false;
        match end {
            Ok(value) => {
                self.value = Some(value);
                self.failure = None;
                self.as_of = Some(clock::wall());
                self.read_at = Some(began);
            }
            Err(failure) => self.failure = Some(failure),
        }
    }
}

/// A value on the platform. Of several reads under way, the one that began last wins.
pub struct Remote<T: Send + Sync + 'static> {
    state: RwSignal<Loaded<T>>,
    latest: StoredValue<u64>,
}

impl<T: Send + Sync + 'static> Clone for Remote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Remote<T> {}

impl<T: Clone + Send + Sync + 'static> Remote<T> {
    pub fn new() -> Self {
        Self {
            state: RwSignal::new(Loaded::default()),
            latest: StoredValue::new(0),
        }
    }

    /// Asks, and shows the answer when it comes.
    pub fn load<C: Repeatable + 'static>(self, api: Api, call: Call<C>, decode: Decode<T>) {
        self.load_from(Box::pin(api.repeat(call, decode)), Box::new(|| ()));
    }

    /// Takes the value from wherever it comes, and runs `then` once it is shown.
    pub fn load_from(self, read: Pending<Result<T, Failure>>, then: Box<dyn FnOnce()>) {
        let Some(turn) = self.begin() else { return };
        let began = clock::now();
        task::spawn(async move {
            let end = read.await;
            if self.latest.try_get_value() != Some(turn) {
                return;
            }
            let worked = end.is_ok();
            self.state.try_update(|state| state.take(end, began));
            if worked {
                then();
            }
        });
    }

    fn begin(self) -> Option<u64> {
        let turn = self.latest.try_update_value(|latest| {
            *latest += 1;
            *latest
        })?;
        self.state.try_update(|state| state.loading = true)?;
        Some(turn)
    }

    /// Takes a value that came by another way, for example with a write's answer. Reads under way are outrun.
    pub fn put(self, value: T) {
        let _ = self.latest.try_update_value(|latest| *latest += 1);
        let _ = self.state.try_set(Loaded {
            value: Some(value),
            failure: None,
            loading: false,
            as_of: Some(clock::wall()),
            read_at: Some(clock::now()),
        });
    }

    /// Forgets the value: it belonged to something else.
    pub fn clear(self) {
        let _ = self.latest.try_update_value(|latest| *latest += 1);
        let _ = self.state.try_set(Loaded::default());
    }

    pub fn with<R>(self, look: impl FnOnce(&Loaded<T>) -> R) -> R {
        self.state.with(look)
    }

    pub fn with_untracked<R>(self, look: impl FnOnce(&Loaded<T>) -> R) -> R {
        self.state.with_untracked(look)
    }

    pub fn failure(self) -> Signal<Option<Failure>> {
        Signal::derive(move || self.with(|loaded| loaded.failure.clone()))
    }

    /// The value is there, and no newer one is awaited or could not be had.
    pub fn is_settled(self) -> bool {
        self.with(|loaded| loaded.value.is_some() && loaded.failure.is_none() && !loaded.loading)
    }

    /// Nothing to show yet, and nothing that says why.
    pub fn is_awaited(self) -> bool {
        self.with(|loaded| loaded.value.is_none() && loaded.failure.is_none())
    }

    pub fn value(self) -> Option<T> {
        self.with(|loaded| loaded.value.clone())
    }

    pub fn value_untracked(self) -> Option<T> {
        self.with_untracked(|loaded| loaded.value.clone())
    }

    /// Older than this, never read, or not to be had when it was last asked for. False while a read is under way.
    pub fn is_older_than(self, ms: u64) -> bool {
        self.state
            .try_with_untracked(|state| {
                let old = state.read_at.is_none_or(|read_at| read_at.until(clock::now()) > ms);
                !state.loading && (old || state.failure.is_some())
            })
            .unwrap_or(false)
    }
}
