//! The pages of this console in one browser: what they tell each other, and which of them still live.
//!
//! Pages in another storage partition (the console embedded in another site) hear and see nothing of these: between them
//! only the platform's own checks protect. A message is a hint that may be late, repeated or lost. Must never put a token into
//! a storage: it passes from page to page as a message, in memory.

use std::cell::RefCell;

use leptos::prelude::*;
use omnival_core::recovery::journal::TabId;

use crate::platform::channel::Channel;
use crate::platform::{boot, locks, task};

const CHANNEL: &str = "omnival";
/// Each page holds a lock of this name and its id for as long as it lives, by its boot script; a crash gives it back.
const LIFE: &str = "omnival-tab-";

/// What one page tells the others.
#[derive(Clone, PartialEq, Eq)]
pub enum TabMessage {
    SignedOut,
    /// Somebody signed in; the session as text, see `omnival_wire::session::share`.
    SignedIn(String),
    /// The session was renewed.
    Renewed(String),
    /// Who has a token that is still fresh?
    AskToken,
    /// The answer of one that has.
    Token(String),
    /// The answer of one that has not.
    NoToken,
    /// A refresh of this person's session was sent, and its answer lost.
    RefreshLost(String),
    /// The platform refused to renew this person's session.
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
            Self::Renewed(session) => ["renewed ", session].concat(),
            Self::AskToken => "ask".into(),
            Self::Token(session) => ["token ", session].concat(),
            Self::NoToken => "none".into(),
            Self::RefreshLost(user) => ["lost ", user].concat(),
            Self::RefreshRefused(user) => ["refused ", user].concat(),
            Self::Pause(ms) => ["pause ", &ms.to_string()].concat(),
            Self::Journal => "journal".into(),
        }
    }

    /// Any script of this origin can send here: unknown messages are ignored.
    fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ').unwrap_or((text, ""));
        Some(match kind {
            "signed-out" => Self::SignedOut,
            "signed-in" => Self::SignedIn(rest.into()),
            "renewed" => Self::Renewed(rest.into()),
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

/// A handle; every copy is this page among the others.
#[derive(Clone, Copy)]
pub struct Tabs {
    /// True once it is known that this browser cannot keep the pages of the console apart.
    pub unprotected: RwSignal<bool>,
    inner: StoredValue<Inner, LocalStorage>,
}

struct Inner {
    id: TabId,
    channel: RefCell<Option<Channel>>,
}

impl Tabs {
    pub fn new() -> Self {
        Self {
            unprotected: RwSignal::new(false),
            inner: StoredValue::new_local(Inner {
                id: TabId::new(&boot::tab()),
                channel: RefCell::default(),
            }),
        }
    }

    /// Begins to listen.
    pub fn start(self, heard: impl Fn(TabMessage) + 'static) {
        let listen = move |text: String| {
            if let Some(message) = TabMessage::read(&text) {
                heard(message);
            }
        };
        let channel = Channel::open(CHANNEL, listen);
        let deaf = channel.is_none();
        self.inner.with_value(|inner| *inner.channel.borrow_mut() = channel);
        task::spawn(async move {
            self.unprotected.set(!boot::alive().await || deaf);
        });
    }

    pub fn id(self) -> TabId {
        self.inner.with_value(|inner| inner.id.clone())
    }

    pub fn tell(self, message: &TabMessage) {
        self.inner.with_value(|inner| {
            inner
                .channel
                .borrow()
                .as_ref()
                .map(|channel| channel.post(&message.text()))
        });
    }

    /// How many other pages live. `None` where nobody can tell.
    pub async fn others(self) -> Option<usize> {
        Some(locks::count_held(LIFE).await?.saturating_sub(1))
    }

    /// Ready when that page lives no more; at once where the browser cannot tell, since then nobody can wait for it.
    pub async fn gone(self, tab: &TabId) {
        let _ = locks::acquire(&life_of(tab), None).await;
    }
}

fn life_of(tab: &TabId) -> String {
    [LIFE, tab.as_str()].concat()
}

#[cfg(test)]
mod tests {
    use super::TabMessage;

    #[test]
    fn messages_are_read_as_they_were_sent_and_noise_is_ignored() {
        for message in [
            TabMessage::SignedOut,
            TabMessage::SignedIn("{\"a\": 1}".into()),
            TabMessage::Renewed("x y".into()),
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
