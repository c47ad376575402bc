//! One page of the console, from its load to its end.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use omnival_wire::boot::TAB_LOCK;

use super::executor::Owner;
use super::locks::Held;
use super::partition::Partition;
use super::world::World;
use crate::platform::{BootOrders, BootSession, File, Topic};

/// A handle; clones are the same page.
#[derive(Clone)]
pub struct Page(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub number: usize,
    pub world: World,
    pub partition: Partition,
    pub has_ended: Cell<bool>,
    /// What the locks say of its life, while it lives.
    pub life: RefCell<Option<Held>>,
    pub storage: RefCell<BTreeMap<String, String>>,
    pub boot_session: RefCell<BootSession>,
    pub boot_orders: RefCell<Option<BootOrders>>,
    pub is_hidden: Cell<bool>,
    pub wall_skew: Cell<i64>,
    pub changes: RefCell<Vec<Topic>>,
}

impl Page {
    /// It is loaded, and holds the lock of its life as by its boot script.
    pub fn open(partition: &Partition) -> Self {
        let world = partition.0.world.clone();
        let number = world.0.pages.get() + 1;
        world.0.pages.set(number);
        let page = Self(Rc::new(Inner {
            number,
            world,
            partition: partition.clone(),
            has_ended: Cell::new(false),
            life: RefCell::default(),
            storage: RefCell::default(),
            boot_session: RefCell::new(BootSession::NotSent),
            boot_orders: RefCell::default(),
            is_hidden: Cell::new(false),
            wall_skew: Cell::new(0),
            changes: RefCell::default(),
        }));
        let locks = &partition.0.locks;
        if locks.is_available() {
            let life = locks.take(&[TAB_LOCK, &page.id()].concat(), page.owner());
            page.0.life.replace(life);
        }
        page
    }

    /// Which page of its world it is, from 1.
    pub fn number(&self) -> usize {
        self.0.number
    }

    pub fn partition(&self) -> &Partition {
        &self.0.partition
    }

    pub(super) fn id(&self) -> String {
        ["page-", &self.0.number.to_string()].concat()
    }

    pub(super) fn owner(&self) -> Owner {
        Some(self.0.number)
    }

    /// What the boot script's refresh came to.
    pub fn hand_over_session(&self, session: BootSession) {
        self.0.boot_session.replace(session);
    }

    pub fn hand_over_orders(&self, orders: BootOrders) {
        self.0.boot_orders.replace(Some(orders));
    }

    pub fn set_visible(&self, visible: bool) {
        self.0.is_hidden.set(!visible);
    }

    /// How far this page's wall clock is ahead of the world's.
    pub fn set_wall_skew(&self, ms: i64) {
        self.0.wall_skew.set(ms);
    }

    /// It stands still: nothing in it goes on, though it keeps its locks.
    pub fn freeze(&self) {
        self.0.world.0.executor.freeze(self.0.number);
    }

    pub fn thaw(&self) {
        self.0.world.0.executor.thaw(self.0.number);
    }

    /// It crashes, or is closed: what it had under way ends, and its locks go back. Requests that left arrive all the same.
    pub fn end(&self) {
        let (page, partition) = (&self.0, &self.0.partition.0);
        page.has_ended.set(true);
        partition.ears.borrow_mut().retain(|ear| ear.page != page.number);
        page.world.0.executor.end(page.number);
        partition.locks.leave_all(page.number);
        page.life.take();
    }

    /// What comes of it, as a task of this page; `None` if nothing does within two days, or the page ends before.
    pub fn wait<T: 'static>(&self, work: impl Future<Output = T> + 'static) -> Option<T> {
        let come = Rc::new(RefCell::new(None));
        let told = Rc::clone(&come);
        let world = &self.0.world;
        world.spawn(
            self.owner(),
            Box::pin(async move {
                let value = work.await;
                told.replace(Some(value));
            }),
        );
        world.run_until(|| come.borrow().is_some());
        come.take()
    }

    /// How often the views were told that this may look different.
    pub fn changes(&self, topic: Topic) -> usize {
        self.0
            .changes
            .borrow()
            .iter()
            .filter(|changed| **changed == topic)
            .count()
    }
}

/// A file that nobody reads: its name and its size are all there is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FakeFile {
    pub name: String,
    pub size: u64,
}

impl File for FakeFile {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn size(&self) -> u64 {
        self.size
    }
}
