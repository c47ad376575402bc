//! Sentences for calls that may be repeated: reads and idempotent writes. By status first, then the server's words.

use super::{Message, said};
use crate::operation::Operation;
use crate::recovery::outcome::{Answer, Loss, NotSent, Reply};
use crate::text::capital;

/// What happened, and what to do next, when `operation` ended in `reply` after all that the program could repeat.
pub fn failure(operation: Operation, reply: &Reply) -> Message {
    let doing = capital(operation.doing());
    let kept = if operation.saves_a_form() {
        " What you entered is kept."
    } else {
        ""
    };
    let message = |why: &str, next: &str| Message {
        happened: [&doing, " did not work: ", why].concat(),
        next: [next, kept].concat(),
    };
    match reply {
        Reply::NotSent(NotSent::Offline) => message(
            "this browser is offline, so nothing was sent.",
            "Check the connection; the console tries again as soon as it is back.",
        ),
        Reply::NotSent(NotSent::NoSession) => Message {
            happened: "Your session expired.".into(),
            next: ["Sign in again to continue.", kept].concat(),
        },
        Reply::NotSent(NotSent::Unrenewed) => message(
            "your session could not be renewed just now, so nothing was sent.",
            "Check the connection, then try again.",
        ),
        Reply::NotSent(NotSent::Paused) => message(
            "the platform asked for a pause, so nothing was sent.",
            "Wait for the countdown, or end the pause yourself.",
        ),
        Reply::NotSent(NotSent::Busy) => message(
            "an earlier attempt has not ended, or ended only while you decided.",
            "Wait until it is known how that one ended.",
        ),
        Reply::NotSent(NotSent::Unrecorded) => message(
            "this browser could not write it down first, so nothing was sent.",
            "Make room on this device, or reload the page, then try again.",
        ),
        Reply::NotSent(NotSent::Unusable) => message(
            "the browser refused to send the request.",
            "Reload the page. If it happens again, contact support with the details below.",
        ),
        Reply::Lost(Loss::Timeout) => message("no answer came in time.", "Check the connection, then try again."),
        Reply::Lost(Loss::Network | Loss::Interrupted | Loss::Cancelled) => message(
            "the connection broke before an answer came.",
            "Check the connection, then try again.",
        ),
        Reply::Answered(answer) => answered(answer, &message),
    }
}

fn answered(answer: &Answer, message: &impl Fn(&str, &str) -> Message) -> Message {
    let said = said(&answer.problem);
    match answer.status {
        400 | 422 => message(
            said.as_deref()
                .unwrap_or("the platform found the data incomplete or invalid."),
            "Correct what is marked, then try again.",
        ),
        401 => Message {
            happened: "Your session expired.".into(),
            next: "Sign in again to continue.".into(),
        },
        403 => message(
            "you are signed in, but not allowed to do this.",
            "Ask an administrator to confirm your role, client scope, or ownership of the order.",
        ),
        404 => message(
            "it does not exist, or it is not visible to you.",
            "Check the address and the client you are working for.",
        ),
        409 => message(
            said.as_deref().unwrap_or("the order has moved since you loaded it."),
            "Reload to see its current state and history, then decide again.",
        ),
        429 => message(
            "the platform received too many requests.",
            "Wait for the countdown, then try again.",
        ),
        200..=299 => message(
            "the platform's answer could not be read.",
            "Try again. If it happens again, contact support with the details below.",
        ),
        500..=599 => message(
            "the platform reported an error of its own.",
            "Try again in a moment. If it happens again, contact support with the details below.",
        ),
        _ => message(
            "the platform gave an answer that the console does not know.",
            "Contact support with the details below.",
        ),
    }
}
