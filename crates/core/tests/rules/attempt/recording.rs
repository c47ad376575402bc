//! Between the press and the send: the intent is written down first, or nothing leaves.

use omnival_core::recovery::attempt::{Event, Stage};
use omnival_core::recovery::effect::Effect;
use omnival_core::recovery::evidence::{Proof, Verdict};
use omnival_core::recovery::journal::Stored;
use omnival_core::recovery::outcome::{NotSent, Reply};

use super::{Tell, after, begin, lost, preparing, pressed, verdict};
use crate::given::{NOT_SENT, all_goals, answered, intent};

const UNSENT: Verdict = Verdict::NotDone(Proof::NotSent);

#[test]
fn a_press_is_written_down_before_anything_else_and_then_sent_once() {
    for goal in all_goals() {
        let mut attempt = pressed(intent(goal));
        assert!(matches!(attempt.stage(), Stage::Recording { .. }));
        let effects = attempt.tell(Event::Recorded(Stored::Yes), after(20));
        let [Effect::Send(ticket)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!(*ticket.intent(), attempt.intent.id);
        assert_eq!(*attempt.stage(), Stage::Sending);
        assert_eq!(attempt.tell(Event::Recorded(Stored::Yes), after(30)), [], "only once");
    }
}

#[test]
fn what_was_not_written_down_is_not_sent_and_leaves_no_trace() {
    for (stored, why) in [(Stored::Busy, NotSent::Busy), (Stored::No, NotSent::Unrecorded)] {
        let mut attempt = pressed(intent(all_goals().remove(0)));
        assert_eq!(
            attempt.tell(Event::Recorded(stored), after(20)),
            [Effect::Conclude],
            "{stored:?}"
        );
        let end = attempt.conclusion().expect("an end");
        assert_eq!((&end.verdict, &end.reply), (&UNSENT, &Reply::NotSent(why)));
        assert_eq!(attempt.tell(Event::Recorded(Stored::Yes), after(30)), [], "nor later");
    }
}

#[test]
fn without_a_session_or_a_network_it_is_not_even_written_down() {
    for why in NOT_SENT {
        let mut attempt = preparing(intent(all_goals().remove(0)));
        let effects = attempt.tell(Event::Unready(why), after(20));
        assert_eq!(effects, [Effect::Conclude], "{why:?}");
        let end = attempt.conclusion().expect("an end");
        assert_eq!((&end.verdict, &end.reply), (&UNSENT, &Reply::NotSent(why)));
        for late in [Event::Ready, Event::Recorded(Stored::Yes)] {
            assert_eq!(attempt.tell(late, after(30)), [], "{why:?}");
        }
    }
}

#[test]
fn no_answer_counts_before_anything_was_sent() {
    let unsent = Reply::NotSent(NotSent::Offline);
    for reply in [
        answered(200),
        answered(401),
        answered(409),
        answered(500),
        lost(),
        unsent,
    ] {
        for before in [preparing, pressed] {
            let mut attempt = before(intent(all_goals().remove(0)));
            let was = attempt.clone();
            assert_eq!(attempt.tell(Event::Replied(reply.clone()), after(20)), [], "{reply:?}");
            assert_eq!(attempt, was, "{reply:?}");
        }
    }
}

/// A slow store may have written it down by the time that the session ends: then its answer ends it, and nothing else.
#[test]
fn what_is_being_written_down_waits_for_the_store() {
    let mut attempt = pressed(intent(all_goals().remove(0)));
    for event in [Event::Ready, Event::Unready(NotSent::NoSession)] {
        assert_eq!(attempt.tell(event, after(20)), []);
    }
    assert_eq!(*attempt.stage(), Stage::Recording { since: after(0) });
}

/// The page may have slept while it wrote: the operator's decision is not carried out into a world that moved on.
#[test]
fn what_took_longer_than_ten_seconds_to_write_down_is_not_sent_and_its_record_is_ended() {
    for (took, sent) in [
        (0, true),
        (9_999, true),
        (10_000, true),
        (10_001, false),
        (3_600_000, false),
    ] {
        let mut attempt = pressed(intent(all_goals().remove(0)));
        let effects = attempt.tell(Event::Recorded(Stored::Yes), after(took));
        if sent {
            assert!(matches!(effects[..], [Effect::Send(_)]), "{took}: {effects:?}");
            continue;
        }
        assert_eq!(effects, [Effect::Note, Effect::Conclude], "{took}");
        assert_eq!(verdict(&attempt), Some(UNSENT));
        assert_eq!(
            attempt.conclusion().map(|end| &end.reply),
            Some(&Reply::NotSent(NotSent::Unrecorded))
        );
    }
}

/// A slow refresh of the session before it is not the journal's fault.
#[test]
fn the_ten_seconds_begin_when_all_else_is_ready() {
    let mut attempt = preparing(intent(all_goals().remove(0)));
    assert_eq!(attempt.tell(Event::Ready, after(25_000)), [Effect::Record]);
    let effects = attempt.tell(Event::Recorded(Stored::Yes), after(35_000));
    assert!(matches!(effects[..], [Effect::Send(_)]), "{effects:?}");
}

#[test]
fn a_session_that_ends_on_the_way_is_told_in_the_journal_too() {
    let (mut attempt, _ticket) = begin(intent(all_goals().remove(0)));
    let effects = attempt.tell(Event::Replied(Reply::NotSent(NotSent::NoSession)), after(20));
    assert_eq!(effects, [Effect::Note, Effect::Conclude]);
    assert_eq!(verdict(&attempt), Some(UNSENT));
}
