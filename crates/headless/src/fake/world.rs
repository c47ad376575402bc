//! The world that all pages are in: clock, executor, network, server.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::executor::{Executor, Owner};
use super::network::{Answering, Plan, Wire};
use crate::platform::Pending;

/// 2026-01-05T09:00:00Z.
const BEGINNING_MS: i64 = 1_767_603_600_000;
/// How long [`World::run_until`] lets the clock run.
const PATIENCE_MS: u64 = 48 * 3_600_000;

type Server = dyn FnMut(&Wire) -> Answering;
type Network = dyn FnMut(&Wire) -> Plan;

/// A handle; clones are the same world.
#[derive(Clone)]
pub struct World(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub executor: Rc<Executor>,
    pub server: RefCell<Box<Server>>,
    pub network: RefCell<Box<Network>>,
    pub wall_offset: Cell<i64>,
    pub random: Cell<u64>,
    pub pages: Cell<usize>,
    pub numbers: Cell<u64>,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// Nobody answers until [`Self::serve`]; requests and answers take 10 ms each until [`Self::route`].
    pub fn new() -> Self {
        Self(Rc::new(Inner {
            executor: Rc::default(),
            server: RefCell::new(Box::new(|_: &Wire| Answering::status(404))),
            network: RefCell::new(Box::new(|_: &Wire| Plan::default())),
            wall_offset: Cell::new(BEGINNING_MS),
            random: Cell::new(0x9e37_79b9_7f4a_7c15),
            pages: Cell::new(0),
            numbers: Cell::new(0),
        }))
    }

    /// What the server does with a request when it arrives.
    pub fn serve(&self, server: impl FnMut(&Wire) -> Answering + 'static) {
        *self.0.server.borrow_mut() = Box::new(server);
    }

    /// What the network does with a request that leaves.
    pub fn route(&self, network: impl FnMut(&Wire) -> Plan + 'static) {
        *self.0.network.borrow_mut() = Box::new(network);
    }

    /// For another run of the same script.
    pub fn seed(&self, seed: u64) {
        self.0.random.set(seed | 1);
    }

    /// Milliseconds since the beginning.
    pub fn now(&self) -> u64 {
        self.0.executor.now()
    }

    /// Somebody sets the wall clock forward or back.
    pub fn set_wall_clock(&self, by_ms: i64) {
        self.0.wall_offset.set(self.0.wall_offset.get() + by_ms);
    }

    /// Lets everything happen that happens within this time.
    pub fn run(&self, ms: u64) {
        let executor = &self.0.executor;
        let end = executor.now() + ms;
        executor.run_ready();
        while executor.step_to(end) {
            executor.run_ready();
        }
        executor.set_now(end);
    }

    /// Runs until it is so; false if it never is, for two days.
    pub fn run_until(&self, is_so: impl Fn() -> bool) -> bool {
        let executor = &self.0.executor;
        let end = executor.now() + PATIENCE_MS;
        loop {
            executor.run_ready();
            if is_so() {
                return true;
            }
            if !executor.step_to(end) {
                return false;
            }
        }
    }

    pub(super) fn spawn(&self, owner: Owner, work: Pending<()>) {
        self.0.executor.spawn(owner, work);
    }

    pub(super) fn number(&self) -> u64 {
        let number = self.0.numbers.get() + 1;
        self.0.numbers.set(number);
        number
    }

    /// The next of a row of numbers (splitmix64).
    pub(super) fn random(&self) -> u64 {
        let state = self.0.random.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.random.set(state);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
