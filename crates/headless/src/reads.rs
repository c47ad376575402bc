//! A value that is read from the platform: what is known of it, how old that is, and why nothing newer could be had.
//!
//! The state alone: whoever sends the requests numbers each with [`Read::begin`] and hands its end to [`Read::take`]. A
//! view keeps one [`Read`] in one signal. Must never let a failure take a value away, nor show an answer that was
//! overtaken.

use std::ops::Deref;

use omnival_core::time::{Mono, Timestamp};

use crate::api::Failure;

/// What is known. Invariant: a value that was read stays until a newer one replaces it.
#[derive(Clone, PartialEq, Debug)]
pub struct Loaded<T, F = Failure> {
    pub value: Option<T>,
    /// Why the last read brought nothing newer.
    pub failure: Option<F>,
    /// A read is under way.
    pub loading: bool,
    /// When the value was read, for people.
    pub as_of: Option<Timestamp>,
    /// When its read began, for deciding whether to read again: it cannot be younger than that.
    pub read_at: Option<Mono>,
}

impl<T, F> Default for Loaded<T, F> {
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

impl<T, F> Loaded<T, F> {
    /// The value is there, and no newer one is awaited or could not be had.
    pub const fn is_settled(&self) -> bool {
        self.value.is_some() && self.failure.is_none() && !self.loading
    }

    /// Nothing to show yet, and nothing that says why.
    pub const fn is_awaited(&self) -> bool {
        self.value.is_none() && self.failure.is_none()
    }

    pub const fn has_failed(&self) -> bool {
        self.failure.is_some()
    }

    /// Older than this, never read, or not to be had when it was last asked for. False while a read is under way.
    pub fn is_older_than(&self, ms: u64, now: Mono) -> bool {
        let is_old = self.read_at.is_none_or(|read_at| read_at.until(now) > ms);
        !self.loading && (is_old || self.failure.is_some())
    }

    /// Its read began before this moment, or it was never read.
    pub fn is_from_before(&self, moment: Mono) -> bool {
        self.read_at.is_none_or(|read_at| read_at < moment)
    }
}

/// One read among those of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Turn {
    number: u64,
    began: Mono,
}

/// What became of the end of a read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// It brought the value that is shown now.
    Value,
    /// It brought a failure; a value that was there is there still.
    Failure,
    /// Another read began since, or the value came by another way: nothing has changed.
    Overtaken,
}

/// What becomes of the value that was there, and of the one that came.
pub type Merge<T> = fn(Option<T>, T) -> T;

/// A value and its reads. Of several that are under way, the one that began last counts; the others end unseen.
#[derive(Clone, Debug)]
pub struct Read<T, F = Failure> {
    loaded: Loaded<T, F>,
    latest: u64,
    merge: Merge<T>,
}

impl<T, F> Default for Read<T, F> {
    fn default() -> Self {
        Self::merging(|_, value| value)
    }
}

impl<T, F> Deref for Read<T, F> {
    type Target = Loaded<T, F>;

    fn deref(&self) -> &Self::Target {
        &self.loaded
    }
}

impl<T, F> Read<T, F> {
    /// For a value that keeps something of the one before it.
    pub fn merging(merge: Merge<T>) -> Self {
        Self {
            loaded: Loaded::default(),
            latest: 0,
            merge,
        }
    }

    /// A read begins, and overtakes all that are under way.
    pub fn begin(&mut self, now: Mono) -> Turn {
        self.overtake();
        self.loaded.loading = true;
        Turn {
            number: self.latest,
            began: now,
        }
    }

    /// A read has ended.
    pub fn take(&mut self, turn: Turn, end: Result<T, F>, wall: Timestamp) -> Taken {
        if self.latest != turn.number {
            return Taken::Overtaken;
        }
        match end {
            Ok(value) => {
                self.hold(value, turn.began, wall);
                Taken::Value
            }
            Err(failure) => {
                self.loaded.loading = false;
                self.loaded.failure = Some(failure);
                Taken::Failure
            }
        }
    }

    /// Takes a value that came by another way, for example with a write's answer. Reads under way are overtaken.
    pub fn put(&mut self, value: T, now: Mono, wall: Timestamp) {
        self.overtake();
        self.hold(value, now, wall);
    }

    /// Adds to the value without making it any younger. Reads under way go on.
    pub fn amend(&mut self, change: impl FnOnce(&mut T)) {
        if let Some(value) = &mut self.loaded.value {
            change(value);
        }
    }

    /// Forgets the value: it belonged to something else.
    pub fn clear(&mut self) {
        self.overtake();
        self.loaded = Loaded::default();
    }

    const fn overtake(&mut self) {
        self.latest += 1;
    }

    fn hold(&mut self, value: T, read_at: Mono, wall: Timestamp) {
        let before = self.loaded.value.take();
        self.loaded = Loaded {
            value: Some((self.merge)(before, value)),
            failure: None,
            loading: false,
            as_of: Some(wall),
            read_at: Some(read_at),
        };
    }
}
