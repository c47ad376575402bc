//! How far nothing is due.

use std::sync::{Mutex, PoisonError};

use crate::base::time::Stamp;

/// When the next task is due, as it was found in a generation of the database; good only for that one.
#[derive(Debug, Default)]
pub struct Horizon(Mutex<Option<(u64, Stamp)>>);

impl Horizon {
    /// Whether it is known that nothing is due yet.
    pub fn is_beyond(&self, generation: u64, now: Stamp) -> bool {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.is_some_and(|(of, due_at)| of == generation && now < due_at)
    }

    pub fn set(&self, generation: u64, due_at: Stamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, due_at));
    }
}
