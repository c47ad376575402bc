//! The platform's sessions, the partitions' cookies and locks, the tabs, and what is under way between them.

use std::collections::VecDeque;

use omnival_core::session::events::{Account, Granted};
use omnival_core::session::refresh::{Epoch, Grant};
use omnival_core::session::{Credential, Machine, Who};
use omnival_core::time::Mono;

use super::setup::{Budget, LIFE, TICK_MS};

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct State {
    pub now: u16,
    /// Sessions by number; the person who signed in has the same number.
    pub sessions: Vec<Session>,
    pub tokens: Vec<Token>,
    pub partitions: [Partition; 2],
    pub tabs: Vec<Page>,
    pub flights: Vec<Flight>,
    pub left: Budget,
    pub wrong: Wrong,
}

/// At the platform. A refresh token is its session and its generation.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Session {
    pub generation: u8,
    pub revoked: bool,
}

/// An access token at the platform.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    pub session: u8,
    pub until: u16,
}

/// One storage partition of the browser.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Partition {
    /// Session and generation of the refresh token in the cookie.
    pub cookie: Option<(u8, u8)>,
    /// Refresh requests that carried it and were not certainly put off.
    pub shown: u8,
    /// The refreshes that hold the lock and wait for it: tab and epoch.
    pub holder: Option<(u8, Epoch)>,
    pub queue: VecDeque<(u8, Epoch)>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Page {
    pub partition: u8,
    pub alive: bool,
    pub session: Machine<Person>,
    /// Refreshes under way in the shell. More than one, if the session changed under the first.
    pub refreshes: Vec<(Epoch, Phase)>,
    pub inbox: VecDeque<TabMessage>,
}

/// A person has the number of their session.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Person(pub u8);

impl Account for Person {
    type Id = u8;
    /// The refresh token is in the partition's cookie.
    type Kept = ();

    fn id(&self) -> &u8 {
        &self.0
    }
}

/// What the shell waits for in one refresh.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    Lock {
        since: u16,
    },
    /// How many of the others have not answered.
    Others {
        left: u8,
    },
    Probe,
    Answer {
        probed: bool,
    },
}

/// One tab to all others of its partition.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum TabMessage {
    AskToken,
    NoToken,
    Token { user: u8, grant: Grant },
    Refreshed { user: u8, grant: Grant },
    SignedIn { user: u8, grant: Grant },
    SignedOut,
    Lost { user: u8 },
    Refused { user: u8 },
}

/// A refresh request, or its answer.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Flight {
    pub partition: u8,
    /// The refresh that waits for it, if it still does.
    pub listener: Option<(u8, Epoch)>,
    pub carries: Option<(u8, u8)>,
    pub until: u16,
    pub answer: Option<Answer>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Answer {
    Granted { session: u8, generation: u8, grant: Grant },
    Refused,
    PutOff,
}

/// What has gone wrong so far, once and for all.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Wrong {
    /// A refresh was sent although a tab of the partition had a good token.
    pub needless: bool,
    /// A refresh token that may be spent was shown again without a question first, or a third time.
    pub blind: bool,
    /// The platform ended a session because a spent token was shown.
    pub reused: bool,
}

/// A session, as it is granted or told.
pub const fn granted(user: u8, grant: Grant) -> Granted<Person> {
    Granted {
        user: Person(user),
        grant,
        kept: (),
    }
}

impl Page {
    pub const fn user(&self) -> Option<u8> {
        match self.session.user() {
            Some(Person(user)) => Some(*user),
            None => None,
        }
    }

    /// This refresh waits for something now.
    pub fn enter(&mut self, of: Epoch, phase: Phase) {
        match self.refreshes.iter_mut().find(|(epoch, _)| *epoch == of) {
            Some((_, old)) => *old = phase,
            None => self.refreshes.push((of, phase)),
        }
    }

    pub const fn is_signed_in(&self) -> bool {
        matches!(self.session.who(), Who::Someone(_))
    }
}

impl State {
    pub fn clock(&self) -> Mono {
        Mono(u64::from(self.now) * TICK_MS)
    }

    /// The platform issues an access token.
    pub fn issue(&mut self, session: u8) -> Grant {
        self.tokens.push(Token {
            session,
            until: self.now + LIFE,
        });
        let number = self.tokens.len() - 1;
        Grant {
            access: credential(number),
            expires_in_ms: u64::from(LIFE) * TICK_MS,
        }
    }

    pub fn token(&self, credential: &Credential) -> Option<Token> {
        let number = credential.exposed().strip_prefix('t')?.parse::<usize>().ok()?;
        self.tokens.get(number).copied()
    }

    /// Does the platform take this token?
    pub fn takes(&self, credential: &Credential) -> bool {
        self.token(credential).is_some_and(|token| {
            let session = self.sessions.get(usize::from(token.session));
            token.until > self.now && session.is_some_and(|session| !session.revoked)
        })
    }

    /// What this page may tell the others: its token, if that is good for a while by its own reckoning.
    pub fn shareable(&self, page: &Page) -> Option<Grant> {
        page.session.to_share(self.clock()).map(|(_, grant)| grant)
    }

    /// Is it good for a while?
    pub fn is_good(&self, credential: &Credential) -> bool {
        self.takes(credential) && self.token(credential).is_some_and(|token| token.until > self.now + 1)
    }

    pub fn tell(&mut self, from: u8, message: &TabMessage) {
        let partition = self.tabs[usize::from(from)].partition;
        for (tab, page) in (0..).zip(&mut self.tabs) {
            if tab != from && page.alive && page.partition == partition {
                page.inbox.push_back(message.clone());
            }
        }
    }

    /// The other pages of the partition.
    pub fn others(&self, tab: u8) -> impl Iterator<Item = &Page> {
        let partition = self.tabs[usize::from(tab)].partition;
        (0..)
            .zip(&self.tabs)
            .filter(move |(other, page)| *other != tab && page.alive && page.partition == partition)
            .map(|(_, page)| page)
    }
}

/// A credential is opaque to the core; its text tells the model which one it is.
#[allow(clippy::expect_used)]
fn credential(number: usize) -> Credential {
    Credential::new(&["t", &number.to_string()].concat()).expect("letters and digits are a sound token")
}
