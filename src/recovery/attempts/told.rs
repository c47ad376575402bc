//! What is told of the attempts outside their own screens: the tray, the passing word, and the notice that stands until it was
//! read.

use std::sync::Arc;

use leptos::prelude::*;
use omnival_core::ids::{IntentId, OrderRef};
use omnival_core::message::{self, Tone};
use omnival_core::recovery::attempt::Intent;
use omnival_core::recovery::evidence::Goal;
use omnival_core::recovery::journal::Found;

use super::{Attempts, Store, Tracked};
use crate::api::Failure;
use crate::console::Console;
use crate::parts::Toaster;
use crate::parts::live::effect;
use crate::recovery::journal::{Entry, excerpt};
use crate::recovery::tray::Pending;
use crate::recovery::unread::Notice;
use crate::recovery::{About, bundle};
use crate::router::Screen;
use crate::routes;

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

    /// A write that may be repeated did not work, and its screen, which would have said so, was left.
    pub fn failed_elsewhere(self, title: String, href: String, at: &OrderRef, failure: &Failure) {
        let told = failure.message();
        let user = self.api.keeper.user_now();
        let user = user.map(|user| [user.name.as_str(), " (", user.id.as_str(), ")"].concat());
        self.unread.add(Notice {
            attempt: None,
            tone: Tone::Warning,
            title,
            happened: told.happened,
            next: told.next,
            href: Some(href),
            details: bundle::of_failure(failure, user, About::from(at)).text(),
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
