//! The pages of this console in one browser: what they tell each other, and which of them still live.
//!
//! Pages in another storage partition (the console embedded in another site) hear and see nothing of these: between them
//! only the platform's own checks protect. A message is a hint that may be late, repeated or lost. Must never put a token
//! into a storage: it passes from page to page as a message, in memory.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use omnival_core::recovery::journal::TabId;
use omnival_wire::boot::TAB_LOCK;

use crate::platform::{Channel, Platform, Topic};

const CHANNEL: &str = "omnival";

/// What one page tells the others.
#[derive(Clone, PartialEq, Eq)]
pub enum TabMessage {
    SignedOut,
    /// Somebody signed in; the session as text, see `omnival_wire::session::share`.
    SignedIn(String),
    /// The session was refreshed.
    Refreshed(String),
    /// Who has a token that is still fresh?
    AskToken,
    /// The answer of one that has.
    Token(String),
    /// The answer of one that has not.
    NoToken,
    /// A refresh of this person's session was sent, and its answer lost.
    RefreshLost(String),
    /// The platform refused to refresh this person's session.
    RefreshRefused(String),
    /// The platform asked for a pause of so many milliseconds.
    Pause(u64),
    /// Something in the journal changed.
    Journal,
}

impl TabMessage {
    fn text(&self) -> String {
        match self {
            Self::SignedOut => "signed-out".into(),
            Self::SignedIn(session) => ["signed-in ", session].concat(),
            Self::Refreshed(session) => ["renewed ", session].concat(),
            Self::AskToken => "ask".into(),
            Self::Token(session) => ["token ", session].concat(),
            Self::NoToken => "none".into(),
            Self::RefreshLost(user) => ["lost ", user].concat(),
            Self::RefreshRefused(user) => ["refused ", user].concat(),
            Self::Pause(ms) => ["pause ", &ms.to_string()].concat(),
            Self::Journal => "journal".into(),
        }
    }

    /// Any script of this origin can speak here: unknown messages are ignored.
    fn read(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match word {
            "signed-out" => Self::SignedOut,
            "signed-in" => Self::SignedIn(rest.into()),
            "renewed" => Self::Refreshed(rest.into()),
            "ask" => Self::AskToken,
            "token" => Self::Token(rest.into()),
            "none" => Self::NoToken,
            "lost" => Self::RefreshLost(rest.into()),
            "refused" => Self::RefreshRefused(rest.into()),
            "pause" => Self::Pause(rest.parse().ok()?),
            "journal" => Self::Journal,
            _ => return None,
        })
    }
}

/// A handle; clones are this page among the others.
#[derive(Clone)]
pub struct Tabs<P: Platform>(Rc<Inner<P>>);

struct Inner<P: Platform> {
    platform: P,
    id: TabId,
    /// True once it is known that this browser cannot keep the pages of the console apart.
    is_unprotected: Cell<bool>,
    channel: RefCell<Option<<P as Channel>::Open>>,
}

impl<P: Platform> Tabs<P> {
    pub fn new(platform: P) -> Self {
        Self(Rc::new(Inner {
            id: TabId::new(&platform.tab()),
            is_unprotected: Cell::new(false),
            channel: RefCell::new(None),
            platform,
        }))
    }

    /// Begins to listen.
    pub fn start(&self, heard: Box<dyn Fn(TabMessage)>) {
        let listen = move |text: String| {
            if let Some(message) = TabMessage::read(&text) {
                heard(message);
            }
        };
        let channel = self.0.platform.open(CHANNEL, Box::new(listen));
        let is_deaf = channel.is_none();
        *self.0.channel.borrow_mut() = channel;
        let tabs = self.clone();
        self.0.platform.spawn(Box::pin(async move {
            let is_alive = tabs.0.platform.alive().await;
            tabs.0.is_unprotected.set(!is_alive || is_deaf);
            tabs.0.platform.changed(Topic::Tabs);
        }));
    }

    pub fn id(&self) -> TabId {
        self.0.id.clone()
    }

    /// Can this browser not keep the pages of the console apart? False until it is known.
    pub fn is_unprotected(&self) -> bool {
        self.0.is_unprotected.get()
    }

    pub fn tell(&self, message: &TabMessage) {
        if let Some(channel) = self.0.channel.borrow().as_ref() {
            self.0.platform.post(channel, &message.text());
        }
    }

    /// How many other pages live. `None` where nobody can tell.
    pub async fn others(&self) -> Option<usize> {
        let count = self.0.platform.count_held(TAB_LOCK).await?;
        Some(count.saturating_sub(1))
    }

    /// Ready when that page lives no more; at once where the browser cannot tell, since then nobody can wait for it.
    pub async fn gone(&self, tab: &TabId) {
        let life = [TAB_LOCK, tab.as_str()].concat();
        // The lock is given back at once: to have got it is what tells.
        drop(self.0.platform.acquire(&life, None).await);
    }
}

#[cfg(test)]
mod tests {
    use super::TabMessage;

    #[test]
    fn messages_are_read_as_they_were_told_and_noise_is_ignored() {
        for message in [
            TabMessage::SignedOut,
            TabMessage::SignedIn("{\"a\": 1}".into()),
            TabMessage::Refreshed("x y".into()),
            TabMessage::AskToken,
            TabMessage::Token(String::new()),
            TabMessage::NoToken,
            TabMessage::RefreshLost("usr-1".into()),
            TabMessage::RefreshRefused("usr-1".into()),
            TabMessage::Pause(1_500),
            TabMessage::Journal,
        ] {
            assert!(TabMessage::read(&message.text()) == Some(message));
        }
        for noise in ["", " ", "pause", "pause -1", "pause x", "Ask", "token\u{0}"] {
            assert!(TabMessage::read(noise).is_none(), "{noise:?}");
        }
    }
}
