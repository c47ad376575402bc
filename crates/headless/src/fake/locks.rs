//! Locks as the browser's: first come, first served, never stolen, given back by a page that ends.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::executor::Owner;

/// A handle; clones are the same locks.
#[derive(Clone, Default)]
pub struct LockManager(Rc<Inner>);

#[derive(Default)]
struct Inner {
    is_missing: Cell<bool>,
    numbers: Cell<u64>,
    locks: RefCell<BTreeMap<String, Lock>>,
}

#[derive(Default)]
struct Lock {
    holder: Option<(u64, Owner)>,
    queue: VecDeque<(u64, Owner, Option<Waker>)>,
}

impl LockManager {
    pub fn set_available(&self, available: bool) {
        self.0.is_missing.set(!available);
    }

    pub fn is_available(&self) -> bool {
        !self.0.is_missing.get()
    }

    fn number(&self) -> u64 {
        let number = self.0.numbers.get() + 1;
        self.0.numbers.set(number);
        number
    }

    pub fn is_held(&self, name: &str) -> bool {
        let locks = self.0.locks.borrow();
        locks.get(name).is_some_and(|lock| lock.holder.is_some())
    }

    pub fn count_held(&self, prefix: &str) -> usize {
        let locks = self.0.locks.borrow();
        let held = locks
            .iter()
            .filter(|(name, lock)| name.starts_with(prefix) && lock.holder.is_some());
        held.count()
    }

    /// The lock, if it is free.
    pub fn take(&self, name: &str, owner: Owner) -> Option<Held> {
        let wait = self.wait(name, owner);
        let is_first = self.is_granted(name, wait.number);
        is_first.then(|| wait.into_held())
    }

    /// Joins the queue at once.
    pub fn wait(&self, name: &str, owner: Owner) -> Waiting {
        let number = self.number();
        let mut locks = self.0.locks.borrow_mut();
        let lock = locks.entry(name.to_owned()).or_default();
        lock.queue.push_back((number, owner, None));
        lock.grant();
        drop(locks);
        Waiting {
            manager: self.clone(),
            name: name.to_owned(),
            number,
            is_done: false,
        }
    }

    fn is_granted(&self, name: &str, number: u64) -> bool {
        let locks = self.0.locks.borrow();
        let holder = locks.get(name).and_then(|lock| lock.holder);
        holder.is_some_and(|(of, _)| of == number)
    }

    /// Gives back what this turn holds, or leaves the queue.
    fn leave(&self, name: &str, number: u64) {
        self.retain(|at, of, _| at != name || of != number);
    }

    /// A page ends.
    pub fn leave_all(&self, page: usize) {
        self.retain(|_, _, owner| owner != Some(page));
    }

    fn retain(&self, stays: impl Fn(&str, u64, Owner) -> bool) {
        let mut locks = self.0.locks.borrow_mut();
        for (name, lock) in locks.iter_mut() {
            lock.queue.retain(|(number, owner, _)| stays(name, *number, *owner));
            lock.holder = lock.holder.filter(|(number, owner)| stays(name, *number, *owner));
            lock.grant();
        }
    }
}

impl Lock {
    fn grant(&mut self) {
        if self.holder.is_none()
            && let Some((number, owner, waker)) = self.queue.pop_front()
        {
            self.holder = Some((number, owner));
            if let Some(waker) = waker {
                waker.wake();
            }
        }
    }
}

/// Waits for its turn; leaves the queue when it is dropped before.
pub struct Waiting {
    manager: LockManager,
    name: String,
    number: u64,
    is_done: bool,
}

impl Waiting {
    fn into_held(mut self) -> Held {
        self.is_done = true;
        Held {
            manager: self.manager.clone(),
            name: self.name.clone(),
            number: self.number,
        }
    }
}

impl Future for Waiting {
    type Output = Held;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Held> {
        if self.manager.is_granted(&self.name, self.number) {
            self.is_done = true;
            return Poll::Ready(Held {
                manager: self.manager.clone(),
                name: self.name.clone(),
                number: self.number,
            });
        }
        let mut locks = self.manager.0.locks.borrow_mut();
        let queue = locks.get_mut(&self.name).map(|lock| &mut lock.queue);
        if let Some((_, _, waker)) = queue.and_then(|queue| queue.iter_mut().find(|(of, ..)| *of == self.number)) {
            *waker = Some(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.is_done {
            self.manager.leave(&self.name, self.number);
        }
    }
}

/// Given back when it is dropped.
pub struct Held {
    manager: LockManager,
    name: String,
    number: u64,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.manager.leave(&self.name, self.number);
    }
}
