//! Whether a connection may be used again.
//!
//! Browsers silently send a request again, even a POST, when a *reused* connection closes before
//! any byte of an answer, or answers 408. A fault that closes connections would then be hidden from
//! the page it is meant for; so while one is armed, every request travels on a connection of its
//! own.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;

const DRAIN_DEADLINE: Duration = Duration::from_secs(1);

/// The switch, shared by the faults, which turn it, and the accept loop, which obeys.
#[derive(Debug, Clone)]
pub struct Connections {
    reuse: watch::Sender<bool>,
    /// How many reusable connections wait for a request.
    idle: watch::Sender<usize>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            reuse: watch::Sender::new(true),
            idle: watch::Sender::new(0),
        }
    }
}

impl Connections {
    pub fn allow_reuse(&self, allow: bool) {
        self.reuse
            .send_if_modified(|current| std::mem::replace(current, allow) != allow);
    }

    /// Once reuse is forbidden: waits until the connections that idle are closed, so that a client
    /// that is told so does not send its next request into one of them.
    pub async fn drained(&self) {
        let mut idle = self.idle.subscribe();
        let none_left = idle.wait_for(|idle| *idle == 0);
        // A client that does not let go of its connection must not hold up the others.
        let _ = tokio::time::timeout(DRAIN_DEADLINE, none_left).await;
    }

    pub fn is_reuse_allowed(&self) -> bool {
        *self.reuse.borrow()
    }

    /// Ends when reuse is forbidden.
    pub async fn reuse_forbidden(&self) {
        // Never fails: the sender is held right here.
        let _ = self.reuse.subscribe().wait_for(|reuse| !*reuse).await;
    }
}

/// Counts one reusable connection for as long as it idles.
pub struct Idling {
    connections: Connections,
    idle: AtomicBool,
}

impl Idling {
    pub fn new(connections: Connections) -> Self {
        let idling = Self {
            connections,
            idle: AtomicBool::new(false),
        };
        idling.set(true);
        idling
    }

    /// Not idle until the answer is dropped.
    pub fn busy(&self) -> Busy<'_> {
        self.set(false);
        Busy(self)
    }

    fn set(&self, idle: bool) {
        if self.idle.swap(idle, Ordering::SeqCst) == idle {
            return;
        }
        self.connections.idle.send_modify(|count| {
            *count = if idle { *count + 1 } else { count.saturating_sub(1) };
        });
    }
}

impl Drop for Idling {
    fn drop(&mut self) {
        self.set(false);
    }
}

/// See [`Idling::busy`].
pub struct Busy<'a>(&'a Idling);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.set(true);
    }
}
