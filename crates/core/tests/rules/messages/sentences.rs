//! The sentences themselves, reply by reply. What is shown to people changes here first.

use omnival_core::ids::EntryId;
use omnival_core::message::failure;
use omnival_core::operation::Operation;
use omnival_core::recovery::evidence::{Goal, How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};

use super::language::joined;
use super::verdicts::told;
use crate::given::{answered, refused};

const LATER: &str = "Try again. If it happens again, contact support with the details below.";
const IN_A_MOMENT: &str = "Try again in a moment. If it happens again, contact support with the details below.";
const ADMINISTRATOR: &str = "Ask an administrator to confirm your role, client scope, or ownership of the order.";
const COUNTDOWN: &str = "Wait for the countdown, then try again.";
const SCOPE: &str = "Check the address and the client you are working for.";
const CONNECTION: &str = "Check the connection, then try again.";

/// "What were you doing" is in front, and for a form "What you entered is kept." follows.
#[test]
fn each_answer_to_what_may_be_repeated_has_its_sentences() {
    let by_status = [
        (200, "the platform's answer could not be read.", LATER),
        (299, "the platform's answer could not be read.", LATER),
        (302, UNKNOWN, "Contact support with the details below."),
        (400, INVALID, "Correct what is marked, then try again."),
        (403, "you are signed in, but not allowed to do this.", ADMINISTRATOR),
        (404, "it does not exist, or it is not visible to you.", SCOPE),
        (
            409,
            "the order has moved since you loaded it.",
            "Reload to see its current state and history, then decide again.",
        ),
        (418, UNKNOWN, "Contact support with the details below."),
        (422, INVALID, "Correct what is marked, then try again."),
        (429, "the platform received too many requests.", COUNTDOWN),
        (500, "the platform reported an error of its own.", IN_A_MOMENT),
        (599, "the platform reported an error of its own.", IN_A_MOMENT),
    ];
    for (status, why, next) in by_status {
        let read = failure(Operation::ReadOrder, &answered(status));
        assert_eq!(
            joined(&read),
            ["Reading the order did not work: ", why, " ", next].concat()
        );
        let write = failure(Operation::SaveProperty, &answered(status));
        let kept = " What you entered is kept.";
        assert_eq!(
            joined(&write),
            ["Saving the property did not work: ", why, " ", next, kept].concat()
        );
    }
}

const UNKNOWN: &str = "the platform gave an answer that the console does not know.";
const INVALID: &str = "the platform found the data incomplete or invalid.";

#[test]
fn each_loss_of_what_may_be_repeated_has_its_sentences() {
    let broke = "the connection broke before an answer came.";
    let losses = [
        (Reply::Lost(Loss::Timeout), "no answer came in time.", CONNECTION),
        (Reply::Lost(Loss::Network), broke, CONNECTION),
        (Reply::Lost(Loss::Interrupted), broke, CONNECTION),
        (
            Reply::NotSent(NotSent::Offline),
            "this browser is offline, so nothing was sent.",
            "Check the connection; the console tries again as soon as it is back.",
        ),
        (
            Reply::NotSent(NotSent::Unrenewed),
            "your session could not be renewed just now, so nothing was sent.",
            CONNECTION,
        ),
        (
            Reply::NotSent(NotSent::Paused),
            "the platform asked for a pause, so nothing was sent.",
            "Wait for the countdown, or end the pause yourself.",
        ),
        (
            Reply::NotSent(NotSent::Busy),
            "an earlier attempt has not ended, or ended only while you decided.",
            "Wait until it is known how that one ended.",
        ),
        (
            Reply::NotSent(NotSent::Unrecorded),
            "this browser could not write it down first, so nothing was sent.",
            "Make room on this device, or reload the page, then try again.",
        ),
        (
            Reply::NotSent(NotSent::Unusable),
            "the browser refused to send the request.",
            "Reload the page. If it happens again, contact support with the details below.",
        ),
    ];
    for (reply, why, next) in losses {
        let read = failure(Operation::ReadOrder, &reply);
        assert_eq!(
            joined(&read),
            ["Reading the order did not work: ", why, " ", next].concat()
        );
    }
}

/// Holding an order, refused by this reply.
fn hold(proof: Proof, reply: Reply) -> String {
    joined(&told(Goal::Hold, Verdict::NotDone(proof), reply, None))
}

#[test]
fn each_refusal_of_what_is_sent_once_has_its_sentences() {
    let refusals = [
        (
            400,
            "the platform found the data incomplete or invalid. Check the reason, then try again.",
        ),
        (
            401,
            "your session had expired when it was sent, and nothing was carried out. Order and history have been read \
             again and show no change. Repeat it if you still want it.",
        ),
        (
            403,
            "you are signed in, but not allowed to do this. Ask an administrator to confirm your role, client scope, or \
             ownership of the order.",
        ),
        (
            404,
            "the order does not exist, or is not visible to you. Check the address and the client you are working for.",
        ),
        (
            409,
            "the platform reported a conflict, though the order shows no change. Order and history have been read again. \
             Choose among the actions that are possible now.",
        ),
        (413, "the platform refused it. Contact support with the details below."),
        (
            422,
            "the platform found the data incomplete or invalid. Check the reason, then try again.",
        ),
        (
            429,
            "the platform received too many requests and did not carry it out. Wait for the countdown, then try again.",
        ),
    ];
    for (status, why) in refusals {
        let said = hold(Proof::Refused, answered(status));
        assert_eq!(said, ["The order was not put on hold: ", why].concat());
    }
    // Without an answer there is no reason to tell.
    assert_eq!(
        hold(Proof::Refused, Reply::Lost(Loss::Timeout)),
        "The order was not put on hold. Check the reason, then try again."
    );
}

#[test]
fn each_reason_for_not_sending_has_its_sentences() {
    let reasons = [
        (
            NotSent::Offline,
            "this browser is offline, so nothing was sent. Check the connection, then try again.",
        ),
        (
            NotSent::NoSession,
            "your session expired before it was sent. Sign in again to continue, then repeat it if you still want it.",
        ),
        (
            NotSent::Unrenewed,
            "your session could not be renewed just now, so nothing was sent. Check the connection, then try again.",
        ),
        (
            NotSent::Paused,
            "the platform asked for a pause, so nothing was sent. Wait for the countdown, then try again.",
        ),
        (
            NotSent::Busy,
            "an earlier attempt from this browser has not ended, or ended only while you decided (perhaps in another \
             tab), so nothing was sent. See how that one ends, then decide again.",
        ),
        (
            NotSent::Unrecorded,
            "this browser could not write it down first, so nothing was sent. Make room on this device, or reload the \
             page, then try again.",
        ),
        (NotSent::Unusable, "nothing was sent. Reload the page, then try again."),
    ];
    for (why, sentences) in reasons {
        let said = hold(Proof::NotSent, Reply::NotSent(why));
        assert_eq!(said, ["The order was not put on hold: ", sentences].concat());
    }
}

const WATCHED: &str = "Received is not success: the result comes later, and is watched for on this page.";

#[test]
fn what_was_carried_out_says_what_is_left_to_do() {
    for (operation, sentences) in [
        (
            Operation::SubmitToUcdp,
            ["The appraisal was submitted to UCDP. ", WATCHED],
        ),
        (Operation::OverrideUcdp, ["The override was sent to UCDP. ", WATCHED]),
        (
            Operation::SubmitToEad,
            ["The appraisal was submitted to EAD. ", WATCHED],
        ),
        (Operation::OverrideEad, ["The override was sent to EAD. ", WATCHED]),
        (
            Operation::SendReport,
            ["The report was sent. ", "Nothing more to do here."],
        ),
    ] {
        let done = Verdict::Done(How::Answered);
        let said = joined(&told(Goal::act(operation), done, answered(200), None));
        assert_eq!(said, sentences.concat());
    }
}

#[test]
fn money_that_is_on_its_way_is_waited_for_and_not_moved_again() {
    for (operation, happened) in [
        (Operation::Collect, "Payment was collected and is still pending."),
        (Operation::Refund, "The payment was refunded and is still pending."),
        (
            Operation::MarkPaid,
            "The order was marked as paid, and a payment that belongs to it is still pending.",
        ),
    ] {
        let pending = Verdict::Pending(EntryId::new("pay-9"));
        let said = told(Goal::act(operation), pending, answered(200), None);
        assert_eq!(said.happened, happened);
        assert_eq!(
            said.next,
            "Wait until the payment history shows how it ended. Do not collect again before."
        );
    }
}

/// A code, a single word or an empty phrase explains nothing; each is replaced by the console's own words.
#[test]
fn words_that_are_no_sentence_are_not_repeated() {
    let own = "the platform found the data incomplete or invalid.";
    for words in [
        "Conflict",
        "state_conflict",
        "order is in_progress",
        "<b>Not now</b> please",
        "{0} is required here",
        "An error occurred while saving",
        "The payment failed",
    ] {
        let said = failure(Operation::SaveProperty, &refused(422, None, words)).happened;
        assert_eq!(said, ["Saving the property did not work: ", own].concat(), "{words}");
    }
    for (words, kept) in [
        ("The due date has passed", "The due date has passed."),
        ("The due date has passed;", "The due date has passed."),
        ("Is the due date right?", "Is the due date right?"),
    ] {
        let said = failure(Operation::SaveProperty, &refused(422, None, words)).happened;
        assert_eq!(said, ["Saving the property did not work: ", kept].concat());
    }
}
