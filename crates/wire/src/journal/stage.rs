//! How far an attempt came, and how it ended, as text.
//!
//! An ending is written as its verdict. Earlier versions of the console wrote the sentences instead: what they wrote is
//! read, and shown, as that.

use crate::json::{Lenient, Unreadable, Value, json};
use omnival_core::ids::EntryId;
use omnival_core::message::ending_word;
use omnival_core::order::Status;
use omnival_core::recovery::ending::{End, Ending, Facts};
use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::journal::Stage;
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Problem, Reply};
use omnival_core::text::{SafeText, redact};

pub(super) fn write(stage: &Stage) -> Value {
    match stage {
        Stage::Opened => json!({ "is": "opened" }),
        Stage::Doubt { reply, watched_ms } => json!({
            "is": "doubt", "reply": write_reply(reply), "watchedMs": watched_ms,
        }),
        Stage::Ended(ending) => write_ending(ending),
    }
}

pub(super) fn read(value: &Value) -> Result<Stage, Unreadable> {
    let reply = || read_reply(value.object("reply").ok_or(Unreadable("reply"))?);
    Ok(match value.must("is")? {
        "opened" => Stage::Opened,
        "doubt" => Stage::Doubt {
            reply: reply()?,
            // What is not said was not watched: the window is only ever longer for it.
            watched_ms: value.get("watchedMs").and_then(Value::as_u64).unwrap_or(0),
        },
        "ended" => Stage::Ended(Ending {
            reply: reply()?,
            end: read_end(value)?,
            unsettled: value.get("unsettled").and_then(Value::as_bool).unwrap_or(true),
        }),
        _ => return Err(Unreadable("a known stage")),
    })
}

fn write_ending(ending: &Ending) -> Value {
    let (reply, unsettled) = (write_reply(&ending.reply), ending.unsettled);
    match &ending.end {
        // The word is for pages that were loaded before an update: they look for nothing else.
        End::Judged { verdict, facts } => json!({
            "is": "ended", "reply": reply, "unsettled": unsettled, "word": ending_word(ending),
            "verdict": write_verdict(verdict), "facts": write_facts(facts),
        }),
        End::Worded { word, happened, next } => json!({
            "is": "ended", "reply": reply, "word": word, "happened": happened, "next": next, "unsettled": unsettled,
        }),
    }
}

fn read_end(value: &Value) -> Result<End, Unreadable> {
    if let Some(verdict) = value.get("verdict") {
        return Ok(End::Judged {
            verdict: read_verdict(verdict)?,
            facts: value.object("facts").map(read_facts).unwrap_or_default(),
        });
    }
    Ok(End::Worded {
        word: value.or_empty("word"),
        happened: redact(value.text("happened").unwrap_or_default()),
        next: redact(value.text("next").unwrap_or_default()),
    })
}

const PROOFS: [(&str, Proof); 4] = [
    ("not sent", Proof::NotSent),
    ("refused", Proof::Refused),
    ("settled", Proof::Settled),
    ("failed", Proof::Failed),
];

fn write_verdict(verdict: &Verdict) -> Value {
    match verdict {
        Verdict::Done(How::Answered) => json!({ "is": "done", "by": "answer" }),
        Verdict::Done(How::Found) => json!({ "is": "done", "by": "finding" }),
        Verdict::Done(How::Recorded(id)) => json!({ "is": "done", "by": "record", "entry": id.as_str() }),
        Verdict::Done(How::Earlier(id)) => json!({ "is": "done", "by": "earlier", "entry": id.as_str() }),
        Verdict::DoneByOther(id) => json!({ "is": "done by other", "entry": id.as_str() }),
        Verdict::Moved => json!({ "is": "moved" }),
        Verdict::Pending(id) => json!({ "is": "pending", "entry": id.as_str() }),
        Verdict::NotDone(proof) => json!({ "is": "not done", "proof": name(&PROOFS, proof) }),
        Verdict::StillUnknown => json!({ "is": "unknown" }),
    }
}

fn read_verdict(value: &Value) -> Result<Verdict, Unreadable> {
    let entry = || value.must("entry").map(EntryId::new);
    Ok(match value.must("is")? {
        "done" => Verdict::Done(match value.must("by")? {
            "answer" => How::Answered,
            "finding" => How::Found,
            "record" => How::Recorded(entry()?),
            "earlier" => How::Earlier(entry()?),
            _ => return Err(Unreadable("a known verdict")),
        }),
        "done by other" => Verdict::DoneByOther(entry()?),
        "moved" => Verdict::Moved,
        "pending" => Verdict::Pending(entry()?),
        "not done" => Verdict::NotDone(named(&PROOFS, value.must("proof")?).ok_or(Unreadable("a known proof"))?),
        "unknown" => Verdict::StillUnknown,
        _ => return Err(Unreadable("a known verdict")),
    })
}

fn write_facts(facts: &Facts) -> Value {
    json!({
        "by": facts.by,
        "movedTo": facts.moved_to.map(|status| json!({
            "isDraft": status == Status::Draft, "statusCode": status.code(),
        })),
        "several": facts.several,
        "unpaid": facts.unpaid,
    })
}

fn read_facts(value: &Value) -> Facts {
    Facts {
        by: value.text("by").map(redact),
        moved_to: value.object("movedTo").map(read_status),
        several: value.flag("several"),
        unpaid: value.flag("unpaid"),
    }
}

pub(super) fn read_status(value: &Value) -> Status {
    let code = value.int("statusCode").and_then(|code| i32::try_from(code).ok());
    Status::of(value.flag("isDraft"), code)
}

const LOSSES: [(&str, Loss); 4] = [
    ("timeout", Loss::Timeout),
    ("network", Loss::Network),
    ("interrupted", Loss::Interrupted),
    ("cancelled", Loss::Cancelled),
];

const UNSENT: [(&str, NotSent); 7] = [
    ("offline", NotSent::Offline),
    ("no session", NotSent::NoSession),
    ("unrenewed", NotSent::Unrenewed),
    ("paused", NotSent::Paused),
    ("busy", NotSent::Busy),
    ("unrecorded", NotSent::Unrecorded),
    ("unusable", NotSent::Unusable),
];

pub(super) fn name<T: PartialEq>(names: &[(&'static str, T)], of: &T) -> &'static str {
    names.iter().find(|(_, one)| one == of).map_or("", |(name, _)| name)
}

pub(super) fn named<T: Copy>(names: &[(&'static str, T)], text: &str) -> Option<T> {
    names.iter().find(|(name, _)| *name == text).map(|(_, one)| *one)
}

fn write_reply(reply: &Reply) -> Value {
    match reply {
        Reply::Answered(answer) => json!({
            "status": answer.status,
            "code": answer.problem.code,
            "message": answer.problem.message.as_ref().map(SafeText::as_str),
            "correlation": answer.correlation,
        }),
        Reply::Lost(loss) => json!({ "lost": name(&LOSSES, loss) }),
        Reply::NotSent(why) => json!({ "unsent": name(&UNSENT, why) }),
    }
}

fn read_reply(value: &Value) -> Result<Reply, Unreadable> {
    if let Some(status) = value.int("status") {
        return Ok(Reply::Answered(Answer {
            status: u16::try_from(status).map_err(|_| Unreadable("a status"))?,
            problem: Problem {
                code: value.owned("code"),
                message: value.text("message").and_then(SafeText::from_server),
                fields: Vec::new(),
            },
            correlation: value.owned("correlation"),
            retry_after_ms: None,
        }));
    }
    let lost = value
        .text("lost")
        .and_then(|text| named(&LOSSES, text))
        .map(Reply::Lost);
    let unsent = || {
        value
            .text("unsent")
            .and_then(|text| named(&UNSENT, text))
            .map(Reply::NotSent)
    };
    lost.or_else(unsent).ok_or(Unreadable("a known reply"))
}
