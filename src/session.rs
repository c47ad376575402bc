//! The session: who is signed in, signing in and out, and what the other tabs say about it. Renewing the token is
//! [`refresh`]'s.
//!
//! Must never write a token to storage or hand one to a view: nothing outside this folder and the API client sees one.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use leptos::prelude::*;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::refresh::{Event, Grant, Next, Serial};
use omnival_core::session::{Credential, Refresh as Machine, User};
use omnival_headless::endpoint;
use omnival_wire::request::{self, Refresh, SignIn};
use omnival_wire::session::{Session as Granted, session, share, shared};

use crate::http::Http;
use crate::platform::boot::{self, BootSession};
use crate::platform::store::Area;
use crate::platform::{clock, task};
use crate::tabs::{TabMessage, Tabs};

/// "A session may exist", so that a first visit does not begin with a refused refresh.
const HINT: &str = "omnival.session";

mod refresh;

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

impl NoToken {
    pub const fn reply(self) -> Reply {
        match self {
            Self::SignIn => Reply::NotSent(NotSent::NoSession),
            Self::Later(loss) => Reply::Lost(loss),
            Self::Offline => Reply::NotSent(NotSent::Offline),
        }
    }
}

/// A handle; every copy speaks of the same session.
#[derive(Clone, Copy)]
pub struct Session {
    http: Http,
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

impl Session {
    pub fn new(http: Http, tabs: Tabs) -> Self {
        Self {
            http,
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
    pub async fn start(self) {
        match boot::session().await {
            BootSession::Answered { status: 200, body } => match session(&body) {
                Ok(granted) => self.accept(granted, TabMessage::Renewed),
                Err(_) => self.who.set(Who::Nobody),
            },
            BootSession::Answered { status: 401 | 403, .. } => {
                Area::Browser.remove(HINT);
                self.who.set(Who::Nobody);
            }
            BootSession::Answered { status: 429 | 503, .. } => self.resume(Machine::default()).await,
            // Its answer was lost, so the refresh token may be spent.
            BootSession::Answered { .. } | BootSession::Lost => self.resume(Machine::doubtful()).await,
            BootSession::NotSent if Area::Browser.get(HINT).is_some() => self.resume(Machine::default()).await,
            BootSession::NotSent => {}
        }
        // What another tab answered may have come first.
        if self.who.get_untracked() == Who::Starting {
            self.who.set(Who::Nobody);
        }
    }

    /// One renewal without a known session.
    async fn resume(self, renewal: Machine) {
        if self.who.get_untracked() != Who::Starting {
            return;
        }
        self.inner.with_value(|inner| *inner.renewal.borrow_mut() = renewal);
        if let Next::Lock(epoch) = self.step(Event::Wanted) {
            self.renew(epoch).await;
        }
    }

    /// Signs in. The caller words a reply that is no success.
    pub async fn sign_in(self, username: &str, password: &str) -> Result<(), Reply> {
        let sent = self
            .http
            .session_call(endpoint::SIGN_IN, request::body(&SignIn { username, password }))
            .await;
        match sent.body.as_deref().map(session) {
            Some(Ok(granted)) => {
                self.accept(granted, TabMessage::SignedIn);
                Ok(())
            }
            Some(Err(_)) | None => Err(sent.reply),
        }
    }

    /// Signs out here and in every tab. The platform is told, but not waited for: out is out.
    pub fn sign_out(self) {
        let body = self.refresh_body();
        self.leave();
        self.tabs.tell(&TabMessage::SignedOut);
        task::spawn(async move {
            self.http.session_call(endpoint::SIGN_OUT, body).await;
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
    pub fn heard(self, message: &TabMessage) {
        match message {
            TabMessage::SignedOut => self.leave(),
            TabMessage::AskToken => self
                .tabs
                .tell(&self.to_share().map_or(TabMessage::NoToken, TabMessage::Token)),
            TabMessage::NoToken => self.answered(false),
            TabMessage::RefreshLost(user) if self.is_of(user) => self.conclude(Event::LostElsewhere),
            TabMessage::RefreshRefused(user) if self.is_of(user) => self.conclude(Event::RefusedElsewhere),
            TabMessage::SignedIn(text) | TabMessage::Renewed(text) | TabMessage::Token(text) => {
                let Ok(granted) = shared(text) else { return };
                let adopts = match &self.who.get_untracked() {
                    Who::Someone(user) if user.id == granted.user.id => {
                        let asked = matches!(message, TabMessage::Token(_));
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
                    Who::Lapsed(user) => user.id == granted.user.id && !matches!(message, TabMessage::Token(_)),
                    Who::Starting => true,
                    // Out is out, until somebody signs in.
                    Who::Nobody => matches!(message, TabMessage::SignedIn(_)),
                };
                if adopts {
                    self.adopt(granted);
                }
                self.answered(adopts);
            }
            TabMessage::RefreshLost(_) | TabMessage::RefreshRefused(_) | TabMessage::Pause(_) | TabMessage::Journal => {
            }
        }
    }

    fn is_of(self, user: &str) -> bool {
        self.user_now().is_some_and(|mine| mine.id.as_str() == user)
    }

    /// Another tab's token, for the session that this one is in.
    fn shared(self, granted: Granted, event: fn(Grant) -> Event) {
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

    fn tell_session(self, message: fn(String) -> TabMessage) {
        if let Some(session) = self.to_share() {
            self.tabs.tell(&message(session));
        }
    }

    fn tell_of_user(self, message: fn(String) -> TabMessage) {
        if let Some(user) = self.user_now() {
            self.tabs.tell(&message(user.id.as_str().to_owned()));
        }
    }

    /// Takes a session over, and tells the others.
    fn accept(self, granted: Granted, message: fn(String) -> TabMessage) {
        self.adopt(granted);
        self.tell_session(message);
    }

    fn adopt(self, granted: Granted) {
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
