//! What each effect of the session's machine means on a page.

use futures::channel::oneshot;
use futures::future::select;
use omnival_core::ids::UserId;
use omnival_core::recovery::outcome::Loss;
use omnival_core::session::events::{Effect, End, Event, Tell};
use omnival_core::session::refresh::{Epoch, Grant, Serial};
use omnival_core::session::run::Shell;
use omnival_core::session::{Credential, Kept, User};
use omnival_wire::boot::{REFRESH_LOCK, SESSION_KEY};
use omnival_wire::config::Transport as Carrier;
use omnival_wire::session::share;

use super::{Asking, NoToken, Session, Token, answers};
use crate::endpoint;
use crate::platform::{Area, NoLock, Pending, Platform, Topic};
use crate::tabs::TabMessage;

/// Longer than a holder can take: the others are asked, the platform is probed, a refresh is sent.
const LOCK_PATIENCE_MS: u32 = 25_000;
/// How long the other tabs have to answer. Each that lives and is not frozen does so at once.
const ASK_MS: u32 = 1_000;

impl<P: Platform> Shell<User> for Session<P> {
    fn step(&mut self, event: Event<User>) -> Vec<Effect<User>> {
        let now = self.0.platform.mono();
        self.0.machine.borrow_mut().step(event, now)
    }

    fn use_token(&mut self, token: Credential, serial: Serial) {
        self.answer_all(&Ok((token, serial)));
    }

    fn try_later(&mut self) {
        self.answer_all(&Err(self.0.last_failure.get()));
    }

    fn sign_in(&mut self) {
        self.answer_all(&Err(NoToken::SignIn));
    }

    fn take_lock(&mut self, of: Epoch) {
        let session = self.clone();
        self.spawn(Box::pin(async move {
            let waited = session.0.platform.acquire(REFRESH_LOCK, Some(LOCK_PATIENCE_MS)).await;
            match waited {
                Ok(held) => {
                    session.0.locks.borrow_mut().push((of, held));
                    session.happens(Event::Locked(of));
                }
                // Without locks the tabs still tell each other; two may refresh at once, and one of them has to sign in
                // again.
                Err(NoLock::Unavailable) => session.happens(Event::Locked(of)),
                Err(NoLock::Timeout) => session.gives_up(of, Loss::Timeout),
            }
        }));
    }

    fn ask_other_tabs(&mut self, of: Epoch) {
        let session = self.clone();
        self.spawn(Box::pin(async move {
            session.ask_others().await;
            session.happens(Event::Asked(of));
        }));
    }

    fn probe(&mut self, of: Epoch) {
        let session = self.clone();
        self.spawn(Box::pin(async move {
            // Any token will do to find out whether the platform answers.
            let stale = session.0.machine.borrow().refresh().last().cloned();
            if session.0.transport.answers(stale).await {
                session.happens(Event::Reachable(of));
            } else {
                session.gives_up(of, Loss::Network);
            }
        }));
    }

    fn send_refresh(&mut self, of: Epoch) {
        if self.has_nothing_to_show() {
            return self.happens(Event::Ended(of, End::NothingToShow));
        }
        let (session, body) = (self.clone(), self.refresh_body());
        self.spawn(Box::pin(async move {
            let sent = session.0.transport.session_call(endpoint::REFRESH, body).await;
            let (end, failure) = answers::end(sent);
            if let Some(failure) = failure {
                session.0.last_failure.set(failure);
            }
            session.happens(Event::Ended(of, end));
        }));
    }

    fn finish(&mut self, of: Epoch) {
        let given_back = {
            let mut locks = self.0.locks.borrow_mut();
            let at = locks.iter().position(|(epoch, _)| *epoch == of);
            at.map(|at| locks.swap_remove(at))
        };
        drop(given_back);
    }

    fn other_answered(&mut self, with_fresh_token: bool) {
        let mut asking = self.0.asking.borrow_mut();
        let Some(open) = asking.as_mut() else { return };
        open.left = open.left.map(|left| left.saturating_sub(1));
        if (with_fresh_token || open.left == Some(0))
            && let Some(ended) = asking.take()
        {
            let _ = ended.answered.send(());
        }
    }

    fn keep(&mut self, kept: Kept) {
        let mut held = self.0.kept.borrow_mut();
        held.answer = kept.answer;
        if kept.refresh.is_some() {
            held.refresh = kept.refresh;
        }
    }

    /// Only a cookie outlives the page; the boot script does nothing for the other word.
    fn remember(&mut self) {
        let by_cookie = self.0.kept.borrow().refresh.is_none();
        let word = if by_cookie { "1" } else { "body" };
        // Where it is refused, the next page asks the other tabs, and then for a sign-in.
        self.0.platform.set(Area::Browser, SESSION_KEY, word);
    }

    fn forget(&mut self) {
        *self.0.kept.borrow_mut() = Kept {
            answer: String::new(),
            refresh: None,
        };
        self.0.platform.remove(Area::Browser, SESSION_KEY);
    }

    fn tell(&mut self, what: Tell<UserId>) {
        let message = match what {
            Tell::SignedIn(_, grant) => TabMessage::SignedIn(self.as_text(&grant)),
            Tell::SignedOut => TabMessage::SignedOut,
            Tell::Refreshed(_, grant) => TabMessage::Refreshed(self.as_text(&grant)),
            Tell::Token(_, grant) => TabMessage::Token(self.as_text(&grant)),
            Tell::NoToken => TabMessage::NoToken,
            Tell::RefreshLost(user) => TabMessage::RefreshLost(user.as_str().to_owned()),
            Tell::RefreshRefused(user) => TabMessage::RefreshRefused(user.as_str().to_owned()),
        };
        self.0.tabs.tell(&message);
    }

    fn show(&mut self, has_returned: bool) {
        if has_returned {
            self.0.returns.set(self.0.returns.get() + 1);
        }
        self.0.platform.changed(Topic::Session);
    }
}

impl<P: Platform> Session<P> {
    /// On its own: it must end even if the screen that asked is gone.
    fn spawn(&self, work: Pending<()>) {
        self.0.platform.spawn(work);
    }

    fn answer_all(&self, answer: &Result<Token, NoToken>) {
        for waiting in self.0.waiting.take() {
            // Who waits no more needs none.
            let _ = waiting.send(answer.clone());
        }
    }

    fn gives_up(&self, of: Epoch, why: Loss) {
        self.0.last_failure.set(NoToken::Later(why));
        self.happens(Event::Ended(of, End::NotCarriedOut));
    }

    /// Ready when the other tabs have answered, when one of them had a fresh token, or when they had time enough.
    async fn ask_others(&self) {
        let time = self.0.platform.sleep(ASK_MS);
        let (answered, bell) = oneshot::channel();
        let asked = Box::pin(async {
            let left = self.0.tabs.others().await;
            if left == Some(0) {
                return;
            }
            *self.0.asking.borrow_mut() = Some(Asking { left, answered });
            self.0.tabs.tell(&TabMessage::AskToken);
            let _ = bell.await;
        });
        select(asked, time).await;
        self.0.asking.take();
    }

    /// In transport `body` the refresh token is in the memory of tabs, and not in this one's.
    fn has_nothing_to_show(&self) -> bool {
        self.0.transport.config().transport == Carrier::Body && self.0.kept.borrow().refresh.is_none()
    }

    /// This session as text for the other tabs.
    fn as_text(&self, grant: &Grant) -> String {
        share(&self.0.kept.borrow().answer, grant.expires_in_ms)
    }
}
