//! Every write of this tab that is sent once, from its button to its verdict.
//!
//! In the second part of the program, beside the screens that begin attempts; the first knows the [`Tray`] only.
//! The rules are the core's [`Attempt`]; this shell writes down, sends, reads and waits for it. It lives above the screens, so an
//! attempt is followed to its end whatever the operator looks at meanwhile. Must never send: [`Api::send_once`] does,
//! for the one ticket of an attempt.

use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderId, UserId};
use omnival_core::operation::{Call, SentOnce};
use omnival_core::recovery::attempt::{Attempt, Effect, Event, Intent, Patience, Ticket};
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::journal::{Record, Stored, TabId};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::session::Credential;
use omnival_wire::order as decode;

use crate::api::{Api, Pending};
use crate::console::Console;
use crate::console::tray::{Tray, TrayCommand};
use crate::console::unread::Unread;
use crate::http::Exchange;
use crate::platform::upload::Cancel;
use crate::platform::{clock, task};
use crate::tabs::{TabMessage, Tabs};
use crate::ui::live::effect;

pub mod bundle;
mod elsewhere;
pub mod journal;
mod kept;
mod reading;
mod told;
mod tracked;
mod upload;
mod verifying;

pub use elsewhere::elsewhere;
pub use tracked::Tracked;
pub use upload::Uploading;
pub use verifying::verifying;

use journal::{Entry, Noted};

/// How many ended attempts are remembered in this page; the journal remembers more.
const REMEMBERED: usize = 50;

/// Does this browser keep a journal?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Store {
    Unknown,
    Sound,
    /// An attempt lives only as long as this page, and the operator is told so.
    Missing,
}

/// Sends one call, whatever its class, once.
type Send = Box<dyn FnOnce(Ticket, Credential) -> Pending<Exchange>>;

#[derive(Clone, Copy)]
pub struct Attempts {
    api: Api,
    tabs: Tabs,
    tray: Tray,
    unread: Unread,
    /// Those of which the operator was told how they ended: on their own screen, or in passing.
    seen: RwSignal<Vec<IntentId>>,
    /// Those that this page follows, or followed.
    list: RwSignal<Vec<Tracked>>,
    /// What this person tried from this browser, as the journal has it.
    kept: RwSignal<Vec<Entry>>,
    store: RwSignal<Store>,
    user: StoredValue<Option<UserId>>,
    /// Pages whose end is waited for, to take up what they leave behind.
    awaited: StoredValue<Vec<TabId>>,
    /// The files that are on their way, and how to call each back.
    uploading: RwSignal<Vec<Uploading>>,
    cancels: StoredValue<Vec<(IntentId, Cancel)>, LocalStorage>,
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
                let attempts = Self::new(console.api, console.tabs, console.tray);
                provide_context(attempts);
                attempts.begin_work(console);
                attempts
            })
        })
    }

    fn new(api: Api, tabs: Tabs, tray: Tray) -> Self {
        Self {
            api,
            tabs,
            tray,
            unread: Unread::new(),
            seen: RwSignal::new(Vec::new()),
            list: RwSignal::new(Vec::new()),
            kept: RwSignal::new(Vec::new()),
            store: RwSignal::new(Store::Unknown),
            user: StoredValue::new(None),
            awaited: StoredValue::new(Vec::new()),
            uploading: RwSignal::new(Vec::new()),
            cancels: StoredValue::new_local(Vec::new()),
        }
    }

    /// Works for whoever is signed in, listens to the other tabs, and fills the tray.
    fn begin_work(self, console: Console) {
        let user = Memo::new(move |_| console.user().map(|user| user.id));
        effect(move || {
            if let Some(user) = user.get() {
                untrack(|| self.work_for(user));
            }
        });
        self.tray.listen(move |told| match told {
            TrayCommand::Journal => self.read_journal(),
            TrayCommand::PutAway(key) => self.put_away(key),
        });
        self.fill_tray(console);
    }

    /// Writes the intent down, sends `call`, once, and follows it to its verdict.
    pub fn begin<C: SentOnce + 'static>(self, intent: Intent, call: Call<C>) -> IntentId {
        let api = self.api;
        let send: Send =
            Box::new(move |ticket, token| Box::pin(async move { api.send_once(call, ticket, &token).await }));
        self.begin_by(intent, send)
    }

    fn begin_by(self, intent: Intent, send: Send) -> IntentId {
        let id = intent.id.clone();
        bundle::remember(&intent);
        let known = self.known();
        let (attempt, _) = Attempt::begin(intent, self.patience(), clock::now());
        self.track(attempt);
        task::spawn(self.lead(id.clone(), known, send));
        id
    }

    /// First a token, then the journal, then the send, and nothing between the last two.
    async fn lead(self, id: IntentId, known: Vec<IntentId>, send: Send) {
        let (token, serial) = match self.api.ready_to_send().await {
            Ok(held) => held,
            Err(reply) => return self.step(&id, Event::Replied(reply)),
        };
        self.change(&id, |tracked| tracked.serial = Some(serial));
        self.step(&id, Event::Writing);
        let stored = self.write_down(&id, known).await;
        let mut send = Some((send, token));
        for effect in self.advance(&id, Event::Recorded(stored)) {
            match (effect, send.take()) {
                (Effect::Send(ticket), Some((send, token))) => {
                    self.tabs.tell(&TabMessage::Journal);
                    let sent = send(ticket, token).await;
                    let answered = sent.body.as_deref().and_then(|body| decode::order(body).ok());
                    self.change(&id, |tracked| tracked.answered = answered);
                    self.step(&id, Event::Replied(sent.reply));
                }
                (effect, kept) => {
                    send = kept;
                    self.carry_out(&id, effect);
                }
            }
        }
    }

    /// The attempts that the operator could know of when they pressed.
    fn known(self) -> Vec<IntentId> {
        let kept = self.kept.with_untracked(|kept| {
            let ids = kept.iter().filter_map(|entry| entry.found.id().cloned());
            ids.collect::<Vec<_>>()
        });
        let here = self.list.with_untracked(|list| {
            let ids = list.iter().map(|tracked| tracked.attempt.intent.id.clone());
            ids.collect::<Vec<_>>()
        });
        [kept, here].concat()
    }

    async fn write_down(self, id: &IntentId, known: Vec<IntentId>) -> Stored {
        let Some(record) = self.record(id) else {
            return Stored::No;
        };
        match self.store.get_untracked() {
            // Without a journal the page itself is the record; the operator has been told.
            Store::Missing => Stored::Yes,
            Store::Unknown | Store::Sound => {
                let stored = journal::open(record, known).await;
                if stored == Stored::Busy {
                    self.read_journal();
                }
                stored
            }
        }
    }

    fn patience(self) -> Patience {
        Patience {
            settle_ms: self.api.http.config.with_value(|config| config.settle_ms),
        }
    }

    /// In the place of what this page knew of the same attempt.
    fn track(self, attempt: Attempt) {
        self.list.update(|list| {
            list.retain(|tracked| tracked.attempt.intent.id != attempt.intent.id);
            list.push(Tracked {
                attempt,
                answered: None,
                dismissed: false,
                serial: None,
            });
            let mut to_forget = list.len().saturating_sub(REMEMBERED);
            list.retain(|tracked| {
                let forget = to_forget > 0 && !tracked.is_open();
                to_forget -= usize::from(forget);
                !forget
            });
        });
    }

    fn record(self, id: &IntentId) -> Option<Record> {
        let (owner, now) = (self.tabs.id(), clock::now());
        self.list.with_untracked(|list| {
            let tracked = list.iter().find(|tracked| tracked.attempt.intent.id == *id)?;
            Some(tracked.attempt.record(&owner, tracked.answered.as_ref(), now))
        })
    }

    /// The attempt of this page to create the draft that is known by this reference.
    pub fn creating(self, reference: &str) -> Option<IntentId> {
        let creates =
            |goal: &Goal| matches!(goal, Goal::Create { client_reference, .. } if client_reference == reference);
        self.list.with(|list| {
            list.iter()
                .rev()
                .map(|tracked| &tracked.attempt.intent)
                .find(|intent| creates(&intent.goal))
                .map(|intent| intent.id.clone())
        })
    }

    /// The newest attempt on this order that the operator has not put away.
    pub fn on_order(self, order: &OrderId) -> Option<Tracked> {
        self.list.with(|list| {
            list.iter()
                .rev()
                .find(|tracked| !tracked.dismissed && tracked.is_about(order))
                .cloned()
        })
    }

    pub fn get(self, id: &IntentId) -> Option<Tracked> {
        self.list
            .with(|list| list.iter().find(|tracked| tracked.attempt.intent.id == *id).cloned())
    }

    /// Earlier attempts of the same operation on the same order, for "did the user retry".
    pub fn earlier(self, intent: &Intent) -> usize {
        self.list.with_untracked(|list| {
            list.iter()
                .map(|tracked| &tracked.attempt.intent)
                .take_while(|other| other.id != intent.id)
                .filter(|other| other.at == intent.at && other.goal.operation() == intent.goal.operation())
                .count()
        })
    }

    pub fn dismiss(self, id: &IntentId) {
        let unknown = self.change(id, |tracked| {
            tracked.dismissed = true;
            tracked.is_unknown()
        });
        if unknown == Some(true)
            && let Some(record) = self.record(id)
        {
            self.put_away(journal::key_of(&record));
        }
    }

    pub fn watch_on(self, id: &IntentId) {
        self.seen.update(|seen| seen.retain(|other| other != id));
        self.step(id, Event::WatchOn);
    }

    fn change<R>(self, id: &IntentId, change: impl FnOnce(&mut Tracked) -> R) -> Option<R> {
        self.list
            .try_update(|list| {
                list.iter_mut()
                    .find(|tracked| tracked.attempt.intent.id == *id)
                    .map(change)
            })
            .flatten()
    }

    fn step(self, id: &IntentId, event: Event) {
        for effect in self.advance(id, event) {
            self.carry_out(id, effect);
        }
    }

    fn advance(self, id: &IntentId, event: Event) -> Vec<Effect> {
        let now = clock::now();
        self.change(id, |tracked| tracked.attempt.step(event, now))
            .unwrap_or_default()
    }

    fn carry_out(self, id: &IntentId, effect: Effect) {
        let id = id.clone();
        match effect {
            // `lead` does both, where the call is.
            Effect::Record | Effect::Send(_) => {}
            Effect::Note => {
                if let Some(record) = self
                    .record(&id)
                    .filter(|_| self.store.get_untracked() != Store::Missing)
                {
                    task::spawn(async move {
                        // What cannot be noted is found open by the next page, and verified again.
                        if journal::note(record).await == Ok(Noted::Refused) {
                            // Another page follows it now, or it has been settled there: its record is the truth.
                            self.list
                                .update(|list| list.retain(|tracked| tracked.attempt.intent.id != id));
                        }
                        self.tabs.tell(&TabMessage::Journal);
                        self.read_journal();
                    });
                }
            }
            Effect::RenewSession => {
                if let Some(serial) = self.change(&id, |tracked| tracked.serial).flatten() {
                    self.api.session.rejected(serial);
                }
            }
            Effect::Read(number) => task::spawn(async move { self.read(&id, number).await }),
            Effect::WakeAt(at) => task::spawn(async move {
                let ms = clock::now().until(at);
                clock::sleep(u32::try_from(ms).unwrap_or(u32::MAX)).await;
                self.step(&id, Event::Woke);
            }),
            // Screens watch the stage, and bring themselves up to date.
            Effect::Conclude => {}
        }
    }

    async fn read(self, id: &IntentId, number: u32) {
        let Some(intent) = self.list.with_untracked(|list| {
            list.iter()
                .find(|tracked| tracked.attempt.intent.id == *id)
                .map(|tracked| tracked.attempt.intent.clone())
        }) else {
            return;
        };
        let event = match reading::evidence(self.api, &intent).await {
            Ok(evidence) => Event::ReadBack(number, evidence),
            Err(failure) => Event::ReadFailed {
                read: number,
                counts: !matches!(failure.reply, Reply::NotSent(NotSent::NoSession | NotSent::Offline)),
            },
        };
        self.step(id, event);
    }
}
