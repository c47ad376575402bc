//! Renewing the session's token: once for all who wait, under a lock that all tabs of the browser share.
//!
//! The rules are the core's [`Refresh`](omnival_core::session::Refresh); this sends, measures time, holds the lock, asks the
//! other tabs and wakes those who wait.

use futures::channel::oneshot;
use futures::future::select;
use leptos::prelude::*;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::Credential;
use omnival_core::session::refresh::{Epoch, Event, Next, Serial};
use omnival_headless::endpoint;
use omnival_wire::config::Transport;
use omnival_wire::session::{Session as Granted, session};

use super::{Asking, NoToken, Session, Who};
use crate::platform::locks::{NoLock, with_lock};
use crate::platform::{clock, task};
use crate::tabs::TabMessage;

/// Around a renewal and nothing else; the boot script uses the same.
const LOCK: &str = "omnival-refresh";
/// Longer than a holder can take: the others are asked, the platform is probed, a refresh is sent.
const LOCK_PATIENCE_MS: u32 = 25_000;
/// How long the other tabs have to answer. Each that lives and is not frozen does so at once.
const ASK_MS: u32 = 1_000;

impl Session {
    /// A token that is good for a while, renewed first if need be.
    pub async fn token(self) -> Result<(Credential, Serial), NoToken> {
        loop {
            match self.step(Event::Wanted) {
                Next::Use(token, serial) => return Ok((token, serial)),
                Next::Lock(epoch) => {
                    let ended = self.wait();
                    // On its own: it must end even if the screen that asked is gone.
                    task::spawn(self.renew(epoch));
                    let _ = ended.await;
                }
                Next::Wait => {
                    let _ = self.wait().await;
                }
                Next::TryLater => {
                    let last = self.inner.with_value(|inner| inner.last_failure.get());
                    return Err(last.unwrap_or(NoToken::Later(Loss::Network)));
                }
                Next::SignIn | Next::Nothing | Next::Ask(_) | Next::Probe(_) | Next::Send(_) => {
                    self.lapsed();
                    return Err(NoToken::SignIn);
                }
            }
        }
    }

    /// The platform answered 401 to this token.
    pub fn rejected(self, serial: Serial) {
        self.step(Event::Rejected(serial));
    }

    /// Only signing in helps now.
    pub fn lapsed(self) {
        if let Who::Someone(user) = self.who.get_untracked() {
            self.who.set(Who::Lapsed(user));
        }
    }

    pub(super) async fn renew(self, epoch: Epoch) {
        match with_lock(LOCK, LOCK_PATIENCE_MS, self.renew_alone(epoch)).await {
            Ok(()) => {}
            // Without locks the tabs still tell each other; two may renew at once, and one of them has to sign in again.
            Err(NoLock::Unavailable) => self.renew_alone(epoch).await,
            Err(NoLock::Timeout) => self.conclude(self.failed(epoch, NoToken::Later(Loss::Timeout))),
        }
        self.wake();
    }

    /// Under the lock. What comes of it is told to the other tabs before the lock is given back.
    async fn renew_alone(self, epoch: Epoch) {
        let mut next = self.step(Event::Locked(epoch));
        loop {
            next = match next {
                Next::Ask(epoch) => {
                    self.ask_others().await;
                    self.step(Event::Asked(epoch))
                }
                Next::Probe(epoch) if self.http.answers(self.stale()).await => self.step(Event::Reachable(epoch)),
                Next::Probe(epoch) => return self.conclude(self.failed(epoch, NoToken::Later(Loss::Network))),
                Next::Send(epoch) => return self.refresh(epoch).await,
                _ => return,
            }
        }
    }

    /// Any token will do to find out whether the platform answers.
    fn stale(self) -> Option<Credential> {
        self.inner.with_value(|inner| inner.renewal.borrow().last().cloned())
    }

    /// Ready when the other tabs have answered, when one of them had a fresh token, or when they had time enough.
    async fn ask_others(self) {
        let left = self.tabs.others().await;
        if left == Some(0) {
            return;
        }
        let (answered, bell) = oneshot::channel();
        self.inner
            .with_value(|inner| *inner.asking.borrow_mut() = Some(Asking { left, answered }));
        self.tabs.tell(&TabMessage::AskToken);
        select(bell, Box::pin(clock::sleep(ASK_MS))).await;
        self.inner.with_value(|inner| inner.asking.take());
    }

    /// One of the others has answered.
    pub(super) fn answered(self, fresh: bool) {
        self.inner.with_value(|inner| {
            let mut asking = inner.asking.borrow_mut();
            let Some(open) = asking.as_mut() else { return };
            open.left = open.left.map(|left| left.saturating_sub(1));
            if fresh || open.left == Some(0) {
                let ended = asking.take();
                ended.map(|open| open.answered.send(()));
            }
        });
    }

    async fn refresh(self, epoch: Epoch) {
        if self.has_nothing_to_show() {
            return self.conclude(Event::Refused(epoch));
        }
        let sent = self.http.session_call(endpoint::REFRESH, self.refresh_body()).await;
        let event = match (sent.body.as_deref().map(session), &sent.reply) {
            (Some(Ok(granted)), _) => return self.renewed(epoch, granted),
            (_, Reply::Answered(answer)) if matches!(answer.status, 400 | 401 | 403) => {
                self.tell_of_user(TabMessage::RefreshRefused);
                Event::Refused(epoch)
            }
            (_, Reply::Answered(answer)) if matches!(answer.status, 429 | 503) => {
                self.failed(epoch, NoToken::Later(Loss::Network))
            }
            (_, Reply::NotSent(NotSent::Offline)) => self.failed(epoch, NoToken::Offline),
            (_, reply) => {
                let loss = match reply {
                    Reply::Lost(loss) => *loss,
                    _ => Loss::Network,
                };
                let _ = self.failed(epoch, NoToken::Later(loss));
                self.tell_of_user(TabMessage::RefreshLost);
                Event::Lost(epoch)
            }
        };
        self.conclude(event);
    }

    fn failed(self, epoch: Epoch, why: NoToken) -> Event {
        self.inner.with_value(|inner| inner.last_failure.set(Some(why)));
        Event::NotCarriedOut(epoch)
    }

    pub(super) fn conclude(self, event: Event) {
        if self.step(event) == Next::SignIn {
            self.lapsed();
        }
    }

    /// A renewal can change what the user may do, and can never change who they are.
    fn renewed(self, epoch: Epoch, granted: Granted) {
        if !self.inner.with_value(|inner| inner.renewal.borrow().expects(epoch)) {
            return;
        }
        let known = self.user_now();
        if known.as_ref().is_some_and(|user| user.id != granted.user.id) {
            return self.conclude(Event::Refused(epoch));
        }
        self.keep_answer(granted.refresh, granted.answer);
        self.step(Event::Refreshed(epoch, granted.grant));
        self.leave_hint();
        if known.as_ref() != Some(&granted.user) {
            self.who.set(Who::Someone(granted.user));
        }
        self.tell_session(TabMessage::Renewed);
    }

    /// In transport `body` the refresh token is in the memory of tabs, and not in this one's.
    fn has_nothing_to_show(self) -> bool {
        let in_body = self
            .http
            .config
            .with_value(|config| config.transport == Transport::Body);
        in_body && self.inner.with_value(|inner| inner.refresh.borrow().is_none())
    }
}
