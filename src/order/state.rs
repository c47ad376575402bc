//! What the order's page has read, and what the operator saw of it when a dialog opened.

use leptos::prelude::*;
use omnival_core::ids::{ClientId, EntryId, OrderRef};
use omnival_core::operation::Ledger;
use omnival_core::order::records::{Rov, Submission};
use omnival_core::order::{self, Gate, Order, Payment, Section, Step};
use omnival_core::recovery::journal::Subject;
use omnival_headless::desk::{self, Absorb, Elsewhere, FollowElsewhere, Here, Seen, Standing};
use omnival_headless::kept::Key;
use omnival_headless::{endpoint, timeline};
use omnival_wire::order::{self as decode, History};

use super::lists::Lists;
use crate::api::{Failure, Remote};
use crate::attempts::Entry;
use crate::attempts::{Attempts, Tracked};
use crate::console::{About, Console};
use crate::platform::clock;
use crate::platform::upload::Chosen;
use crate::records::ListSource;

/// A handle to one page's order.
#[derive(Clone, Copy)]
pub struct OrderState {
    pub console: Console,
    pub attempts: Attempts,
    asked: StoredValue<(ClientId, String)>,
    pub order: Remote<Order>,
    pub history: Remote<History>,
    pub payments: Remote<Vec<Payment>>,
    pub lists: Lists,
    /// The attempt on this order that no screen of this page follows.
    pub elsewhere: Memo<Option<Entry>>,
    /// When such an attempt has ended, what was read before is not to be acted upon.
    pub elsewhere_ends: RwSignal<FollowElsewhere>,
    /// The step whose dialog is open.
    pub asking: RwSignal<Option<Step>>,
    /// Moves on when an attempt has ended, or when all is to be read again: what no version of the order tells of may
    /// have changed.
    pub ended: RwSignal<u32>,
    /// The part of the work that somebody wants to be taken to.
    pub wanted: RwSignal<Option<Section>>,
    /// Files that were chosen in its dialogs, by form and field: kept for the next try, as long as the page lives.
    pub chosen: StoredValue<Vec<(Key, Chosen)>, LocalStorage>,
}

impl OrderState {
    pub fn new(client: ClientId, id: String) -> Self {
        let (console, attempts, order) = (Console::get(), Attempts::of_page(), Remote::<Order>::new());
        let elsewhere = Memo::new(move |_| {
            let user = console.user()?;
            let subject = order.with(|loaded| {
                let order = loaded.value.as_ref()?;
                Some(Subject::order(&user.id, &order.at.order))
            })?;
            attempts.elsewhere(&subject)
        });
        Self {
            console,
            attempts,
            asked: StoredValue::new((client, id)),
            order,
            elsewhere,
            elsewhere_ends: RwSignal::default(),
            history: Remote::merging(timeline::refreshed),
            payments: Remote::new(),
            lists: Lists::new(),
            asking: RwSignal::new(None),
            ended: RwSignal::new(0),
            wanted: RwSignal::new(None),
            chosen: StoredValue::new_local(Vec::new()),
        }
    }

    /// Opens a part of the work, and brings the operator there.
    pub fn go_to(self, section: Section) {
        self.wanted.set(Some(section));
    }

    /// The steps of one section, with their gates as things stand on this page.
    pub fn steps(self, section: Section) -> Vec<(Step, Gate)> {
        let Some(user) = self.console.user() else {
            return Vec::new();
        };
        let blocked = self.blocked();
        self.order.with(|loaded| {
            let Some(order) = &loaded.value else {
                return Vec::new();
            };
            let mut gates = order::gates(section, order, &user);
            desk::close_open(gates.iter_mut().map(|(_, gate)| gate), blocked);
            gates
        })
    }

    /// Reads order and records. The first time only the order's id is known, and its records wait for its loan.
    pub fn load(self) {
        let api = self.console.api;
        match self.order.value_untracked().map(|order| order.at) {
            Some(at) => {
                self.order.load(api, endpoint::read_order(&at), decode::order);
                self.load_records();
            }
            None => {
                let call = self.asked.with_value(|(client, id)| endpoint::find_order(client, id));
                let read = api.repeat(call, decode::order);
                self.order
                    .load_from(Box::pin(read), Box::new(move || self.load_records()));
            }
        }
    }

    pub fn load_records(self) {
        let api = self.console.api;
        if let Some(at) = self.order.value_untracked().map(|order| order.at) {
            self.history.load(api, endpoint::history(&at, None), decode::history);
            self.load_payments(&at);
        }
    }

    fn load_payments(self, at: &OrderRef) {
        match desk::known_payments(self.console.user_now().as_ref()) {
            Some(known) => self.payments.put(known),
            None => self
                .payments
                .load(self.console.api, endpoint::payments(at), decode::payments),
        }
    }

    /// Reads everything on the page again.
    pub fn reload(self) {
        self.ended.update(|ended| *ended += 1);
        self.load();
    }

    /// May a screen look again by itself? Not while the platform asked to wait, nor without a session.
    pub fn may_watch(self) -> bool {
        let paused = untrack(|| self.console.api.pause_left(clock::now())).is_some();
        !paused && !self.console.session.is_lapsed_now()
    }

    pub fn client(self) -> ClientId {
        self.asked.with_value(|(client, _)| client.clone())
    }

    /// What a failure on this page is about.
    pub fn about(self) -> Signal<About> {
        Signal::derive(move || {
            self.asked.with_value(|(client, id)| About {
                client: Some(client.as_str().to_owned()),
                order: Some(id.clone()),
            })
        })
    }

    /// For the lists of this page.
    pub fn source(self) -> ListSource {
        ListSource {
            about: self.about(),
            again: Callback::new(move |()| self.reload()),
        }
    }

    /// Brings the page up to date with how an attempt ended: from what was read for it, else by reading.
    pub fn absorb(self, tracked: &Tracked) {
        self.ended.update(|ended| *ended += 1);
        let evidence = tracked.attempt.conclusion().and_then(|end| end.evidence.as_ref());
        match desk::absorb(tracked.answered.as_ref(), evidence) {
            Absorb::Answered(order) => {
                self.order.put(order.clone());
                self.load_records();
            }
            Absorb::Evidence(order, entries) => {
                self.order.put(order.clone());
                self.history.put(timeline::from_evidence(entries.to_vec()));
                self.load_payments(&order.at);
            }
            Absorb::Read => self.load(),
        }
    }

    /// The attempt on this order that the operator has not put away.
    pub fn attempt(self) -> Option<Tracked> {
        let order = self
            .order
            .with(|loaded| loaded.value.as_ref().map(|order| order.at.order.clone()))?;
        self.attempts.on_order(&order)
    }

    /// Why nothing can be begun now, whatever the order's state.
    fn blocked(self) -> Option<&'static str> {
        let is_gone = self
            .order
            .with(|order| order.failure.as_ref().and_then(Failure::status) == Some(404));
        let standing = Standing {
            here: self.here(),
            elsewhere: self.elsewhere.with(|entry| Elsewhere::from(entry.as_ref())),
            is_outdated: self.is_outdated(),
            is_gone,
            has_lapsed: self.console.session.is_lapsed(),
        };
        self.history.with(|history| {
            self.payments
                .with(|payments| desk::why_not(standing, history, payments))
        })
    }

    /// How the attempt on this order stands that this page follows.
    pub fn here(self) -> Here {
        Here::from(self.attempt().as_ref())
    }

    fn is_outdated(self) -> bool {
        let since = self.elsewhere_ends.with(FollowElsewhere::ended_at);
        since.is_some_and(|since| self.order.with(|loaded| loaded.is_from_before(since)))
    }

    /// What the operator sees now. None while something is missing that a verdict on the step would need.
    pub fn seen(self, step: Step) -> Option<Seen> {
        let (history, payments) = (self.history, self.payments);
        let seen = self.order.with_untracked(|order| {
            history.with_untracked(|history| payments.with_untracked(|payments| Seen::now(order, history, payments)))
        })?;
        let ledger = step
            .operation(&seen.order)
            .and_then(|operation| operation.rule()?.ledger.map(|(ledger, _)| ledger));
        match ledger {
            Some(ledger) => Some(seen.beside(self.held(ledger)?)),
            None => Some(seen),
        }
    }

    /// The records of an operation's own list, as this page shows them.
    fn held(self, ledger: Ledger) -> Option<Vec<EntryId>> {
        let lists = self.lists;
        match ledger {
            Ledger::Reports => ids(lists.reports, |one| &one.id),
            Ledger::Documents => ids(lists.documents, |one| &one.id),
            Ledger::Runs => ids(lists.runs, |one| &one.id),
            Ledger::Revisions => ids(lists.revisions, |one| &one.id),
            Ledger::Rovs => ids(lists.rovs, |one| &one.id),
            Ledger::Decisions => {
                let rovs = lists.rovs.value_untracked()?;
                let decided = rovs.iter().filter_map(Rov::as_decision);
                Some(decided.map(|entry| entry.id).collect())
            }
            Ledger::Deliveries => ids(lists.deliveries, |one| &one.id),
            Ledger::Submissions => {
                let agency = lists.agency.value_untracked()?;
                Some(agency.submissions.iter().map(|one| EntryId::new(&one.id)).collect())
            }
            Ledger::Overrides => {
                let agency = lists.agency.value_untracked()?;
                let overrides = agency.submissions.iter().flat_map(Submission::as_overrides);
                Some(overrides.map(|entry| entry.id).collect())
            }
            Ledger::Invoices => {
                let data = lists.invoices.value_untracked()?;
                Some(data.invoices.iter().map(|one| EntryId::new(&one.id)).collect())
            }
            Ledger::Payments => ids(self.payments, |one| one.id.as_str()),
        }
    }
}

fn ids<T: Clone + Send + Sync + 'static>(list: Remote<Vec<T>>, id: fn(&T) -> &str) -> Option<Vec<EntryId>> {
    list.with_untracked(|list| {
        let all = list.value.as_ref()?.iter();
        Some(all.map(|one| EntryId::new(id(one))).collect())
    })
}
