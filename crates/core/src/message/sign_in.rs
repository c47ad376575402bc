//! Sentences for signing in. They never claim to know why a session ended: a role change looks like expiry.

use super::Message;
use crate::recovery::outcome::{Answer, NotSent, Reply};

pub fn sign_in(reply: &Reply) -> Message {
    match reply {
        Reply::Answered(Answer { status: 401 | 403, .. }) => Message::new(
            "The user name or password is not right.",
            "Check both and try again. After many failed attempts the platform makes you wait.",
        ),
        Reply::Answered(Answer {
            status: 429,
            retry_after_ms,
            ..
        }) => Message {
            happened: "Too many failed attempts.".into(),
            next: match retry_after_ms {
                Some(ms) => ["Try again in ", &ms.div_ceil(1000).to_string(), " seconds."].concat(),
                None => "Wait a minute, then try again.".into(),
            },
        },
        Reply::Answered(Answer { status: 400 | 422, .. }) => Message::new(
            "The platform could not read that sign-in.",
            "Check user name and password, and try again.",
        ),
        Reply::Answered(Answer { status: 200..=299, .. }) => Message::new(
            "The platform answered, but its answer could not be read.",
            "Try again. If it happens again, contact support.",
        ),
        Reply::Answered(_) => Message::new(
            "The platform could not sign you in: it reported an error of its own.",
            "Try again in a moment. If it happens again, contact support.",
        ),
        Reply::NotSent(NotSent::Offline) => {
            Message::new("This browser is offline.", "Check the connection, then try again.")
        }
        Reply::NotSent(_) => Message::new("Nothing was sent.", "Wait a moment, then try again."),
        Reply::Lost(_) => Message::new(
            "The platform could not be reached.",
            "Check the connection, then try again.",
        ),
    }
}
