//! Sentences for the end of a write that is sent once: total over goal and verdict.

use super::{Message, said};
use crate::operation::{Operation, Words};
use crate::order::Order;
use crate::recovery::ending::{Conclusion, End, Ending, Facts};
use crate::recovery::evidence::{How, Proof, Verdict};
use crate::recovery::intent::Intent;
use crate::recovery::outcome::{Answer, Loss, NotSent, Problem, Reply};

/// How a verdict looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Good,
    Notice,
    Warning,
}

/// The word for a verdict that styles and tests use.
pub const fn tone(verdict: &Verdict) -> (Tone, &'static str) {
    match verdict {
        Verdict::Done(_) => (Tone::Good, "done"),
        Verdict::DoneByOther(_) => (Tone::Notice, "done-by-other"),
        Verdict::Moved => (Tone::Warning, "moved"),
        Verdict::Pending(_) => (Tone::Notice, "pending"),
        Verdict::NotDone(Proof::Refused) => (Tone::Warning, "refused"),
        Verdict::NotDone(_) => (Tone::Warning, "not-done"),
        Verdict::StillUnknown => (Tone::Warning, "unknown"),
    }
}

/// What happened and what to do next. `answered` is the order as a 2xx answer gave it.
pub fn conclusion(intent: &Intent, end: &Conclusion, answered: Option<&Order>) -> Message {
    let facts = end.facts(intent, answered);
    judged(intent.goal.operation(), &end.verdict, &end.reply, &facts)
}

/// The same, from the journal.
pub fn ending(operation: Operation, ending: &Ending) -> Message {
    match &ending.end {
        End::Judged { verdict, facts } => judged(operation, verdict, &ending.reply, facts),
        End::Worded { happened, next, .. } => Message::new(happened, next),
    }
}

/// The word for an ending that styles and tests use.
pub fn ending_word(ending: &Ending) -> &str {
    match &ending.end {
        End::Judged { verdict, .. } => tone(verdict).1,
        End::Worded { word, .. } => word,
    }
}

fn judged(operation: Operation, verdict: &Verdict, reply: &Reply, facts: &Facts) -> Message {
    let mut message = plain(operation, verdict, reply, facts);
    if facts.unpaid {
        message.happened.push_str(" Payment was not collected.");
        message.next =
            "Check payment history, verify the payment method, then retry only if no charge was recorded.".into();
    }
    message
}

/// How an answer that proved nothing is spoken of: `lost` if none came.
const fn doubt(reply: &Reply, lost: &'static str) -> &'static str {
    match reply {
        Reply::Answered(_) => "The platform's answer left it open",
        Reply::Lost(Loss::Interrupted) => "The page was closed before an answer came",
        Reply::Lost(Loss::Cancelled) => "You called it back before an answer came",
        Reply::Lost(_) | Reply::NotSent(_) => lost,
    }
}

fn plain(operation: Operation, verdict: &Verdict, reply: &Reply, facts: &Facts) -> Message {
    let words = operation.words().unwrap_or(&Words::PLAIN);
    let sentence = |parts: &[&str]| parts.concat();
    match verdict {
        Verdict::Done(How::Answered) => Message {
            happened: sentence(&[words.done, "."]),
            next: words.then.into(),
        },
        Verdict::Done(How::Recorded(_)) => Message {
            happened: sentence(&[
                words.done,
                ". ",
                doubt(reply, "The answer was lost on the way"),
                ", but the order's records show it.",
            ]),
            next: "Nothing more to do here; do not repeat it.".into(),
        },
        Verdict::Done(How::Found) => found(words, reply, facts),
        Verdict::Done(How::Earlier(_)) => Message {
            happened: sentence(&[
                words.done,
                " by your own earlier attempt. The last one was refused and changed nothing.",
            ]),
            next: "Nothing more to do here; do not repeat it.".into(),
        },
        Verdict::Pending(_) => Message {
            happened: sentence(&[words.done, words.pending]),
            next: "Wait until the payment history shows how it ended. Do not collect again before.".into(),
        },
        Verdict::DoneByOther(_) => Message {
            happened: sentence(&[
                facts.by.as_deref().unwrap_or("A colleague"),
                " ",
                words.by_other,
                " before your attempt arrived. Yours changed nothing.",
            ]),
            next: "Check the details below. If that is what you wanted, nothing more is to do.".into(),
        },
        Verdict::Moved => moved(words, facts),
        Verdict::NotDone(Proof::Refused) => refused(words, reply),
        Verdict::NotDone(Proof::NotSent) => not_sent(words, reply),
        Verdict::NotDone(Proof::Settled) => Message {
            happened: sentence(&[
                words.not_done,
                ". ",
                doubt(reply, "No answer came"),
                "; the platform had time enough, and neither the order nor its history shows it.",
            ]),
            next: "You can try again now.".into(),
        },
        Verdict::NotDone(Proof::Failed) => Message {
            happened: sentence(&[
                words.not_done,
                ". The order's records show that it was tried, and failed.",
            ]),
            next: words.mend.into(),
        },
        Verdict::StillUnknown => Message {
            happened:
                "It is not known whether your attempt was carried out: the order and its history could not settle it."
                    .into(),
            next: "Do not repeat it yet. Keep watching, or contact support with the details below.".into(),
        },
    }
}

fn found(words: &Words, reply: &Reply, facts: &Facts) -> Message {
    Message {
        happened: [
            words.done,
            ". ",
            doubt(reply, "The answer was lost on the way"),
            ", but the draft is there.",
        ]
        .concat(),
        next: if facts.several {
            "It arrived more than once: open the loan's drafts and delete the copies that you do not need.".into()
        } else {
            "Go on from here; do not create it again.".into()
        },
    }
}

fn moved(words: &Words, facts: &Facts) -> Message {
    let now = match facts.moved_to {
        Some(status) => ["it is now “", &status.label(), "”"].concat(),
        None => "it no longer exists, or is no longer visible to you".into(),
    };
    Message {
        happened: [words.not_done, ", because the order had moved: ", &now, "."].concat(),
        next: "See below who changed it and when, then choose among the actions that are possible now.".into(),
    }
}

fn refused(words: &Words, reply: &Reply) -> Message {
    let Some(Answer { status, problem, .. }) = reply.answer() else {
        return Message {
            happened: [words.not_done, "."].concat(),
            next: words.mend.into(),
        };
    };
    let said = said(problem);
    let because = |why: &str| [words.not_done, ": ", why].concat();
    let said_or = |why: &str| because(said.as_deref().unwrap_or(why));
    match status {
        401 => Message {
            happened: because("your session had expired when it was sent, and nothing was carried out."),
            next: "Order and history have been read again and show no change. Repeat it if you still want it.".into(),
        },
        403 => Message {
            happened: because("you are signed in, but not allowed to do this."),
            next: "Ask an administrator to confirm your role, client scope, or ownership of the order.".into(),
        },
        404 => Message {
            happened: because("the order does not exist, or is not visible to you."),
            next: "Check the address and the client you are working for.".into(),
        },
        409 => Message {
            happened: said_or("the platform reported a conflict, though the order shows no change."),
            next: "Order and history have been read again. Choose among the actions that are possible now.".into(),
        },
        429 => Message {
            happened: because("the platform received too many requests and did not carry it out."),
            next: "Wait for the countdown, then try again.".into(),
        },
        400 if is_vendor_refusal(problem) => Message::new(
            "The vendor is no longer eligible for this order.",
            "Choose another vendor or update the panel.",
        ),
        400 | 422 => Message {
            happened: said_or("the platform found the data incomplete or invalid."),
            next: words.mend.into(),
        },
        _ => Message {
            happened: said_or("the platform refused it."),
            next: "Contact support with the details below.".into(),
        },
    }
}

fn is_vendor_refusal(problem: &Problem) -> bool {
    problem.code.as_deref() == Some("vendor_not_eligible")
}

fn not_sent(words: &Words, reply: &Reply) -> Message {
    let (why, next) = match reply {
        Reply::NotSent(NotSent::Offline) => (
            "this browser is offline, so nothing was sent.",
            "Check the connection, then try again.",
        ),
        Reply::NotSent(NotSent::NoSession) => (
            "your session expired before it was sent.",
            "Sign in again to continue, then repeat it if you still want it.",
        ),
        Reply::NotSent(NotSent::Unrenewed) => (
            "your session could not be renewed just now, so nothing was sent.",
            "Check the connection, then try again.",
        ),
        Reply::NotSent(NotSent::Paused) => (
            "the platform asked for a pause, so nothing was sent.",
            "Wait for the countdown, then try again.",
        ),
        Reply::NotSent(NotSent::Busy) => (
            "an earlier attempt from this browser has not ended, or ended only while you decided (perhaps in another tab), so nothing was sent.",
            "See how that one ends, then decide again.",
        ),
        Reply::NotSent(NotSent::Unrecorded) => (
            "this browser could not write it down first, so nothing was sent.",
            "Make room on this device, or reload the page, then try again.",
        ),
        Reply::NotSent(NotSent::Unusable) | Reply::Answered(_) | Reply::Lost(_) => {
            ("nothing was sent.", "Reload the page, then try again.")
        }
    };
    Message {
        happened: [words.not_done, ": ", why].concat(),
        next: next.into(),
    }
}
