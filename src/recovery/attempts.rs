//! Every write of this tab that is sent once, from its button to its verdict.
//!
//! The rules are the core's [`Attempt`]; this shell sends, reads and waits for it. It lives above the screens, so an
//! attempt is followed to its end whatever the operator looks at meanwhile. Must never send: [`Api::send_once`] does,
//! for the one ticket of an attempt.

use futures::future::join3;
use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderId, UserId};
use omnival_core::message::{self, Message};
use omnival_core::operation::{Call, SentOnce};
use omnival_core::order::{Entry, Order};
use omnival_core::recovery::attempt::{Attempt, Effect, Event, Intent, Patience, Stage};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Verdict};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::session::renewal::Serial;
use omnival_wire::order as decode;

use super::bundle;
use crate::api::{Api, Failure, endpoint};
use crate::platform::{clock, task};

/// How many ended attempts are remembered, for "what was tried from here".
const REMEMBERED: usize = 50;

/// One attempt and what belongs to it.
#[derive(Clone, PartialEq)]
pub struct Tracked {
    pub attempt: Attempt,
    /// The order as a 2xx answer gave it.
    pub answered: Option<Order>,
    /// The operator has read how it ended.
    pub dismissed: bool,
    serial: Option<Serial>,
}

impl Tracked {
    pub fn is_open(&self) -> bool {
        !matches!(self.attempt.stage(), Stage::Concluded(_))
    }

    /// What the operator is told about its end.
    pub fn told(&self) -> Option<Message> {
        let end = self.attempt.conclusion()?;
        Some(message::conclusion(&self.attempt.intent, end, self.answered.as_ref()))
    }

    /// The platform answered that it was carried out, and nothing is left to do: a passing word is enough.
    pub fn ended_well(&self) -> bool {
        self.attempt.conclusion().is_some_and(|end| {
            end.verdict == Verdict::Done(How::Answered)
                && !message::charge_failed(&self.attempt.intent, end, self.answered.as_ref())
        })
    }

    /// It ended without anybody knowing how.
    pub fn is_unknown(&self) -> bool {
        self.attempt
            .conclusion()
            .is_some_and(|end| end.verdict == Verdict::StillUnknown)
    }

    fn is_about(&self, order: &OrderId) -> bool {
        self.attempt.intent.at.as_ref().is_some_and(|at| at.order == *order)
    }
}

#[derive(Clone, Copy)]
pub struct Attempts {
    api: Api,
    list: RwSignal<Vec<Tracked>>,
}

impl Attempts {
    pub fn new(api: Api) -> Self {
        Self {
            api,
            list: RwSignal::new(Vec::new()),
        }
    }

    /// Sends `call`, once, and follows it to its verdict.
    pub fn begin<C: SentOnce + 'static>(self, intent: Intent, call: Call<C>) -> IntentId {
        let id = intent.id.clone();
        bundle::remember(&intent);
        let patience = Patience {
            settle_ms: self.api.config.with_value(|config| config.settle_ms),
        };
        let (attempt, ticket) = Attempt::begin(intent, patience);
        self.list.update(|list| {
            list.push(Tracked {
                attempt,
                answered: None,
                dismissed: false,
                serial: None,
            });
            let ended = list.len().saturating_sub(REMEMBERED);
            let mut to_forget = ended;
            list.retain(|tracked| {
                let forget = to_forget > 0 && !tracked.is_open();
                to_forget -= usize::from(forget);
                !forget
            });
        });
        let intent = id.clone();
        task::spawn(async move {
            let sent = self.api.send_once(call, ticket).await;
            self.change(&intent, |tracked| {
                tracked.serial = sent.serial;
                tracked.answered = sent.body.as_deref().and_then(|body| decode::order(body).ok());
            });
            self.step(&intent, Event::Replied(sent.reply));
        });
        id
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

    /// Attempts whose verdict is out, or not yet read.
    pub fn open(self) -> Vec<Tracked> {
        self.list
            .with(|list| list.iter().filter(|tracked| tracked.is_open()).cloned().collect())
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

    /// Somebody else works here now: what the one before them tried is none of their business.
    pub fn keep_only(self, user: &UserId) {
        self.list
            .update(|list| list.retain(|tracked| tracked.attempt.intent.user == *user));
    }

    pub fn dismiss(self, id: &IntentId) {
        self.change(id, |tracked| tracked.dismissed = true);
    }

    pub fn watch_on(self, id: &IntentId) {
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
        let now = clock::now();
        let effects = self
            .change(id, |tracked| tracked.attempt.step(event, now))
            .unwrap_or_default();
        for effect in effects {
            match effect {
                Effect::RenewSession => {
                    if let Some(serial) = self.change(id, |tracked| tracked.serial).flatten() {
                        self.api.keeper.rejected(serial);
                    }
                }
                Effect::Read(number) => {
                    let id = id.clone();
                    task::spawn(async move { self.read(&id, number).await });
                }
                Effect::WakeAt(at) => {
                    let id = id.clone();
                    task::spawn(async move {
                        let ms = clock::now().until(at);
                        clock::sleep(u32::try_from(ms).unwrap_or(u32::MAX)).await;
                        self.step(&id, Event::Woke);
                    });
                }
                // Screens watch the stage, and bring themselves up to date.
                Effect::Conclude => {}
            }
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
        let event = match evidence(self.api, &intent).await {
            Ok(evidence) => Event::ReadBack(number, evidence),
            Err(failure) => Event::ReadFailed {
                read: number,
                counts: !matches!(failure.reply, Reply::NotSent(NotSent::NoSession | NotSent::Offline)),
            },
        };
        self.step(id, event);
    }
}

/// Order and records together, in parallel.
async fn evidence(api: Api, intent: &Intent) -> Result<Evidence, Failure> {
    if let Goal::Create {
        client,
        loan,
        client_reference,
    } = &intent.goal
    {
        let orders = api
            .repeat(endpoint::loan_orders(client, loan), decode::summaries)
            .await?;
        let found = orders
            .into_iter()
            .filter(|order| order.client_reference.as_ref() == Some(client_reference))
            .map(|order| order.at)
            .collect();
        return Ok(Evidence {
            found: Found::Created(found),
            history: Vec::new(),
            payments: Vec::new(),
        });
    }
    let Some(at) = &intent.at else {
        return Ok(Evidence {
            found: Found::Gone,
            history: Vec::new(),
            payments: Vec::new(),
        });
    };
    let payments = async {
        if intent.goal.operation().may_move_money() {
            api.repeat(endpoint::payments(at), decode::payments).await
        } else {
            Ok(Vec::new())
        }
    };
    let (order, history, payments) = join3(
        api.repeat(endpoint::read_order(at), decode::order),
        api.repeat(endpoint::history(at, None), decode::history),
        payments,
    )
    .await;
    let order = match order {
        Err(failure) if failure.status() == Some(404) => {
            return Ok(Evidence {
                found: Found::Gone,
                history: Vec::new(),
                payments: Vec::new(),
            });
        }
        order => order?,
    };
    let entries: Vec<Entry> = history?.entries;
    Ok(Evidence {
        found: Found::Order(Box::new(order)),
        history: entries,
        payments: payments?,
    })
}
