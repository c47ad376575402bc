//! How attempts ended, as journals keep it: what this version writes, and what earlier versions wrote.

use omnival_core::ids::{EntryId, IntentId};
use omnival_core::message::{self, Message};
use omnival_core::order::Status;
use omnival_core::recovery::ending::{End, Ending, Facts};
use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::journal::{Record, Stage, TabId};
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Problem, Reply};
use omnival_core::text::SafeText;
use omnival_core::time::Timestamp;
use omnival_wire::Unreadable;
use omnival_wire::journal::{crash_facts, read, write};
use serde_json::{Value, json};

/// A record of version 0.1.0, as it lies in browsers: that version wrote the sentences down. Everything but the stage.
const HELD: &str = r#"{"v":1,"id":"6f0e6c2e-3c1c-4c52-9a53-0c8a8d0b3c11","owner":"0b9f3f5e-64a4-4a3c-8f39-f30f9d7b2d10","user":"usr-operations","userName":"Olive Operations","pressedAt":1795933200123,"endpoint":"POST /api/clients/cli-1/loans/loan-7/orders/ord-12/hold","at":{"client":"cli-1","loan":"loan-7","order":"ord-12"},"goal":{"is":"hold"},"asked":[["Reason","Borrower asked to wait"]],"baseline":{"order":{"isDraft":false,"statusCode":1,"version":4,"updatedAt":1795932000000,"number":"A-1012","title":"A-1012","facts":[["Status","Assigned"],["Order number","A-1012"],["Vendor","Pine Valuations"],["Due date","2026-12-04"],["Fee","545.00 USD"],["Hold reason","—"],["Payment","notDue"]]},"newest":"evt-31","payments":["pay-2"],"records":[]},"stage":"#;
const ENDED: &str = r#"{"is":"ended","reply":{"lost":"timeout"},"word":"done","happened":"The order was put on hold. The answer was lost on the way, but the order's records show it.","next":"Nothing more to do here; do not repeat it.","unsettled":false}"#;

fn held(stage: &str) -> String {
    [HELD, stage, "}"].concat()
}

fn record(stage: Stage) -> Record {
    let mut record = read(&held(r#"{"is":"opened"}"#)).expect("a record");
    record.stage = stage;
    record
}

fn ending(record: &Record) -> &Ending {
    match &record.stage {
        Stage::Ended(ending) => ending,
        other => panic!("not ended: {other:?}"),
    }
}

fn told(record: &Record) -> Message {
    message::ending(record.intent.goal.operation(), ending(record))
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_record_of_an_earlier_version_is_read_and_told_in_its_own_words() {
    let old = read(&held(ENDED)).expect("a record");
    assert_eq!(old.id(), &IntentId::new("6f0e6c2e-3c1c-4c52-9a53-0c8a8d0b3c11"));
    assert_eq!(old.owner, TabId::new("0b9f3f5e-64a4-4a3c-8f39-f30f9d7b2d10"));
    let expected = Message::new(
        "The order was put on hold. The answer was lost on the way, but the order's records show it.",
        "Nothing more to do here; do not repeat it.",
    );
    assert_eq!(told(&old), expected);
    assert_eq!(message::ending_word(ending(&old)), "done");
    assert_eq!(ending(&old).reply, Reply::Lost(Loss::Timeout));
    assert!(!old.blocks() && !old.is_open());
}

/// It is written anew when the operator puts it away; nothing of it may be lost, nor become words of this version.
#[test]
fn a_record_of_an_earlier_version_is_written_as_it_was() {
    let unknown = ENDED
        .replace(r#""word":"done""#, r#""word":"unknown""#)
        .replace("\"unsettled\":false", "\"unsettled\":true");
    for stage in [ENDED, &unknown, r#"{"is":"opened"}"#] {
        let text = held(stage);
        assert_eq!(parsed(&write(&read(&text).expect("a record"))), parsed(&text));
    }
    let mut old = read(&held(&unknown)).expect("a record");
    assert!(old.blocks());
    old.put_away();
    let expected = unknown.replace("\"unsettled\":true", "\"unsettled\":false");
    assert_eq!(parsed(&write(&old)), parsed(&held(&expected)));
}

#[test]
fn a_secret_in_the_sentences_of_an_earlier_version_is_not_shown() {
    let text = held(&ENDED.replace("Nothing more to do here", "Send Bearer s3cr3t.s3cr3t.s3cr3t"));
    let old = read(&text).expect("a record");
    assert!(!told(&old).next.contains("s3cr3t"), "{old:?}");
}

fn verdicts() -> Vec<Verdict> {
    let id = || EntryId::new("evt-9");
    let proofs = [Proof::NotSent, Proof::Refused, Proof::Settled, Proof::Failed];
    let others = [
        Verdict::Done(How::Answered),
        Verdict::Done(How::Recorded(id())),
        Verdict::Done(How::Found),
        Verdict::Done(How::Earlier(id())),
        Verdict::DoneByOther(id()),
        Verdict::Moved,
        Verdict::Pending(id()),
        Verdict::StillUnknown,
    ];
    proofs.map(Verdict::NotDone).into_iter().chain(others).collect()
}

fn facts() -> Vec<Facts> {
    let statuses = [
        None,
        Some(Status::Draft),
        Some(Status::OnHold),
        Some(Status::of(false, Some(4711))),
    ];
    let names = [None, Some("Ann Colleague".to_owned())];
    let all = statuses.into_iter().flat_map(|moved_to| {
        let flags = [(false, false), (true, false), (false, true)];
        flags.map(|(several, unpaid)| (moved_to, several, unpaid))
    });
    all.flat_map(|(moved_to, several, unpaid)| {
        names.clone().map(|by| Facts {
            by,
            moved_to,
            several,
            unpaid,
        })
    })
    .collect()
}

fn replies() -> Vec<Reply> {
    let answer = |status, code: Option<&str>, words: &str| {
        Reply::Answered(Answer {
            status,
            problem: Problem {
                code: code.map(str::to_owned),
                message: SafeText::from_server(words),
                fields: Vec::new(),
            },
            correlation: Some("corr-1".into()),
            retry_after_ms: None,
        })
    };
    vec![
        answer(200, None, ""),
        answer(400, Some("vendor_not_eligible"), "The vendor is not eligible."),
        answer(401, None, ""),
        answer(409, None, "Somebody was faster."),
        answer(422, None, "The reason is missing."),
        answer(503, None, ""),
        Reply::Lost(Loss::Timeout),
        Reply::Lost(Loss::Interrupted),
        Reply::Lost(Loss::Cancelled),
        Reply::NotSent(NotSent::Busy),
        Reply::NotSent(NotSent::Unrecorded),
    ]
}

#[test]
fn every_ending_is_read_back_as_it_was_written_without_a_sentence() {
    let mut written = 0;
    for (verdict, reply) in verdicts()
        .iter()
        .flat_map(|verdict| replies().into_iter().map(move |reply| (verdict, reply)))
    {
        for facts in facts() {
            let end = End::Judged {
                verdict: verdict.clone(),
                facts,
            };
            let kept = record(Stage::Ended(Ending {
                reply: reply.clone(),
                end,
                unsettled: *verdict == Verdict::StillUnknown,
            }));
            let text = write(&kept);
            let Message { happened, next } = told(&kept);
            assert!(!text.contains(&happened) && !text.contains(&next), "{text}");
            assert_eq!(read(&text), Ok(kept));
            written += 1;
        }
    }
    assert!(written > 2_000);
}

/// Pages that were loaded before an update look for the word, and would call what has none unknown.
#[test]
fn the_word_stands_beside_the_verdict_for_earlier_versions() {
    for (verdict, word) in [
        (Verdict::Done(How::Answered), "done"),
        (Verdict::NotDone(Proof::Refused), "refused"),
        (Verdict::StillUnknown, "unknown"),
    ] {
        let kept = record(Stage::Ended(Ending {
            reply: Reply::Lost(Loss::Network),
            end: End::Judged {
                verdict,
                facts: Facts::default(),
            },
            unsettled: false,
        }));
        assert_eq!(parsed(&write(&kept))["stage"]["word"], word);
    }
}

/// A verdict of a later version, or a damaged one: nobody can say what became of it, so it is looked at.
#[test]
fn a_verdict_that_cannot_be_read_makes_the_record_unreadable() {
    for verdict in [
        json!({ "is": "undone" }),
        json!({ "is": "done" }),
        json!({ "is": "done", "by": "chance" }),
        json!({ "is": "done", "by": "record" }),
        json!({ "is": "pending" }),
        json!({ "is": "not done", "proof": "hearsay" }),
        json!("done"),
        json!(null),
    ] {
        let stage = json!({ "is": "ended", "reply": { "lost": "timeout" }, "verdict": verdict, "unsettled": false });
        assert!(read(&held(&stage.to_string())).is_err(), "{stage}");
    }
    let stage = json!({ "is": "ended", "verdict": { "is": "moved" } });
    assert_eq!(read(&held(&stage.to_string())), Err(Unreadable("reply")));
}

/// What is not said to be settled is not.
#[test]
fn an_ending_that_does_not_say_so_is_unsettled() {
    let stage = json!({ "is": "ended", "reply": { "lost": "timeout" }, "verdict": { "is": "moved" } });
    assert!(read(&held(&stage.to_string())).expect("a record").blocks());
}

#[test]
fn the_crash_screen_is_left_the_facts_that_support_asks_for() {
    let facts = parsed(&crash_facts(&record(Stage::Opened).intent));
    let expected = json!({
        "clientId": "cli-1",
        "orderId": "ord-12",
        "user": "Olive Operations",
        "operation": "putting the order on hold",
        "endpoint": "POST /api/clients/cli-1/loans/loan-7/orders/ord-12/hold",
        "correlationId": "6f0e6c2e-3c1c-4c52-9a53-0c8a8d0b3c11",
        "at": Timestamp(1_795_933_200_123).rfc3339(),
    });
    assert_eq!(facts, expected);
}
