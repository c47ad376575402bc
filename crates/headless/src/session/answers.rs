//! What an answer about the session means to its machine.

use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::session::events::{End, Found, Granted};
use omnival_core::session::{Kept, User};
use omnival_wire::session::{Session, session, shared};

use super::token::NoToken;
use crate::platform::BootSession;
use crate::transport::Exchange;

/// A session from the platform's own answer; `None` if it cannot be read.
pub fn granted(body: &str) -> Option<Granted<User>> {
    session(body).ok().map(taken)
}

/// A session as another tab told it.
pub fn told(text: &str) -> Option<Granted<User>> {
    shared(text).ok().map(taken)
}

fn taken(session: Session) -> Granted<User> {
    Granted {
        user: session.user,
        grant: session.grant,
        kept: Kept {
            answer: session.answer,
            refresh: session.refresh,
        },
    }
}

/// What the boot script's refresh came to. `may_exist`: a session was left in this browser.
pub fn found(boot: BootSession, may_exist: bool) -> Found<User> {
    match boot {
        BootSession::Answered { status: 200, body } => granted(&body).map_or(Found::Unreadable, Found::Granted),
        BootSession::Answered { status: 401 | 403, .. } => Found::Refused,
        BootSession::Answered { status: 429 | 503, .. } => Found::PutOff,
        BootSession::Answered { .. } | BootSession::Lost => Found::Lost,
        BootSession::NotSent if may_exist => Found::Unknown,
        BootSession::NotSent => Found::Nothing,
    }
}

/// What a refresh request came to, and why there is no token if nothing better comes.
pub fn end(sent: Exchange) -> (End<User>, Option<NoToken>) {
    if let Some(granted) = sent.body.as_deref().and_then(granted) {
        return (End::Granted(granted), None);
    }
    let (end, loss) = match sent.reply {
        Reply::Answered(answer) => match answer.status {
            400 | 401 | 403 => return (End::Refused, None),
            429 | 503 => (End::NotCarriedOut, Loss::Network),
            _ => (End::Lost, Loss::Network),
        },
        Reply::NotSent(NotSent::Offline) => return (End::NotCarriedOut, Some(NoToken::Offline)),
        Reply::NotSent(_) => (End::NotCarriedOut, Loss::Network),
        Reply::Lost(loss) => (End::Lost, loss),
    };
    (end, Some(NoToken::Later(loss)))
}
