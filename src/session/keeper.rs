//! Keeps the session: one renewal for everyone who waits, in whichever tab, undone by none.
//!
//! The rules are the core's [`Machine`]; this shell sends, measures time, holds the lock, asks the other tabs and wakes
//! those who wait. Must never write a token to storage or hand one to a view.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use futures::future::select;
use leptos::prelude::*;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::refresh::{Epoch, Event, Grant, Next, Serial};
use omnival_core::session::{Credential, Refresh as Machine, User};
use omnival_wire::config::Transport;
use omnival_wire::request::{self, Refresh, SignIn};
use omnival_wire::session::{Session, session, share, shared};

use crate::api::{Api, endpoint};
use crate::platform::boot::{self, BootSession};
use crate::platform::locks::{NoLock, with_lock};
use crate::platform::store::Area;
use crate::platform::{clock, task};
use crate::tabs::{Tabs, Word};

/// Around a renewal and nothing else; the boot script uses the same.
const LOCK: &str = "omnival-refresh";
/// Longer than a holder can take: the others are asked, the platform is probed, a refresh is sent.
const LOCK_PATIENCE_MS: u32 = 25_000;
/// How long the other tabs have to answer. Each that lives and is not frozen does so at once.
const ASK_MS: u32 = 1_000;
/// "A session may exist", so that a first visit does not begin with a refused refresh.
const HINT: &str = "omnival.session";

/// What screens may know of the session.
#[derive(Clone, PartialEq, Debug)]
pub enum Who {
    /// Being found out.
    Starting,
    Nobody,
    Someone(User),
    /// The session ended under the operator's hands: sign in again in place, with everything typed kept.
    Lapsed(User),
}

/// Why there is no token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoToken {
    SignIn,
    /// The renewal's answer was lost; the session may be fine.
    Later(Loss),
    Offline,
}

/// A handle; every copy speaks of the same session.
#[derive(Clone, Copy)]
pub struct Keeper {
    who: RwSignal<Who>,
    /// How often a lapsed session came back. A lapse that another tab ends at once may leave no other trace.
    returns: RwSignal<u32>,
    tabs: Tabs,
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    renewal: RefCell<Machine>,
    /// Transport `body` only, in memory only.
    refresh: RefCell<Option<Credential>>,
    /// The answer that granted the token in use.
    answer: RefCell<String>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    last_failure: Cell<Option<NoToken>>,
    /// The question to the other tabs that is open: how many have not answered, and whom to tell.
    asking: RefCell<Option<Asking>>,
}

struct Asking {
    left: Option<usize>,
    answered: oneshot::Sender<()>,
}

impl Keeper {
    pub fn new(tabs: Tabs) -> Self {
        Self {
            who: RwSignal::new(Who::Starting),
            returns: RwSignal::new(0),
            tabs,
            inner: StoredValue::new_local(Inner::default()),
        }
    }

    pub fn who(self) -> Who {
        self.who.get()
    }

    /// The person, also while their session has lapsed.
    pub fn user(self) -> Option<User> {
        self.who.with(|who| match who {
            Who::Someone(user) | Who::Lapsed(user) => Some(user.clone()),
            Who::Starting | Who::Nobody => None,
        })
    }

    /// How often a lapsed session came back.
    pub fn returns(self) -> u32 {
        self.returns.get()
    }

    pub fn returns_now(self) -> u32 {
        self.returns.get_untracked()
    }

    pub fn is_lapsed(self) -> bool {
        self.who.with(|who| matches!(who, Who::Lapsed(_)))
    }

    pub fn is_lapsed_now(self) -> bool {
        self.who.with_untracked(|who| matches!(who, Who::Lapsed(_)))
    }

    /// Takes over what the boot script found. Where it found nothing, another tab may know the session.
    pub async fn start(self, api: Api) {
        match boot::session().await {
            BootSession::Answered { status: 200, body } => match session(&body) {
                Ok(granted) => self.accept(granted, Word::Renewed),
                Err(_) => self.who.set(Who::Nobody),
            },
            BootSession::Answered { status: 401 | 403, .. } => {
                Area::Browser.remove(HINT);
                self.who.set(Who::Nobody);
            }
            BootSession::Answered { status: 429 | 503, .. } => self.resume(api, Machine::default()).await,
            // Its answer was lost, so the refresh token may be spent.
            BootSession::Answered { .. } | BootSession::Lost => self.resume(api, Machine::doubtful()).await,
            BootSession::NotSent if Area::Browser.get(HINT).is_some() => self.resume(api, Machine::default()).await,
            BootSession::NotSent => {}
        }
        // What another tab answered may have come first.
        if self.who.get_untracked() == Who::Starting {
            self.who.set(Who::Nobody);
        }
    }

    /// One renewal without a known session.
    async fn resume(self, api: Api, renewal: Machine) {
        if self.who.get_untracked() != Who::Starting {
            return;
        }
        self.inner.with_value(|inner| *inner.renewal.borrow_mut() = renewal);
        if let Next::Lock(epoch) = self.step(Event::Wanted) {
            self.renew(api, epoch).await;
        }
    }

    /// In transport `body` the refresh token is in the memory of tabs, and not in this one's.
    fn has_nothing_to_show(self, api: Api) -> bool {
        let in_body = api.config.with_value(|config| config.transport == Transport::Body);
        in_body && self.inner.with_value(|inner| inner.refresh.borrow().is_none())
    }

    /// Signs in. The caller words a reply that is no success.
    pub async fn sign_in(self, api: Api, username: &str, password: &str) -> Result<(), Reply> {
        let sent = api
            .session_call(endpoint::SIGN_IN, request::body(&SignIn { username, password }))
            .await;
        match sent.body.as_deref().map(session) {
            Some(Ok(granted)) => {
                self.accept(granted, Word::SignedIn);
                Ok(())
            }
            Some(Err(_)) | None => Err(sent.reply),
        }
    }

    /// Signs out here and in every tab. The platform is told, but not waited for: out is out.
    pub fn sign_out(self, api: Api) {
        let body = self.refresh_body();
        self.leave();
        self.tabs.tell(&Word::SignedOut);
        task::spawn(async move {
            api.session_call(endpoint::SIGN_OUT, body).await;
        });
    }

    fn leave(self) {
        self.step(Event::SignedOut);
        self.inner.with_value(|inner| {
            inner.refresh.take();
            inner.answer.take();
        });
        Area::Browser.remove(HINT);
        self.who.set(Who::Nobody);
        self.wake();
    }

    /// What another tab says about the session.
    pub fn heard(self, word: &Word) {
        match word {
            Word::SignedOut => self.leave(),
            Word::AskToken => self.tabs.tell(&self.to_share().map_or(Word::NoToken, Word::Token)),
            Word::NoToken => self.answered(false),
            Word::RefreshLost(user) if self.is_of(user) => self.conclude(Event::LostElsewhere),
            Word::RefreshRefused(user) if self.is_of(user) => self.conclude(Event::RefusedElsewhere),
            Word::SignedIn(text) | Word::Renewed(text) | Word::Token(text) => {
                let Ok(granted) = shared(text) else { return };
                let adopts = match &self.who.get_untracked() {
                    Who::Someone(user) if user.id == granted.user.id => {
                        let asked = matches!(word, Word::Token(_));
                        return self.shared(
                            granted,
                            if asked {
                                Event::Shared
                            } else {
                                Event::RefreshedElsewhere
                            },
                        );
                    }
                    Who::Someone(_) => false,
                    // An answer to somebody's question may be the very token that this tab was refused with.
                    Who::Lapsed(user) => user.id == granted.user.id && !matches!(word, Word::Token(_)),
                    Who::Starting => true,
                    // Out is out, until somebody signs in.
                    Who::Nobody => matches!(word, Word::SignedIn(_)),
                };
                if adopts {
                    self.adopt(granted);
                }
                self.answered(adopts);
            }
            Word::RefreshLost(_) | Word::RefreshRefused(_) | Word::Pause(_) | Word::Journal => {}
        }
    }

    fn is_of(self, user: &str) -> bool {
        self.user_now().is_some_and(|mine| mine.id.as_str() == user)
    }

    /// Another tab's token, for the session that this one is in.
    fn shared(self, granted: Session, event: fn(Grant) -> Event) {
        let before = self.current();
        self.step(event(granted.grant));
        let fresh = self.current() != before;
        if fresh {
            self.keep_answer(granted.refresh, granted.answer);
            if self.user_now().as_ref() != Some(&granted.user) {
                self.who.set(Who::Someone(granted.user));
            }
            self.wake();
        }
        self.answered(fresh);
    }

    fn current(self) -> Serial {
        self.inner.with_value(|inner| inner.renewal.borrow().current())
    }

    /// Only a cookie outlives the page; the boot script does nothing for the other word.
    fn leave_hint(self) {
        let by_cookie = self.inner.with_value(|inner| inner.refresh.borrow().is_none());
        Area::Browser.set(HINT, if by_cookie { "1" } else { "body" });
    }

    fn keep_answer(self, refresh: Option<Credential>, answer: String) {
        self.inner.with_value(|inner| {
            *inner.answer.borrow_mut() = answer;
            if refresh.is_some() {
                *inner.refresh.borrow_mut() = refresh;
            }
        });
    }

    /// This session as text for the other tabs, if its token is good for a while.
    fn to_share(self) -> Option<String> {
        self.user_now()?;
        self.inner.with_value(|inner| {
            let grant = inner.renewal.borrow().to_share(clock::now())?;
            Some(share(&inner.answer.borrow(), grant.expires_in_ms))
        })
    }

    fn tell_session(self, word: fn(String) -> Word) {
        if let Some(session) = self.to_share() {
            self.tabs.tell(&word(session));
        }
    }

    fn tell_of_user(self, word: fn(String) -> Word) {
        if let Some(user) = self.user_now() {
            self.tabs.tell(&word(user.id.as_str().to_owned()));
        }
    }

    /// Takes a session over, and tells the others.
    fn accept(self, granted: Session, word: fn(String) -> Word) {
        self.adopt(granted);
        self.tell_session(word);
    }

    fn adopt(self, granted: Session) {
        self.keep_answer(granted.refresh, granted.answer);
        self.step(Event::SignedIn(granted.grant));
        self.leave_hint();
        let returned = self.is_lapsed_now();
        self.who.set(Who::Someone(granted.user));
        if returned {
            self.returns.update(|returns| *returns += 1);
        }
        self.wake();
    }

    /// A token that is good for a while, renewed first if need be.
    pub async fn token(self, api: Api) -> Result<(Credential, Serial), NoToken> {
        loop {
            match self.step(Event::Wanted) {
                Next::Use(token, serial) => return Ok((token, serial)),
                Next::Lock(epoch) => {
                    let ended = self.wait();
                    // On its own: it must end even if the screen that asked is gone.
                    task::spawn(self.renew(api, epoch));
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

    async fn renew(self, api: Api, epoch: Epoch) {
        match with_lock(LOCK, LOCK_PATIENCE_MS, self.renew_alone(api, epoch)).await {
            Ok(()) => {}
            // Without locks the tabs still tell each other; two may renew at once, and one of them has to sign in again.
            Err(NoLock::Unavailable) => self.renew_alone(api, epoch).await,
            Err(NoLock::Timeout) => self.conclude(self.failed(epoch, NoToken::Later(Loss::Timeout))),
        }
        self.wake();
    }

    /// Under the lock. What comes of it is told to the other tabs before the lock is given back.
    async fn renew_alone(self, api: Api, epoch: Epoch) {
        let mut next = self.step(Event::Locked(epoch));
        loop {
            next = match next {
                Next::Ask(epoch) => {
                    self.ask_others().await;
                    self.step(Event::Asked(epoch))
                }
                Next::Probe(epoch) if api.answers(self.stale()).await => self.step(Event::Reachable(epoch)),
                Next::Probe(epoch) => return self.conclude(self.failed(epoch, NoToken::Later(Loss::Network))),
                Next::Send(epoch) => return self.refresh(api, epoch).await,
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
        self.tabs.tell(&Word::AskToken);
        select(bell, Box::pin(clock::sleep(ASK_MS))).await;
        self.inner.with_value(|inner| inner.asking.take());
    }

    /// One of the others has answered.
    fn answered(self, fresh: bool) {
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

    async fn refresh(self, api: Api, epoch: Epoch) {
        if self.has_nothing_to_show(api) {
            return self.conclude(Event::Refused(epoch));
        }
        let sent = api.session_call(endpoint::REFRESH, self.refresh_body()).await;
        let event = match (sent.body.as_deref().map(session), &sent.reply) {
            (Some(Ok(granted)), _) => return self.renewed(epoch, granted),
            (_, Reply::Answered(answer)) if matches!(answer.status, 400 | 401 | 403) => {
                self.tell_of_user(Word::RefreshRefused);
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
                self.tell_of_user(Word::RefreshLost);
                Event::Lost(epoch)
            }
        };
        self.conclude(event);
    }

    fn failed(self, epoch: Epoch, why: NoToken) -> Event {
        self.inner.with_value(|inner| inner.last_failure.set(Some(why)));
        Event::NotCarriedOut(epoch)
    }

    fn conclude(self, event: Event) {
        if self.step(event) == Next::SignIn {
            self.lapsed();
        }
    }

    /// A renewal can change what the user may do, and can never change who they are.
    fn renewed(self, epoch: Epoch, granted: Session) {
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
        self.tell_session(Word::Renewed);
    }

    /// The same, at this moment only.
    pub fn user_now(self) -> Option<User> {
        self.who.with_untracked(|who| match who {
            Who::Someone(user) | Who::Lapsed(user) => Some(user.clone()),
            Who::Starting | Who::Nobody => None,
        })
    }

    fn refresh_body(self) -> String {
        self.inner.with_value(|inner| {
            inner.refresh.borrow().as_ref().map_or_else(
                || "{}".to_owned(),
                |token| {
                    request::body(&Refresh {
                        refresh_token: token.exposed(),
                    })
                },
            )
        })
    }

    fn step(self, event: Event) -> Next {
        self.inner
            .with_value(|inner| inner.renewal.borrow_mut().step(event, clock::now()))
    }

    fn wait(self) -> oneshot::Receiver<()> {
        let (ring, bell) = oneshot::channel();
        self.inner.with_value(|inner| inner.waiting.borrow_mut().push(ring));
        bell
    }

    fn wake(self) {
        let waiting = self.inner.with_value(|inner| inner.waiting.take());
        for ring in waiting {
            let _ = ring.send(());
        }
    }
}
