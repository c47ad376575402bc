//! What each reply leads to, for every goal: the safety table, row by row.

use omnival_core::recovery::attempt::{Effect, Event};
use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::outcome::Reply;

use super::{SETTLE_MS, Tell, after, begin, verdict, verifying};
use crate::given::{all_goals, intent, replies};

#[derive(Debug, PartialEq)]
enum Row {
    Done,
    NotSent,
    Refused,
    RenewAndVerify,
    Verify,
}

/// "What an answer means for a P0 write."
fn row(reply: &Reply) -> Row {
    match (reply, reply.status()) {
        (Reply::NotSent(_), _) => Row::NotSent,
        (_, Some(200..=299)) => Row::Done,
        (_, Some(401)) => Row::RenewAndVerify,
        (_, Some(408 | 409)) => Row::Verify,
        (_, Some(400..=499)) => Row::Refused,
        _ => Row::Verify,
    }
}

#[test]
fn every_reply_ends_the_attempt_or_begins_verification_as_the_table_says() {
    for goal in all_goals() {
        for reply in replies() {
            let (mut attempt, _ticket) = begin(intent(goal.clone()));
            let effects = attempt.tell(Event::Replied(reply.clone()), after(900));
            let row = row(&reply);
            let ends = match row {
                Row::Done => Some(Verdict::Done(How::Answered)),
                Row::NotSent => Some(Verdict::NotDone(Proof::NotSent)),
                Row::Refused => Some(Verdict::NotDone(Proof::Refused)),
                Row::RenewAndVerify | Row::Verify => None,
            };
            let expected = match row {
                Row::Verify => vec![Effect::Note, Effect::Read(1)],
                Row::RenewAndVerify => vec![Effect::Note, Effect::RefreshSession, Effect::Read(1)],
                Row::Done | Row::NotSent | Row::Refused => vec![Effect::Note, Effect::Conclude],
            };
            assert_eq!(verdict(&attempt), ends, "{goal:?} {reply:?}");
            assert_eq!(effects, expected, "{goal:?} {reply:?}");
            if let Some(end) = attempt.conclusion() {
                assert_eq!((&end.reply, &end.evidence), (&reply, &None));
            } else {
                let state = verifying(&attempt);
                assert_eq!(
                    state.was_refused(),
                    matches!(reply.status(), Some(401 | 409)),
                    "{reply:?}"
                );
                assert!(state.reading && attempt.reads() == 1 && state.reply == reply);
            }
        }
    }
}

#[test]
fn the_window_never_closes_before_the_platform_has_had_its_time_since_the_press() {
    for reply in super::doubts() {
        let attempt = super::doubtful(intent(all_goals().remove(0)), reply);
        assert!(verifying(&attempt).settles_at >= after(SETTLE_MS));
    }
}
