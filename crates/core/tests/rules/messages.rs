//! What the operator is told, for everything that can happen.

mod language;
mod sentences;
mod verdicts;

use std::collections::BTreeSet;

use omnival_core::message::{Message, failure, sign_in};
use omnival_core::operation::{Class, Operation};
use omnival_core::recovery::outcome::{Answer, NotSent, Reply};

use crate::given::{NOT_SENT, answered, refused, replies};
use language::{flaw, joined};

const EXPIRED: &str = "Your session expired. Sign in again to continue.";

fn repeatable() -> impl Iterator<Item = Operation> {
    Operation::ALL
        .iter()
        .copied()
        .filter(|operation| matches!(operation.class(), Class::Read | Class::Idempotent))
}

/// Servers' words of every manner that lenient decoding lets through.
fn spoken() -> Vec<Reply> {
    let words = [
        "The due date has passed.",
        "Due date has passed",
        "Error occurred",
        "state_conflict",
        "ORDER_NOT_FOUND",
        "Unauthorized",
        "Conflict",
        "Bitte prüfen Sie die Angaben!",
    ];
    let statuses = [400, 402, 403, 404, 409, 413, 415, 422, 429, 500, 503];
    let pairs = words.iter().flat_map(|words| statuses.map(|status| (status, *words)));
    pairs
        .map(|(status, words)| refused(status, Some("some_code"), words))
        .collect()
}

/// Every message is fit to be shown; if not, the first few kinds of flaw are listed.
fn assert_sound(messages: impl Iterator<Item = Message>) {
    let flaws: BTreeSet<_> = messages.filter_map(|message| flaw(&message)).collect();
    let some: Vec<_> = flaws.iter().take(20).map(String::as_str).collect();
    assert!(flaws.is_empty(), "{} unfit messages:\n{}", flaws.len(), some.join("\n"));
}

#[test]
fn every_repeatable_operation_and_reply_has_two_sentences() {
    assert_sound(
        repeatable().flat_map(|operation| replies().chain(spoken()).map(move |reply| failure(operation, &reply))),
    );
}

#[test]
fn every_reply_to_signing_in_has_two_sentences() {
    assert_sound(replies().chain(spoken()).map(|reply| sign_in(&reply)));
}

#[test]
fn an_expired_session_is_told_in_the_platforms_words() {
    for operation in repeatable() {
        for reply in [answered(401), Reply::NotSent(NotSent::NoSession)] {
            let told = joined(&failure(operation, &reply));
            assert!(told.starts_with(EXPIRED), "{operation:?}: {told}");
        }
    }
}

#[test]
fn what_failed_is_named_by_what_the_operator_was_doing() {
    for operation in repeatable() {
        for reply in
            replies().filter(|reply| reply.status() != Some(401) && *reply != Reply::NotSent(NotSent::NoSession))
        {
            let told = failure(operation, &reply).happened.to_lowercase();
            assert!(told.contains(&operation.doing().to_lowercase()), "{told}");
        }
    }
}

#[test]
fn what_was_typed_into_a_form_is_said_to_be_kept_and_nothing_else_is() {
    for operation in repeatable() {
        let typed = operation.api_name().starts_with("saveDraft");
        for reply in [
            answered(500),
            answered(409),
            answered(422),
            Reply::NotSent(NotSent::Offline),
        ] {
            let next = failure(operation, &reply).next;
            assert_eq!(
                next.contains("What you entered is kept."),
                typed,
                "{operation:?} {reply:?}"
            );
        }
    }
}

/// What to do by status (`errors/…` in docs/sources.md), by a word that the advice cannot do without.
#[test]
fn the_advice_is_the_status_guides() {
    let guide = [
        (400, "correct"),
        (403, "role"),
        (403, "ownership"),
        (404, "check"),
        (409, "reload"),
        (422, "correct"),
        (429, "wait"),
        (500, "support"),
        (503, "support"),
    ];
    for operation in repeatable() {
        for (status, word) in guide {
            let next = failure(operation, &answered(status)).next.to_lowercase();
            assert!(next.contains(word), "{operation:?} {status}: {next}");
        }
        let forbidden = failure(operation, &answered(403)).next.to_lowercase();
        assert!(!forbidden.contains("try again"), "a 403 is not retried: {forbidden}");
    }
}

#[test]
fn a_safe_server_sentence_is_shown_where_input_is_to_be_corrected() {
    for status in [400, 422, 409] {
        let reply = refused(status, None, "The due date has passed.");
        let told = failure(Operation::SaveConditions, &reply).happened;
        assert!(told.contains("The due date has passed."), "{told}");
    }
    let told = failure(Operation::ReadOrder, &refused(500, None, "Segment 7 fell over.")).happened;
    assert!(!told.contains("Segment 7"), "an internal error is not quoted: {told}");
}

#[test]
fn signing_in_never_claims_to_know_why_and_counts_the_wait() {
    let wrong = joined(&sign_in(&refused(
        401,
        Some("invalid_credentials"),
        "No user named admin.",
    )));
    assert!(
        !wrong.contains("No user named"),
        "which of the two was wrong is not told: {wrong}"
    );
    let wait = |ms| {
        let answer = Answer {
            status: 429,
            retry_after_ms: ms,
            ..Answer::default()
        };
        sign_in(&Reply::Answered(answer)).next
    };
    assert!(wait(Some(7_001)).contains("8 seconds"));
    assert!(wait(None).contains("minute"));
}

/// An attempt that waits for another, or cannot be written down, is told by its reason.
#[test]
fn what_was_held_back_is_told_by_what_held_it_back() {
    for operation in repeatable() {
        let busy = joined(&failure(operation, &Reply::NotSent(NotSent::Busy)));
        assert!(busy.contains("earlier attempt") && busy.contains("Wait"), "{busy}");
        let unrecorded = joined(&failure(operation, &Reply::NotSent(NotSent::Unrecorded)));
        assert!(
            unrecorded.contains("could not write it down") && unrecorded.contains("nothing was sent"),
            "{unrecorded}"
        );
    }
}

#[test]
fn not_being_sent_is_never_told_as_a_failure_of_the_platform() {
    for operation in repeatable() {
        for why in NOT_SENT.map(Reply::NotSent) {
            let told = failure(operation, &why).happened;
            assert!(
                !told.contains("platform reported") && !told.contains("connection broke"),
                "{told}"
            );
        }
    }
}
