//! The armed faults and what became of them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::watch;

use super::kind::Fault;
use super::selector::{Selector, Subject};
use crate::base::time::Stamp;
use crate::contract::operations::Operation;
use crate::problem::{Code, Problem};
use crate::state::connections::Connections;

const MAX_ARMED: usize = 200;
const FIRED_KEPT: usize = 50;

/// A fault that waits for its requests. Invariant: `remaining >= 1`; a spent one is removed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Armed {
    pub id: String,
    #[serde(flatten)]
    pub selector: Selector,
    /// Fires first on this matching request, counted from 1 since it was armed.
    pub nth: u32,
    /// Fires on this many requests in all.
    pub count: u32,
    pub remaining: u32,
    /// How many requests have matched so far.
    pub seen: u32,
    pub fault: Fault,
}

/// A fault that met its request.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fired {
    #[serde(skip)]
    number: u64,
    pub at: Stamp,
    pub fault_id: String,
    pub fault: Fault,
    pub operation: Option<Operation>,
    pub method: String,
    pub path: String,
    /// Why it had no effect, if it had none.
    pub note: Option<String>,
}

/// A fault to be carried out on the request at hand.
#[derive(Debug)]
pub struct Firing {
    /// For [`Faults::note`].
    pub number: u64,
    /// How often this fault had fired before.
    pub earlier: u32,
    pub fault: Fault,
}

/// What `GET /sandbox/faults` shows.
#[derive(Debug, Serialize)]
pub struct Overview {
    pub items: Vec<Armed>,
    /// The last ones, newest first.
    pub fired: Vec<Fired>,
}

/// All faults of one server.
#[derive(Debug, Default)]
pub struct Faults {
    inner: Mutex<Inner>,
    connections: Connections,
    /// Grows with every reset; what waits in an older world must not act in the new one.
    world: watch::Sender<u64>,
}

/// The time between two resets.
#[derive(Debug)]
pub struct World(watch::Receiver<u64>);

impl World {
    /// Waits; answers false, at once, if the sandbox is reset meanwhile.
    pub async fn outlasts(&mut self, time: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(time) => true,
            _ = self.0.changed() => false,
        }
    }
}

#[derive(Debug, Default)]
struct Inner {
    last_id: u64,
    last_firing: u64,
    armed: Vec<Armed>,
    fired: VecDeque<Fired>,
}

impl Faults {
    /// To be given to the accept loop, so that a closing fault finds fresh connections.
    pub fn connections(&self) -> Connections {
        self.connections.clone()
    }

    pub fn arm(&self, selector: Selector, nth: u32, count: u32, fault: Fault) -> Result<Armed, Problem> {
        let mut inner = self.lock();
        if inner.armed.len() >= MAX_ARMED {
            return Err(Problem::new(
                Code::BusinessRule,
                "Too many faults are armed. Disarm some first.",
            ));
        }
        inner.last_id += 1;
        let id = format!("fault-{}", inner.last_id);
        let armed = Armed {
            id,
            selector,
            nth,
            count,
            remaining: count,
            seen: 0,
            fault,
        };
        inner.armed.push(armed.clone());
        self.settle(&inner);
        Ok(armed)
    }

    pub fn disarm(&self, id: &str) {
        let mut inner = self.lock();
        inner.armed.retain(|armed| armed.id != id);
        self.settle(&inner);
    }

    pub fn disarm_all(&self) {
        let mut inner = self.lock();
        inner.armed.clear();
        self.settle(&inner);
    }

    /// Disarms, forgets, and abandons requests that a fault still holds back.
    pub fn reset(&self) {
        let mut inner = self.lock();
        inner.armed.clear();
        inner.fired.clear();
        self.settle(&inner);
        self.world.send_modify(|world| *world += 1);
    }

    pub fn overview(&self) -> Overview {
        let inner = self.lock();
        Overview {
            items: inner.armed.clone(),
            fired: inner.fired.iter().cloned().collect(),
        }
    }

    /// Counts a request and takes the faults that are due on it, in the order they were armed.
    ///
    /// At most one of them replaces the answer; another one that is due stays so for the next
    /// matching request.
    pub fn take(&self, subject: Subject<'_>, now: Stamp) -> Vec<Firing> {
        let mut guard = self.lock();
        let inner = &mut *guard;
        let mut taken = Vec::new();
        let mut replaced = false;
        for armed in &mut inner.armed {
            if !armed.selector.fits(subject) {
                continue;
            }
            armed.seen = armed.seen.saturating_add(1);
            let replaces = armed.fault.replaces_the_answer();
            if armed.seen < armed.nth || (replaces && replaced) {
                continue;
            }
            replaced |= replaces;
            inner.last_firing += 1;
            taken.push(Firing {
                number: inner.last_firing,
                earlier: armed.count - armed.remaining,
                fault: armed.fault.clone(),
            });
            inner.fired.push_front(Fired {
                number: inner.last_firing,
                at: now,
                fault_id: armed.id.clone(),
                fault: armed.fault.clone(),
                operation: subject.operation,
                method: subject.method.to_string(),
                path: subject.path.to_owned(),
                note: None,
            });
            armed.remaining -= 1;
        }
        inner.armed.retain(|armed| armed.remaining > 0);
        inner.fired.truncate(FIRED_KEPT);
        self.settle(inner);
        taken
    }

    /// Says why a firing had no effect.
    pub fn note(&self, firing: u64, text: String) {
        let mut inner = self.lock();
        if let Some(fired) = inner.fired.iter_mut().find(|fired| fired.number == firing) {
            fired.note = Some(text);
        }
    }

    /// The world as it is now: to be taken before anything that a reset is to undo.
    pub fn world(&self) -> World {
        World(self.world.subscribe())
    }

    fn settle(&self, inner: &Inner) {
        let fresh = inner.armed.iter().any(|armed| armed.fault.needs_a_fresh_connection());
        self.connections.allow_reuse(!fresh);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::kind::When;
    use super::*;
    use crate::contract::operations::{OrderRead, OrderWrite};
    use axum::http::Method;

    const CLOSE: Fault = Fault::Close { when: When::After };
    const HTML: Fault = Fault::Html {};
    const SLOW: Fault = Fault::Delay {
        when: When::Before,
        ms: 1,
    };

    fn hold() -> Subject<'static> {
        Subject {
            operation: Some(OrderWrite::HoldOrder.into()),
            method: &Method::POST,
            path: "/api/o/hold",
        }
    }

    fn on_hold() -> Selector {
        Selector {
            operation: Some(OrderWrite::HoldOrder.into()),
            ..Selector::default()
        }
    }

    fn fire(faults: &Faults) -> Vec<Fault> {
        faults
            .take(hold(), Stamp(0))
            .into_iter()
            .map(|firing| firing.fault)
            .collect()
    }

    #[test]
    fn fires_from_the_nth_request_on_and_count_times() {
        let faults = Faults::default();
        faults.arm(on_hold(), 2, 2, HTML).unwrap();
        assert_eq!(fire(&faults), []);
        let other = Subject {
            operation: Some(OrderRead::GetOrder.into()),
            method: &Method::GET,
            path: "/api/o",
        };
        assert!(faults.take(other, Stamp(0)).is_empty());
        assert_eq!(fire(&faults), [HTML]);
        assert_eq!(faults.overview().items[0].remaining, 1);
        assert_eq!(fire(&faults), [HTML]);
        assert!(faults.overview().items.is_empty());
        assert_eq!(fire(&faults), []);
        assert_eq!(faults.overview().fired.len(), 2);
    }

    #[test]
    fn only_one_fault_replaces_an_answer_and_the_other_stays_due() {
        let faults = Faults::default();
        faults.arm(on_hold(), 1, 1, HTML).unwrap();
        faults.arm(on_hold(), 1, 1, SLOW).unwrap();
        faults.arm(on_hold(), 1, 1, CLOSE).unwrap();
        assert_eq!(fire(&faults), [HTML, SLOW]);
        assert_eq!(fire(&faults), [CLOSE]);
    }

    #[test]
    fn disarming_and_resetting_leave_nothing() {
        let faults = Faults::default();
        let first = faults.arm(on_hold(), 1, 1, HTML).unwrap();
        let second = faults.arm(on_hold(), 1, 1, CLOSE).unwrap();
        assert_ne!(first.id, second.id);
        faults.disarm(&first.id);
        assert_eq!(fire(&faults), [CLOSE]);
        faults.arm(on_hold(), 1, 1, SLOW).unwrap();
        faults.reset();
        assert_eq!(fire(&faults), []);
        let overview = faults.overview();
        assert!(overview.items.is_empty() && overview.fired.is_empty());
    }
}
