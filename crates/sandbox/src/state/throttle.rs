//! Slows down password guessing.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::time::{MINUTE, SECOND, Stamp};

/// After this many failures within a minute a user name has to wait.
const FAILURES: usize = 10;
/// A guesser who invents names must not fill the memory.
const MAX_NAMES: usize = 10_000;
const SECONDS_WHEN_FULL: u64 = 60;

/// The moments of recent attempts that have not succeeded, by user name.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Vec<Stamp>>>);

impl Throttle {
    /// Lets an attempt through, or answers the seconds this user name has to wait. An attempt counts
    /// as failed until it succeeds, so that many at once do not slip through together.
    pub fn admit(&self, username: &str, now: Stamp) -> Result<(), u64> {
        let mut names = self.names();
        if names.len() >= MAX_NAMES {
            names.retain(|_, attempts| {
                forget_old(attempts, now);
                !attempts.is_empty()
            });
        }
        let is_known = names.contains_key(username);
        if !is_known && names.len() >= MAX_NAMES {
            return Err(SECONDS_WHEN_FULL);
        }
        let attempts = names.entry(username.to_owned()).or_default();
        forget_old(attempts, now);
        if let (true, Some(oldest)) = (attempts.len() >= FAILURES, attempts.first()) {
            let left = oldest.0 + MINUTE - now.0;
            return Err(u64::try_from((left + SECOND - 1) / SECOND).unwrap_or(1).max(1));
        }
        attempts.push(now);
        Ok(())
    }

    pub fn succeeded(&self, username: &str) {
        self.names().remove(username);
    }

    pub fn clear(&self) {
        self.names().clear();
    }

    fn names(&self) -> MutexGuard<'_, HashMap<String, Vec<Stamp>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_old(attempts: &mut Vec<Stamp>, now: Stamp) {
    attempts.retain(|at| at.0 + MINUTE > now.0);
}
