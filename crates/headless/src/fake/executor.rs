//! Tasks of pages, polled in the order in which they were woken, on a clock of its own.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use crate::platform::Pending;

/// Who owns a task: a page by its number, or the world.
pub type Owner = Option<usize>;

type Ready = Arc<Mutex<VecDeque<usize>>>;

struct Bell {
    task: usize,
    ready: Ready,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if !ready.contains(&self.task) {
            ready.push_back(self.task);
        }
    }
}

struct Task {
    owner: Owner,
    /// Empty while it is polled.
    work: Option<Pending<()>>,
}

/// A moment at which somebody is to be woken. Of equal moments the one that was asked for first.
struct Timer {
    at: u64,
    number: u64,
    waker: Waker,
}

impl Timer {
    const fn order(&self) -> (u64, u64) {
        (self.at, self.number)
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

#[derive(Default)]
pub struct Executor {
    now: Cell<u64>,
    numbers: Cell<u64>,
    ready: Ready,
    tasks: RefCell<BTreeMap<usize, Task>>,
    timers: RefCell<BinaryHeap<Reverse<Timer>>>,
    /// Pages that stand still, and their tasks that have been woken since.
    frozen: RefCell<BTreeSet<usize>>,
    held_back: RefCell<Vec<usize>>,
}

impl Executor {
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    fn number(&self) -> u64 {
        let number = self.numbers.get() + 1;
        self.numbers.set(number);
        number
    }

    pub fn spawn(&self, owner: Owner, work: Pending<()>) {
        let task = usize::try_from(self.number()).unwrap_or(usize::MAX);
        let work = Some(work);
        self.tasks.borrow_mut().insert(task, Task { owner, work });
        self.make_ready(task);
    }

    fn make_ready(&self, task: usize) {
        self.bell(task).wake();
    }

    fn bell(&self, task: usize) -> Arc<Bell> {
        let ready = Arc::clone(&self.ready);
        Arc::new(Bell { task, ready })
    }

    pub fn sleep(self: &Rc<Self>, ms: u64) -> Pending<()> {
        Box::pin(Sleep {
            at: self.now() + ms,
            asked: false,
            executor: Rc::clone(self),
        })
    }

    /// Polls what is ready until nothing is.
    pub fn run_ready(&self) {
        while let Some(task) = self.next_ready() {
            self.poll(task);
        }
    }

    fn next_ready(&self) -> Option<usize> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        ready.pop_front()
    }

    fn poll(&self, number: usize) {
        let work = {
            let mut tasks = self.tasks.borrow_mut();
            let Some(task) = tasks.get_mut(&number) else { return };
            if task.owner.is_some_and(|page| self.frozen.borrow().contains(&page)) {
                return self.held_back.borrow_mut().push(number);
            }
            task.work.take()
        };
        let Some(mut work) = work else { return };
        let waker = Waker::from(self.bell(number));
        let ended = work.as_mut().poll(&mut Context::from_waker(&waker)).is_ready();
        let mut tasks = self.tasks.borrow_mut();
        match tasks.get_mut(&number) {
            Some(task) if !ended => task.work = Some(work),
            // Ended, or its page ended while it was polled. Dropping it may end other things: not inside the borrow.
            _ => {
                tasks.remove(&number);
                drop(tasks);
                drop(work);
            }
        }
    }

    /// Moves the clock to the next timer, if one is due by `end`.
    pub fn step_to(&self, end: u64) -> bool {
        let due = {
            let mut timers = self.timers.borrow_mut();
            let is_due = timers.peek().is_some_and(|Reverse(timer)| timer.at <= end);
            if is_due { timers.pop() } else { None }
        };
        let Some(Reverse(timer)) = due else { return false };
        self.now.set(self.now().max(timer.at));
        timer.waker.wake();
        true
    }

    pub fn set_now(&self, now: u64) {
        self.now.set(self.now().max(now));
    }

    pub fn freeze(&self, page: usize) {
        self.frozen.borrow_mut().insert(page);
    }

    pub fn thaw(&self, page: usize) {
        self.frozen.borrow_mut().remove(&page);
        for task in self.held_back.take() {
            self.make_ready(task);
        }
    }

    /// Drops everything that this page had under way.
    pub fn end(&self, page: usize) {
        self.frozen.borrow_mut().remove(&page);
        let ended: Vec<Task> = {
            let mut tasks = self.tasks.borrow_mut();
            let of_page: Vec<usize> = tasks
                .iter()
                .filter(|(_, task)| task.owner == Some(page))
                .map(|(number, _)| *number)
                .collect();
            of_page.iter().filter_map(|number| tasks.remove(number)).collect()
        };
        drop(ended);
    }
}

struct Sleep {
    at: u64,
    asked: bool,
    executor: Rc<Executor>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.asked && self.executor.now() >= self.at {
            return Poll::Ready(());
        }
        self.asked = true;
        let timer = Timer {
            at: self.at,
            number: self.executor.number(),
            waker: context.waker().clone(),
        };
        self.executor.timers.borrow_mut().push(Reverse(timer));
        Poll::Pending
    }
}
