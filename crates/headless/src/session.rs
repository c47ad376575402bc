//! The session: who is signed in; one refresh for everyone who waits, in whichever tab; out is out.
//!
//! The rules are the core's [`Machine`]. This driver sends, measures time, holds the lock, asks the other tabs and wakes
//! those who wait; what it does for each effect stands in `session/shell.rs`. Must never write a token to storage or hand
//! one to a view.

mod answers;
mod shell;
mod token;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::oneshot;
use omnival_core::ids::UserId;
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::session::events::{Event, Said};
use omnival_core::session::refresh::{Epoch, Serial};
use omnival_core::session::{Kept, Machine, User, run};
use omnival_wire::boot::SESSION_KEY;
use omnival_wire::request::{self, Refresh, SignIn};

use crate::endpoint;
use crate::platform::{Area, Locks, Platform};
use crate::tabs::{TabMessage, Tabs};
use crate::transport::Transport;

pub use token::{NoToken, Token};

/// What screens may know of the session.
pub type Who = omnival_core::session::Who<User>;

/// A handle; clones are the same session.
#[derive(Clone)]
pub struct Session<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    platform: P,
    tabs: Tabs<P>,
    transport: Transport<P>,
    machine: RefCell<Machine<User>>,
    kept: RefCell<Kept>,
    waiting: RefCell<Vec<oneshot::Sender<Result<Token, NoToken>>>>,
    last_failure: Cell<NoToken>,
    /// The question to the other tabs that is open.
    asking: RefCell<Option<Asking>>,
    /// The locks of the refreshes that are under way: one, or more if the session changed under the first.
    locks: RefCell<Vec<(Epoch, <P as Locks>::Held)>>,
    returns: Cell<u32>,
}

/// How many of the other tabs have not answered, if that is known, and whom to tell.
struct Asking {
    left: Option<usize>,
    answered: oneshot::Sender<()>,
}

impl<P: Platform> Session<P> {
    pub fn new(platform: P, tabs: Tabs<P>, transport: Transport<P>) -> Self {
        Self(Rc::new(Inner {
            platform,
            tabs,
            transport,
            machine: RefCell::default(),
            kept: RefCell::new(Kept {
                answer: String::new(),
                refresh: None,
            }),
            waiting: RefCell::default(),
            last_failure: Cell::new(NoToken::Later(Loss::Network)),
            asking: RefCell::default(),
            locks: RefCell::default(),
            returns: Cell::new(0),
        }))
    }

    pub fn who(&self) -> Who {
        self.0.machine.borrow().who().clone()
    }

    /// The person, also while their session has lapsed.
    pub fn user(&self) -> Option<User> {
        self.0.machine.borrow().user().cloned()
    }

    pub fn is_lapsed(&self) -> bool {
        matches!(self.0.machine.borrow().who(), Who::Lapsed(_))
    }

    /// How often a lapsed session came back. A lapse that another tab ends at once may leave no other trace.
    pub fn returns(&self) -> u32 {
        self.0.returns.get()
    }

    /// Takes over what the boot script found. Where it found nothing, another tab may know the session.
    pub async fn start(&self) {
        let boot = self.0.platform.boot_session().await;
        let may_exist = self.0.platform.get(Area::Browser, SESSION_KEY).is_some();
        self.happens(Event::Began(answers::found(boot, may_exist)));
    }

    /// Signs in. The caller words a reply that is no success.
    pub async fn sign_in(&self, username: &str, password: &str) -> Result<(), Reply> {
        let body = request::body(&SignIn { username, password });
        let sent = self.0.transport.session_call(endpoint::SIGN_IN, body).await;
        match sent.body.as_deref().and_then(answers::granted) {
            Some(granted) => {
                self.happens(Event::SignedIn(granted));
                Ok(())
            }
            None => Err(sent.reply),
        }
    }

    /// Signs out here and in every tab. The platform is told, but not waited for: out is out.
    pub fn sign_out(&self) {
        let body = self.refresh_body();
        self.happens(Event::SignedOut);
        let transport = self.0.transport.clone();
        self.0.platform.spawn(Box::pin(async move {
            transport.session_call(endpoint::SIGN_OUT, body).await;
        }));
    }

    /// What another tab says about the session.
    pub fn heard(&self, message: &TabMessage) {
        let said = match message {
            TabMessage::SignedOut => Some(Said::SignedOut),
            TabMessage::SignedIn(text) => answers::told(text).map(Said::SignedIn),
            TabMessage::Refreshed(text) => answers::told(text).map(Said::Refreshed),
            TabMessage::AskToken => Some(Said::AskToken),
            TabMessage::Token(text) => answers::told(text).map(Said::Token),
            TabMessage::NoToken => Some(Said::NoToken),
            TabMessage::RefreshLost(user) => Some(Said::RefreshLost(UserId::new(user))),
            TabMessage::RefreshRefused(user) => Some(Said::RefreshRefused(UserId::new(user))),
            TabMessage::Pause(_) | TabMessage::Journal => None,
        };
        if let Some(said) = said {
            self.happens(Event::Heard(said));
        }
    }

    /// A token that is good for a while, refreshed first if need be.
    pub async fn token(&self) -> Result<Token, NoToken> {
        let (tell, told) = oneshot::channel();
        self.0.waiting.borrow_mut().push(tell);
        self.happens(Event::Wanted);
        told.await.unwrap_or(Err(NoToken::SignIn))
    }

    /// The platform answered 401 to this token.
    pub fn rejected(&self, serial: Serial) {
        self.happens(Event::Rejected(serial));
    }

    /// The platform answered 401 although the session was just refreshed: only signing in helps now.
    pub fn lapsed(&self) {
        self.happens(Event::Lapsed);
    }

    fn happens(&self, event: Event<User>) {
        run::run(&mut self.clone(), event);
    }

    fn refresh_body(&self) -> String {
        let kept = self.0.kept.borrow();
        kept.refresh.as_ref().map_or_else(
            || "{}".to_owned(),
            |token| {
                request::body(&Refresh {
                    refresh_token: token.exposed(),
                })
            },
        )
    }
}
