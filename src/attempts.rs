//! Every write of this page that is sent once, as views see it: a handle to the driver in `omnival_headless`, which follows
//! each from its button to its verdict.
//!
//! In the second part of the program, beside the screens that begin attempts; the first knows the [`Tray`] only. It lives
//! above the screens, so an attempt is followed to its end whatever the operator looks at meanwhile. Must decide nothing.

use std::sync::Arc;

use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderId};
use omnival_core::operation::{Call, SentOnce};
use omnival_core::order::Order;
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::{Record, Subject};
use omnival_headless::attempts;
use omnival_headless::tabs::TabMessage;

use crate::api::{Changes, UploadBody};
use crate::console::Console;
use crate::console::tray::{Pending, Tray, TrayCommand};
use crate::platform::Browser;
use crate::ui::Toaster;
use crate::ui::live::effect;

mod elsewhere;
mod notices;
mod place;
mod verifying;

use place::{href, place};

pub use attempts::{Place, Tracked, Uploading};
pub use elsewhere::elsewhere;
pub use omnival_headless::journal::Entry;
pub use verifying::verifying;

type Driver = attempts::Attempts<Browser>;

/// A handle; every copy speaks of the same attempts.
#[derive(Clone, Copy)]
pub struct Attempts {
    driver: StoredValue<Driver, LocalStorage>,
    changes: Changes,
}

impl Attempts {
    /// The attempts of this page; the first caller begins them.
    pub fn of_page() -> Self {
        use_context().unwrap_or_else(|| Self::start(Console::get()))
    }

    /// They live as long as the page, whatever screen asked first.
    pub fn start(console: Console) -> Self {
        let root = console.root.get_value();
        root.with(|| {
            use_context().unwrap_or_else(|| {
                let attempts = Self {
                    driver: StoredValue::new_local(Driver::new(console.api.driver())),
                    changes: console.api.changes,
                };
                provide_context(attempts);
                attempts.begin_work(console);
                attempts
            })
        })
    }

    /// Tells the driver who works here and where, and what other tabs say; and shows what it has to tell.
    fn begin_work(self, console: Console) {
        effect(move || {
            console.user();
            self.driver().session_changed();
        });
        let place = Memo::new(move |_| place(&console.router.screen()));
        effect(move || self.driver().is_at(place.get()));
        let tray = console.tray;
        tray.listen(move |command| match command {
            TrayCommand::Journal => self.driver().heard(&TabMessage::Journal),
            TrayCommand::PutAway(key) => self.put_away(key),
        });
        effect(move || self.fill(tray));
        effect(move || self.say_in_passing(console.toaster));
        let Self { driver, changes } = self;
        tray.unread.set(Some(Arc::new(move || notices::view(driver, changes))));
    }

    fn fill(self, tray: Tray) {
        self.track();
        let driver = self.driver();
        let pending: Vec<Pending> = driver.unsettled().into_iter().map(Pending::from).collect();
        if tray.pending.with_untracked(|shown| *shown != pending) {
            tray.pending.set(pending);
        }
        tray.followed.set(driver.followed());
        tray.forgetful.set(driver.is_forgetful());
    }

    fn say_in_passing(self, toaster: Toaster) {
        self.changes.attempts.track();
        for sentence in self.driver().in_passing() {
            toaster.done(sentence);
        }
    }

    fn driver(self) -> Driver {
        self.driver.get_value()
    }

    /// Whoever looks looks again when an attempt or the journal has changed.
    fn track(self) {
        self.changes.attempts.track();
        self.changes.journal.track();
    }

    /// Writes the intent down, sends `call`, once, and follows it to its verdict.
    pub fn begin<C: SentOnce + 'static>(self, intent: Intent, call: Call<C>) -> IntentId {
        self.driver().begin(intent, call)
    }

    /// The same with a file, which may be called back on its way.
    pub fn begin_upload<C: SentOnce + 'static>(self, intent: Intent, call: Call<C>, body: UploadBody) -> IntentId {
        self.driver().begin_upload(intent, call, body)
    }

    pub fn get(self, id: &IntentId) -> Option<Tracked> {
        self.changes.attempts.track();
        self.driver().get(id)
    }

    /// The newest attempt on this order that the operator has not put away.
    pub fn on_order(self, order: &OrderId) -> Option<Tracked> {
        self.changes.attempts.track();
        self.driver().on_order(order)
    }

    /// The attempt of this page to create the draft that is known by this reference.
    pub fn creating(self, reference: &str) -> Option<IntentId> {
        self.changes.attempts.track();
        self.driver().creating(reference)
    }

    /// Earlier attempts of the same operation on the same order, for "did the user retry".
    pub fn earlier(self, intent: &Intent) -> usize {
        self.driver().earlier(intent)
    }

    /// What was tried on this order from this browser, newest first.
    pub fn tried_on(self, order: &OrderId) -> Vec<Entry> {
        self.changes.journal.track();
        self.driver().tried_on(order)
    }

    /// What stands against a new action about this subject and is not followed by this page.
    pub fn elsewhere(self, subject: &Subject) -> Option<Entry> {
        self.track();
        self.driver().elsewhere(subject)
    }

    /// The file of this attempt, while it is on its way.
    pub fn upload_of(self, id: &IntentId) -> Option<Uploading> {
        self.changes.uploads.track();
        self.driver().upload_of(id)
    }

    /// Calls the file back that is on its way. Whether it arrived is then found out like any other doubt.
    pub fn cancel_upload(self, id: &IntentId) {
        self.driver().cancel_upload(id);
    }

    /// The operator has read how it ended.
    pub fn dismiss(self, id: &IntentId) {
        self.driver().dismiss(id);
    }

    /// The operator wants a "still unknown" of this page to be watched on.
    pub fn watch_on(self, id: &IntentId) {
        self.driver().watch_on(id);
    }

    /// The same of one that no page follows.
    pub fn take_up(self, record: Record) {
        self.driver().take_up(record);
    }

    /// The operator has read an end that nobody here follows.
    pub fn put_away(self, key: String) {
        self.driver().put_away(key);
    }

    /// How it ended stands on its own screen, which is shown.
    pub fn stands(self, id: &IntentId) {
        self.driver().stands(id);
    }

    /// The operator was told how it ended. False if they had been before.
    pub fn saw(self, id: &IntentId) -> bool {
        self.driver().saw(id)
    }

    /// For a write about `order` that may be repeated and is begun at `place`: made when it begins.
    pub fn if_left(self, order: &Order, place: Place) -> attempts::LeftScreenNotice<Browser> {
        self.driver().if_left(order, place)
    }
}

impl From<attempts::Unsettled> for Pending {
    fn from(unsettled: attempts::Unsettled) -> Self {
        Self {
            title: unsettled.title,
            state: unsettled.state,
            href: unsettled.place.as_ref().map(href),
            damaged: unsettled.damaged.map(|damaged| (damaged.text, damaged.key)),
        }
    }
}
