//! What a screen has read from the platform: the value, its age, and why a newer one could not be had.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use omnival_core::time::{Mono, Timestamp};

use super::Failure;
use crate::platform::clock;

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

    pub fn load(self, read: impl Future<Output = Result<T, Failure>> + 'static) {
        self.load_then(read, |_| ());
    }

    /// Reads, and hands the new value on once it is shown.
    pub fn load_then(self, read: impl Future<Output = Result<T, Failure>> + 'static, then: impl FnOnce(&T) + 'static) {
        let Some(turn) = self.begin() else { return };
        spawn_local(async move {
            let began = clock::now();
            let end = read.await;
            if self.latest.try_get_value() != Some(turn) {
                return;
            }
            let fresh = end.as_ref().ok().cloned();
            self.state.try_update(|state| {
                state.loading = false;
                match end {
                    Ok(value) => {
                        state.value = Some(value);
                        state.failure = None;
                        state.as_of = Some(clock::wall());
                        state.read_at = Some(began);
                    }
                    Err(failure) => state.failure = Some(failure),
                }
            });
            if let Some(fresh) = fresh {
                then(&fresh);
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

    /// Older than this, or never read. False while a read is under way.
    pub fn is_older_than(self, ms: u64) -> bool {
        self.state
            .try_with_untracked(|state| {
                !state.loading && state.read_at.is_none_or(|read_at| read_at.until(clock::now()) > ms)
            })
            .unwrap_or(false)
    }
}
