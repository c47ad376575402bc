//! Slows down password guessing.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::time::{MINUTE, SECOND, Stamp};

/// After this many failures within a minute a user name has to wait.
const FAILURES: usize = 10;
/// A guesser who invents names must not fill the memory.
const MAX_NAMES: usize = 10_000;

/// The moments of recent failed sign-ins by user name.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Vec<Stamp>>>);

impl Throttle {
    /// The seconds this user name has to wait, if it has to.
    pub fn must_wait(&self, username: &str, now: Stamp) -> Option<u64> {
        let mut names = self.names();
        let failures = names.get_mut(username)?;
        forget_old(failures, now);
        if failures.len() < FAILURES {
            return None;
        }
        let oldest = failures.first()?;
        let left = oldest.0 + MINUTE - now.0;
        u64::try_from((left + SECOND - 1) / SECOND)
            .ok()
            .map(|seconds| seconds.max(1))
    }

    pub fn failed(&self, username: &str, now: Stamp) {
        let mut names = self.names();
        if names.len() >= MAX_NAMES {
            names.retain(|_, failures| {
                forget_old(failures, now);
                !failures.is_empty()
            });
        }
        if names.len() < MAX_NAMES {
            names.entry(username.to_owned()).or_default().push(now);
        }
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

fn forget_old(failures: &mut Vec<Stamp>, now: Stamp) {
    failures.retain(|at| at.0 + MINUTE > now.0);
}
