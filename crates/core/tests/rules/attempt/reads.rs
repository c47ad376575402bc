//! When state and records are read, and what becomes of reads that fail.

use omnival_core::recovery::attempt::{Attempt, Effect, Event};
use omnival_core::recovery::evidence::{Goal, How, Proof, Verdict};
use omnival_core::time::Mono;

use super::{SETTLE_MS, Tell, after, doubtful, judged_late, lost, read_back, read_failed, verdict, verifying, wake_at};
use crate::given::{ME, answered, intent, moved, path, record, unmoved};
use omnival_core::recovery::evidence::{Evidence, Found};

/// Answers each read at once, until the attempt ends; gives the times at which reads began.
fn follow(attempt: &mut Attempt, from: Mono, event: impl Fn(&Attempt) -> Event) -> Vec<Mono> {
    let (mut began, mut now) = (vec![from], from);
    for _ in 0..1_000 {
        let effects = attempt.tell(event(attempt), now);
        let Some(at) = wake_at(&effects) else {
            assert_eq!(effects, [Effect::Note, Effect::Conclude]);
            return began;
        };
        assert_eq!(effects.len(), 1, "{effects:?}");
        assert!(at > now, "a wait is not empty");
        now = at;
        assert_eq!(
            attempt.tell(Event::Woke, now),
            [Effect::Note, Effect::Read(attempt.reads())]
        );
        began.push(now);
    }
    panic!("the attempt never ends");
}

#[test]
fn reads_are_close_at_first_then_rarer_and_one_begins_as_the_window_closes() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let settles_at = verifying(&attempt).settles_at;
    let began = follow(&mut attempt, after(1_000), |attempt| {
        read_back(attempt, unmoved(&Goal::Hold))
    });
    let waits: Vec<_> = began.windows(2).map(|pair| pair[0].until(pair[1])).collect();
    assert_eq!(waits[..5], [500, 1_000, 2_000, 4_000, 6_000]);
    assert!(waits[5..].iter().all(|wait| *wait <= 6_000));
    assert_eq!(
        began.last(),
        Some(&settles_at),
        "the last read begins when the window closes"
    );
    assert_eq!(began.iter().filter(|at| **at >= settles_at).count(), 1);
    assert_eq!(verdict(&attempt), Some(Verdict::NotDone(Proof::Settled)));
}

#[test]
fn a_read_that_began_inside_the_window_proves_nothing_however_late_it_ends() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let settles_at = verifying(&attempt).settles_at;
    let effects = attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), settles_at.plus(60_000));
    assert_eq!(verdict(&attempt), None);
    assert!(wake_at(&effects).is_some());
}

#[test]
fn a_read_one_millisecond_inside_the_window_is_inside() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let settles_at = verifying(&attempt).settles_at;
    attempt.tell(read_failed(&attempt, true), after(1_500));
    attempt.tell(Event::Woke, Mono(settles_at.0 - 1));
    attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), settles_at);
    assert_eq!(verdict(&attempt), None);
    assert_eq!(
        judged_late(intent(Goal::Hold), lost(), unmoved(&Goal::Hold)),
        Some(Verdict::NotDone(Proof::Settled)),
        "and at its end it is not"
    );
}

#[test]
fn reads_that_fail_inside_the_window_cost_nothing() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let mut now = after(1_000);
    let settles_at = verifying(&attempt).settles_at;
    while now < settles_at {
        let effects = attempt.tell(read_failed(&attempt, true), now);
        assert_eq!(verdict(&attempt), None, "{now:?}");
        now = wake_at(&effects).expect("another look");
        attempt.tell(Event::Woke, now);
    }
    attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), now.plus(10));
    assert_eq!(verdict(&attempt), Some(Verdict::NotDone(Proof::Settled)));
}

#[test]
fn records_that_stay_unreadable_end_in_still_unknown_after_three_more_looks() {
    for reply in [lost(), answered(500), answered(401), answered(409)] {
        let mut attempt = doubtful(intent(Goal::Hold), reply.clone());
        let settles_at = verifying(&attempt).settles_at;
        let began = follow(&mut attempt, after(1_000), |attempt| read_failed(attempt, true));
        assert_eq!(verdict(&attempt), Some(Verdict::StillUnknown), "{reply:?}");
        assert_eq!(began.iter().filter(|at| **at >= settles_at).count(), 3);
    }
}

#[test]
fn offline_or_signed_out_it_is_waited_without_end() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let mut now = after(SETTLE_MS + 60_000);
    for _ in 0..50 {
        let effects = attempt.tell(read_failed(&attempt, false), now);
        now = wake_at(&effects).expect("another look");
        assert_eq!(
            attempt.tell(Event::Woke, now),
            [Effect::Note, Effect::Read(attempt.reads())]
        );
    }
    attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), now);
    assert_eq!(verdict(&attempt), Some(Verdict::NotDone(Proof::Settled)));
}

#[test]
fn a_still_unknown_can_be_watched_on_until_it_is_known() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    follow(&mut attempt, after(1_000), |attempt| read_failed(attempt, true));
    let later = after(SETTLE_MS + 600_000);
    assert_eq!(
        attempt.tell(Event::WatchOn, later),
        [Effect::Note, Effect::Read(attempt.reads())]
    );
    assert_eq!(verifying(&attempt).reply, lost(), "what came back is not forgotten");
    let goal = Goal::Hold;
    let found = Evidence {
        found: Found::Order(Box::new(moved(path(&goal).1))),
        history: vec![record(&goal, "evt-9", ME), crate::given::baseline_entry()],
        ..unmoved(&goal)
    };
    assert_eq!(
        attempt.tell(read_back(&attempt, found.clone()), later.plus(100)),
        [Effect::Note, Effect::Conclude]
    );
    assert!(matches!(verdict(&attempt), Some(Verdict::Done(How::Recorded(_)))));
    assert_eq!(attempt.conclusion().and_then(|end| end.evidence.clone()), Some(found));
}

/// The window was over before the first "still unknown": it is not waited for a second time.
#[test]
fn watching_on_concludes_from_the_first_read_that_succeeds() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    follow(&mut attempt, after(1_000), |attempt| read_failed(attempt, true));
    let later = after(SETTLE_MS + 600_000);
    assert_eq!(
        attempt.tell(Event::WatchOn, later),
        [Effect::Note, Effect::Read(attempt.reads())]
    );
    attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), later.plus(100));
    assert_eq!(verdict(&attempt), Some(Verdict::NotDone(Proof::Settled)));
}

#[test]
fn watching_on_that_fails_again_is_still_unknown_again() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    follow(&mut attempt, after(1_000), |attempt| read_failed(attempt, true));
    for round in 1..4 {
        let later = after(SETTLE_MS + 600_000 * round);
        assert_eq!(
            attempt.tell(Event::WatchOn, later),
            [Effect::Note, Effect::Read(attempt.reads())]
        );
        follow(&mut attempt, later, |attempt| read_failed(attempt, true));
        assert_eq!(verdict(&attempt), Some(Verdict::StillUnknown));
    }
}

#[test]
fn what_was_last_read_is_kept_with_the_verdict() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), after(1_500));
    assert_eq!(
        verifying(&attempt).last.as_deref(),
        Some(&unmoved(&Goal::Hold)),
        "shown while certainty is awaited"
    );
    attempt.tell(Event::Woke, after(2_000));
    follow(&mut attempt, after(2_000), |attempt| read_failed(attempt, true));
    let end = attempt.conclusion().expect("an end");
    assert_eq!((&end.reply, &end.evidence), (&lost(), &Some(unmoved(&Goal::Hold))));
}
