//! A token for one request, or why there is none.

use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::Credential;
use omnival_core::session::refresh::Serial;

/// Why there is no token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoToken {
    SignIn,
    /// The refresh's answer was lost; the session may be fine.
    Later(Loss),
    Offline,
}

impl NoToken {
    /// As the end of a call that needed one.
    pub const fn reply(self) -> Reply {
        match self {
            Self::SignIn => Reply::NotSent(NotSent::NoSession),
            Self::Later(loss) => Reply::Lost(loss),
            Self::Offline => Reply::NotSent(NotSent::Offline),
        }
    }
}

/// A token and the name by which it can be called rejected.
pub type Token = (Credential, Serial);
