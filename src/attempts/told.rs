//! What is told of the attempts outside their own screens: the tray, the passing word, and the notice that stands until it was
//! read.

use std::sync::Arc;

use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderRef, UserId};
use omnival_core::message::{self, Tone};
use omnival_core::order::Order;
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::journal::Found;

use super::journal::{Entry, excerpt};
use super::{Attempts, Store, Tracked, bundle};
use crate::api::Failure;
use crate::console::support::of_failure;
use crate::console::tray::Pending;
use crate::console::unread::Notice;
use crate::console::{About, Console};
use crate::navigation::{Router, Screen, routes};
use crate::platform::{clock, task};
use crate::ui::Toaster;
use crate::ui::live::effect;

/// How long an end stands on its own screen before it counts as told.
const NOTICED_MS: u32 = 1_500;

impl Attempts {
    pub(super) fn fill_tray(self, console: Console) {
        effect(move || {
            let here = self.without_known_end();
            let elsewhere = self.all_elsewhere();
            self.tray
                .followed
                .set(here.iter().filter(|tracked| tracked.is_open()).count());
            let here = here.iter().map(|tracked| {
                let state = if tracked.is_open() {
                    "being checked"
                } else {
                    "outcome unknown"
                };
                pending(&tracked.attempt.intent, state)
            });
            let all = here.chain(elsewhere.iter().map(pending_elsewhere)).collect();
            self.tray.pending.set(all);
            self.tray.forgetful.set(self.store.get() == Store::Missing);
        });
        effect(move || self.announce(&console.router.screen(), console.toaster));
        let notices = move || {
            self.unread.view(move |id| {
                self.saw(id);
            })
        };
        self.tray.unread.set(Some(Arc::new(notices)));
    }

    /// What ended while the operator is on another screen: what went well is said in passing, the rest stands until it is read.
    fn announce(self, screen: &Screen, toaster: Toaster) {
        let unseen: Vec<Tracked> = self.seen.with(|seen| {
            let unseen = |tracked: &&Tracked| {
                let intent = &tracked.attempt.intent;
                let is_told = tracked.dismissed || seen.contains(&intent.id) || is_begun_on(screen, intent);
                tracked.attempt.conclusion().is_some() && !is_told
            };
            self.list.with(|list| list.iter().filter(unseen).cloned().collect())
        });
        let (well, badly): (Vec<_>, Vec<_>) = unseen.iter().partition(|tracked| tracked.ended_well());
        for tracked in well {
            if let Some(told) = tracked.told() {
                toaster.done([&title(&tracked.attempt.intent), ": ", &told.happened].concat());
            }
            self.saw(&tracked.attempt.intent.id);
        }
        let notice = |tracked: &Tracked| {
            let intent = &tracked.attempt.intent;
            let end = tracked.attempt.conclusion()?;
            let is_unpaid = message::charge_failed(intent, end, tracked.answered.as_ref());
            Some(Notice {
                attempt: Some(intent.id.clone()),
                tone: if is_unpaid {
                    Tone::Warning
                } else {
                    message::tone(&end.verdict).0
                },
                title: title(intent),
                happened: tracked.told()?.happened,
                next: "Open it to see what is true now, and what can be done next.".to_owned(),
                href: href(intent),
                details: bundle::of_attempt(tracked, self.earlier(intent)).text(),
            })
        };
        self.unread.show(badly.into_iter().filter_map(notice).collect());
    }

    /// For a write that may be repeated, made when it begins: its screen may be left before it ends.
    pub fn notice_if_left(self, console: Console, order: &Order, href: String) -> LeftScreenNotice {
        LeftScreenNotice {
            attempts: self,
            toaster: console.toaster,
            by: self.user.get_value(),
            by_name: console.user_name(),
            title: order.title(),
            at: order.at.clone(),
            href,
        }
    }

    /// How it ended stands on its own screen. That counts as told once it stood there for a moment: who goes on before is
    /// told where they are.
    pub fn stands(self, router: Router, id: &IntentId) {
        let id = id.clone();
        task::spawn(async move {
            clock::sleep(NOTICED_MS).await;
            let screen = untrack(|| router.screen());
            let stands = |tracked: &Tracked| {
                let intent = &tracked.attempt.intent;
                tracked.attempt.conclusion().is_some() && is_begun_on(&screen, intent)
            };
            if untrack(|| self.get(&id)).is_some_and(|tracked| stands(&tracked)) {
                self.saw(&id);
            }
        });
    }

    /// The operator was told how it ended. False if they had been before.
    pub fn saw(self, id: &IntentId) -> bool {
        let is_news = self.seen.with_untracked(|seen| !seen.contains(id));
        if is_news {
            self.seen.update(|seen| seen.push(id.clone()));
        }
        is_news
    }

    /// Those under way, and those of which nobody could find out how they ended.
    fn without_known_end(self) -> Vec<Tracked> {
        let has_none = |tracked: &&Tracked| tracked.is_open() || (tracked.is_unknown() && !tracked.dismissed);
        self.list.with(|list| list.iter().filter(has_none).cloned().collect())
    }
}

/// A write that may be repeated, as it is told of once its screen was left; only to the person who began it.
pub struct LeftScreenNotice {
    attempts: Attempts,
    toaster: Toaster,
    by: Option<UserId>,
    by_name: Option<String>,
    title: String,
    at: OrderRef,
    href: String,
}

impl LeftScreenNotice {
    /// `what` worked: "the draft was saved".
    pub fn worked(&self, what: &str) {
        if self.is_theirs() {
            self.toaster.done([&self.title, ": ", what, "."].concat());
        }
    }

    pub fn failed(&self, failure: &Failure) {
        if !self.is_theirs() {
            return;
        }
        let told = failure.message();
        self.attempts.unread.add(Notice {
            attempt: None,
            tone: Tone::Warning,
            title: self.title.clone(),
            happened: told.happened,
            next: told.next,
            href: Some(self.href.clone()),
            details: of_failure(failure, self.by_name.clone(), About::from(&self.at)).text(),
        });
    }

    fn is_theirs(&self) -> bool {
        self.attempts.user.with_value(|now| *now == self.by)
    }
}

/// Does this screen show how the attempt stands?
fn is_begun_on(screen: &Screen, intent: &Intent) -> bool {
    match (&intent.goal, &intent.at) {
        (Goal::Create { client, .. }, _) => *screen == Screen::NewOrder(client.clone()),
        (_, Some(at)) => *screen == Screen::Order(at.client.clone(), at.order.as_str().to_owned()),
        (_, None) => false,
    }
}

fn title(intent: &Intent) -> String {
    let order = intent.baseline.order.as_ref().map(|order| order.title.clone());
    order.unwrap_or_else(|| "New draft".to_owned())
}

/// Where it was begun.
fn href(intent: &Intent) -> Option<String> {
    match &intent.goal {
        Goal::Create { client, .. } => Some(routes::new_order(client)),
        _ => intent.at.as_ref().map(routes::order),
    }
}

fn pending(intent: &Intent, state: &str) -> Pending {
    Pending {
        title: title(intent),
        state: [intent.goal.operation().doing(), ", ", state].concat(),
        href: intent.at.as_ref().map(routes::order).or_else(|| href(intent)),
        damaged: None,
    }
}

fn pending_elsewhere(entry: &Entry) -> Pending {
    match &entry.found {
        Found::Record(record) if record.is_open() => pending(&record.intent, "being checked in another tab"),
        Found::Record(record) => pending(&record.intent, "outcome unknown"),
        Found::Damaged(text) => Pending {
            title: "Damaged record".to_owned(),
            state: "of an earlier attempt; check the history of what you changed last".to_owned(),
            href: None,
            damaged: Some((excerpt(text), entry.key.clone())),
        },
    }
}
