//! Keeps the session: one renewal for everyone who waits, told to the other tabs, undone by none.
//!
//! The rules are the core's [`Renewal`]; this shell sends, measures time, holds the lock and wakes those who wait.
//! Must never write a token to storage or hand one to a view.

use std::cell::{Cell, RefCell};

use futures::channel::oneshot;
use leptos::prelude::*;
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::renewal::{Epoch, Event, Next, Serial};
use omnival_core::session::{Credential, Renewal, User};
use omnival_wire::config::Transport;
use omnival_wire::request::{self, Refresh, SignIn};
use omnival_wire::session::{Session, session};

use crate::api::{Api, endpoint};
use crate::platform::boot::{self, BootSession};
use crate::platform::channel::Channel;
use crate::platform::locks::with_lock;
use crate::platform::store::Area;
use crate::platform::{clock, task};

/// Around a renewal and nothing else; the boot script uses the same.
const LOCK: &str = "omnival-refresh";
/// Longer than a holder can take (a refresh is given ten seconds).
const LOCK_PATIENCE_MS: u32 = 15_000;
const CHANNEL: &str = "omnival-session";
const SIGNED_OUT: &str = "signed-out";
const SIGNED_IN: &str = "signed-in";
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
    inner: StoredValue<Inner, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    renewal: RefCell<Renewal>,
    /// Transport `body` only, in memory only.
    refresh: RefCell<Option<Credential>>,
    waiting: RefCell<Vec<oneshot::Sender<()>>>,
    last_failure: Cell<Option<NoToken>>,
    channel: RefCell<Option<Channel>>,
}

impl Keeper {
    pub fn new() -> Self {
        Self {
            who: RwSignal::new(Who::Starting),
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

    pub fn is_lapsed(self) -> bool {
        self.who.with(|who| matches!(who, Who::Lapsed(_)))
    }

    pub fn is_lapsed_now(self) -> bool {
        self.who.with_untracked(|who| matches!(who, Who::Lapsed(_)))
    }

    /// Takes over what the boot script found, and listens to the other tabs.
    pub async fn start(self, api: Api) {
        let heard = move |message: String| self.heard(&message, api);
        self.inner
            .with_value(|inner| *inner.channel.borrow_mut() = Channel::open(CHANNEL, heard));
        match boot::session().await {
            BootSession::Answered { status: 200, body } => match session(&body) {
                Ok(granted) => self.accept(granted),
                Err(_) => self.who.set(Who::Nobody),
            },
            BootSession::Answered { status: 401 | 403, .. } => {
                Area::Browser.remove(HINT);
                self.who.set(Who::Nobody);
            }
            // The cookie may be sound: one more try, of this program's own.
            BootSession::Answered { .. } | BootSession::Lost => self.resume(api).await,
            BootSession::NotSent if Area::Browser.get(HINT).is_some() && self.uses_cookie(api) => {
                self.resume(api).await
            }
            BootSession::NotSent => self.who.set(Who::Nobody),
        }
    }

    /// One renewal without a known session: at start, and when another tab has signed in.
    async fn resume(self, api: Api) {
        let sent = with_lock(LOCK, LOCK_PATIENCE_MS, api.session_call(endpoint::REFRESH, "{}".into())).await;
        let granted = sent.ok().and_then(|sent| session(&sent.body?).ok());
        match (granted, self.who.get_untracked()) {
            (Some(granted), Who::Lapsed(user)) if granted.user.id != user.id => {}
            (Some(granted), _) => self.accept(granted),
            (None, Who::Starting) => self.who.set(Who::Nobody),
            (None, _) => {}
        }
    }

    fn uses_cookie(self, api: Api) -> bool {
        api.config.with_value(|config| config.transport == Transport::Cookie)
    }

    /// Signs in. The caller words a reply that is no success.
    pub async fn sign_in(self, api: Api, username: &str, password: &str) -> Result<(), Reply> {
        let sent = api
            .session_call(endpoint::SIGN_IN, request::body(&SignIn { username, password }))
            .await;
        match sent.body.as_deref().map(session) {
            Some(Ok(granted)) => {
                self.accept(granted);
                self.tell(SIGNED_IN);
                Ok(())
            }
            Some(Err(_)) | None => Err(sent.reply),
        }
    }

    /// Signs out here and in every tab. The platform is told, but not waited for: out is out.
    pub fn sign_out(self, api: Api) {
        let body = self.refresh_body();
        self.leave();
        self.tell(SIGNED_OUT);
        task::spawn(async move {
            api.session_call(endpoint::SIGN_OUT, body).await;
        });
    }

    fn leave(self) {
        self.step(Event::SignedOut);
        self.inner.with_value(|inner| inner.refresh.take());
        Area::Browser.remove(HINT);
        self.who.set(Who::Nobody);
        self.wake();
    }

    fn heard(self, message: &str, api: Api) {
        match message {
            SIGNED_OUT => self.leave(),
            SIGNED_IN if self.uses_cookie(api) && !matches!(self.who.get_untracked(), Who::Someone(_)) => {
                task::spawn(self.resume(api));
            }
            _ => {}
        }
    }

    fn accept(self, granted: Session) {
        self.inner.with_value(|inner| {
            if granted.refresh.is_some() {
                *inner.refresh.borrow_mut() = granted.refresh;
            }
        });
        self.step(Event::SignedIn(granted.grant));
        Area::Browser.set(HINT, "1");
        self.who.set(Who::Someone(granted.user));
        self.wake();
    }

    /// A token that is good for a while, renewed first if need be.
    pub async fn token(self, api: Api) -> Result<(Credential, Serial), NoToken> {
        loop {
            match self.step(Event::Wanted) {
                Next::Use(token, serial) => return Ok((token, serial)),
                Next::Renew(epoch) => {
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
                Next::SignIn | Next::Nothing => {
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
        let body = self.refresh_body();
        let sent = with_lock(LOCK, LOCK_PATIENCE_MS, async {
            api.session_call(endpoint::REFRESH, body).await
        })
        .await;
        let event = match sent {
            Err(_) => Event::Failed(epoch),
            Ok(sent) => match (sent.body.as_deref().map(session), &sent.reply) {
                (Some(Ok(granted)), _) => self.renewed(epoch, granted),
                (_, Reply::Answered(answer)) if matches!(answer.status, 400 | 401 | 403) => Event::Refused(epoch),
                (_, Reply::NotSent(NotSent::Offline)) => self.failed(epoch, NoToken::Offline),
                (_, Reply::Lost(loss)) => self.failed(epoch, NoToken::Later(*loss)),
                _ => self.failed(epoch, NoToken::Later(Loss::Network)),
            },
        };
        if self.step(event) == Next::SignIn {
            self.lapsed();
        }
        self.wake();
    }

    fn failed(self, epoch: Epoch, why: NoToken) -> Event {
        self.inner.with_value(|inner| inner.last_failure.set(Some(why)));
        Event::Failed(epoch)
    }

    /// A renewal can change what the user may do, and can never change who they are.
    fn renewed(self, epoch: Epoch, granted: Session) -> Event {
        if !self.inner.with_value(|inner| inner.renewal.borrow().expects(epoch)) {
            return Event::Failed(epoch);
        }
        if self.user_now().is_none_or(|user| user.id != granted.user.id) {
            return Event::Refused(epoch);
        }
        if let Some(refresh) = granted.refresh {
            self.inner
                .with_value(|inner| *inner.refresh.borrow_mut() = Some(refresh));
        }
        if self.user_now().as_ref() != Some(&granted.user) {
            self.who.set(Who::Someone(granted.user));
        }
        Event::Renewed(epoch, granted.grant)
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
                        refresh_token: token.for_refresh_body(),
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

    fn tell(self, message: &str) {
        self.inner
            .with_value(|inner| inner.channel.borrow().as_ref().map(|channel| channel.post(message)));
    }
}
