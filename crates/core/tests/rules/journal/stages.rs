//! What is written down of an attempt at each stage, and what another page makes of it.

use omnival_core::message::{self, Message};
use omnival_core::order::full::PaymentState;
use omnival_core::order::{Order, Status};
use omnival_core::recovery::attempt::{Attempt, Event, Patience};
use omnival_core::recovery::effect::Effect;
use omnival_core::recovery::ending::{End, Ending, Facts};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::recovery::journal::{Record, Stage, Stored};
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::recovery::ownership::{Ownership, ownership};
use omnival_core::time::Mono;

use super::{doubt, ended, record, reply_of, stages, tab};
use crate::attempt::{
    PATIENCE, SETTLE_MS, Tell, after, begin, doubtful, lost, preparing, pressed, read_back, read_failed, told, verdict,
    verifying,
};
use crate::given::{self, ANN, ME, all_goals, answered, intent, moved, path, replies, unmoved};

/// The clock of a page that was loaded a moment ago.
const RELOADED: Mono = Mono(3_000);

fn stage(attempt: &Attempt, now: Mono) -> Stage {
    let record = attempt.record(&tab("tab-1"), None, now);
    assert_eq!((record.owner, record.intent), (tab("tab-1"), attempt.intent.clone()));
    record.stage
}

#[test]
fn until_a_reply_it_is_written_down_as_opened() {
    for goal in all_goals() {
        assert_eq!(stage(&preparing(intent(goal.clone())), after(5)), Stage::Opened);
        assert_eq!(stage(&pressed(intent(goal.clone())), after(5)), Stage::Opened);
        let (sent, _ticket) = begin(intent(goal));
        assert_eq!(stage(&sent, after(20_000)), Stage::Opened);
    }
}

#[test]
fn every_reply_is_written_down_as_what_it_proves() {
    for reply in replies() {
        let (mut attempt, _ticket) = begin(intent(Goal::Cancel));
        attempt.tell(Event::Replied(reply.clone()), after(900));
        let stage = stage(&attempt, after(900));
        assert_eq!(reply_of(&stage), Some(&reply));
        let ends = attempt.conclusion().is_some();
        assert_eq!(matches!(stage, Stage::Ended(_)), ends, "{reply:?}");
    }
}

#[test]
fn the_part_of_the_window_that_was_watched_is_written_down() {
    let attempt = doubtful(intent(Goal::Hold), lost());
    let settles_at = verifying(&attempt).settles_at;
    for (now, watched_ms) in [
        (after(1_000), 0),
        (after(31_000), 30_000),
        (settles_at, SETTLE_MS),
        (settles_at.plus(60_000), SETTLE_MS),
    ] {
        let reply = lost();
        assert_eq!(stage(&attempt, now), Stage::Doubt { reply, watched_ms });
    }
}

/// The record of an attempt that ended so: as it is told where it ended, and as it is told from the journal.
fn both_told(attempt: &Attempt, answered: Option<&Order>) -> (Message, Message, Ending) {
    let end = attempt.conclusion().expect("an end");
    let here = message::conclusion(&attempt.intent, end, answered);
    let Stage::Ended(ending) = attempt.record(&tab("tab-1"), answered, after(900)).stage else {
        panic!("not ended");
    };
    let there = message::ending(attempt.intent.goal.operation(), &ending);
    (here, there, ending)
}

#[test]
fn an_end_is_written_down_as_its_verdict_and_told_in_the_same_words() {
    for goal in all_goals() {
        let (mut attempt, _ticket) = begin(intent(goal.clone()));
        attempt.tell(Event::Replied(answered(422)), after(900));
        let (here, there, ending) = both_told(&attempt, None);
        let expected = Ending {
            reply: answered(422),
            end: End::Judged {
                verdict: Verdict::NotDone(Proof::Refused),
                facts: Facts::default(),
            },
            unsettled: false,
        };
        assert_eq!((ending, &there), (expected, &here), "{goal:?}");
    }
}

/// Whatever the sentences name of what was read is written down with the verdict: who, where to, and how many.
#[test]
fn what_was_read_is_told_in_the_same_words_from_the_journal() {
    let is_there = |status| Found::Order(Box::new(moved(status)));
    let cases = [
        (Goal::Hold, Found::Gone, None),
        (Goal::Hold, is_there(Status::Cancelled), None),
        (Goal::Hold, is_there(Status::OnHold), Some(ANN)),
        (Goal::Hold, is_there(Status::OnHold), Some(ME)),
        (given::create(), Found::Created(vec![given::at()]), None),
        (given::create(), Found::Created(vec![given::at(), given::at()]), None),
    ];
    let mut told = Vec::new();
    for (goal, found, by) in cases {
        let theirs = by.map(|by| given::record(&goal, "evt-9", by));
        let evidence = Evidence {
            found,
            history: theirs.into_iter().chain([given::baseline_entry()]).collect(),
            ..unmoved(&goal)
        };
        for reply in [answered(409), lost()] {
            let mut attempt = doubtful(intent(goal.clone()), reply);
            let settled = verifying(&attempt).settles_at;
            attempt.tell(read_failed(&attempt, true), after(1_500));
            attempt.tell(Event::Woke, settled);
            attempt.tell(read_back(&attempt, evidence.clone()), settled.plus(300));
            let (here, there, _) = both_told(&attempt, None);
            assert_eq!(there, here);
            told.push([here.happened, here.next].concat());
        }
    }
    for fact in ["Ann Colleague", "“Cancelled”", "no longer exists", "more than once"] {
        assert!(told.iter().any(|told| told.contains(fact)), "{fact}: {told:?}");
    }
}

/// The answer to an activation shows that its charge failed: that is said from the journal too.
#[test]
fn what_the_answer_says_of_the_order_is_part_of_the_words() {
    let (mut attempt, _ticket) = begin(intent(Goal::Activate));
    attempt.tell(Event::Replied(answered(200)), after(900));
    let mut order = moved(path(&Goal::Activate).1);
    order.payment = Some(PaymentState {
        scenario: "chargeAtActivation".into(),
        status: "failed".into(),
        amount_due: None,
        paid_at: None,
    });
    let (here, there, ending) = both_told(&attempt, Some(&order));
    assert_eq!(there, here);
    assert!(there.happened.contains("Payment was not collected."), "{ending:?}");
    assert_eq!(message::ending_word(&ending), "done");
}

#[test]
fn sentences_that_an_earlier_version_wrote_down_are_shown_as_they_were() {
    let ending = Ending {
        reply: answered(503),
        end: End::Worded {
            word: "moved".into(),
            happened: "It went another way.".into(),
            next: "See where.".into(),
        },
        unsettled: false,
    };
    let shown = message::ending(Goal::Hold.operation(), &ending);
    assert_eq!(shown, Message::new("It went another way.", "See where."));
    assert_eq!(message::ending_word(&ending), "moved");
}

#[test]
fn only_still_unknown_ends_unsettled_and_watching_on_reopens_it_without_a_window() {
    let mut attempt = doubtful(intent(Goal::Hold), lost());
    let mut now = verifying(&attempt).settles_at;
    attempt.tell(read_failed(&attempt, true), now);
    for _ in 0..3 {
        attempt.tell(Event::Woke, now);
        attempt.tell(read_failed(&attempt, true), now);
        now = now.plus(6_000);
    }
    assert_eq!(verdict(&attempt), Some(Verdict::StillUnknown));
    let Stage::Ended(ending) = stage(&attempt, now) else {
        panic!("not ended");
    };
    assert!(
        ending.unsettled && message::ending_word(&ending) == "unknown",
        "{ending:?}"
    );
    attempt.tell(Event::WatchOn, now);
    let expected = Stage::Doubt {
        reply: lost(),
        watched_ms: SETTLE_MS,
    };
    assert_eq!(stage(&attempt, now), expected);
}

fn resume(stage: Stage) -> (Attempt, Vec<Effect>) {
    let (attempt, effects) = Attempt::resume(record("tab-2", stage), PATIENCE, RELOADED);
    (attempt, told(effects))
}

#[test]
fn what_is_taken_up_is_verified_and_never_sent() {
    for (stage, ..) in stages() {
        let (attempt, effects) = resume(stage.clone());
        assert_eq!(effects, [Effect::Note, Effect::Read(1)], "{stage:?}");
        assert_eq!(attempt.intent, intent(Goal::Hold));
        let reply = reply_of(&stage).cloned().unwrap_or(Reply::Lost(Loss::Interrupted));
        let state = verifying(&attempt);
        assert_eq!((&state.reply, state.reading, &state.last), (&reply, true, &None));
        for event in [
            Event::Ready,
            Event::Recorded(Stored::Yes),
            Event::Replied(answered(200)),
            Event::WatchOn,
        ] {
            let mut attempt = attempt.clone();
            assert_eq!(attempt.tell(event.clone(), RELOADED), [], "{stage:?}, {event:?}");
        }
    }
}

#[test]
fn the_window_goes_on_where_the_last_page_left_it() {
    let whole = RELOADED.plus(SETTLE_MS);
    for (stage, settles_at) in [
        (Stage::Opened, whole),
        (doubt(0), whole),
        (doubt(45_000), RELOADED.plus(SETTLE_MS - 45_000)),
        (doubt(SETTLE_MS), RELOADED),
        (doubt(u64::MAX), RELOADED),
        (ended(true), RELOADED),
    ] {
        let (attempt, _) = resume(stage.clone());
        assert_eq!(verifying(&attempt).settles_at, settles_at, "{stage:?}");
    }
}

/// From crash to crash, the time watched adds up, and what was not watched does not count.
#[test]
fn the_time_watched_adds_up_over_pages() {
    let mut held = record("tab-1", doubt(0));
    for page in 1..200 {
        // Each page's clock begins anew.
        let now = Mono(page * 17 % 900);
        let (attempt, _) = Attempt::resume(held, PATIENCE, now);
        held = attempt.record(&tab("tab-2"), None, now.plus(1_000));
        let expected = Stage::Doubt {
            reply: answered(503),
            watched_ms: SETTLE_MS.min(page * 1_000),
        };
        assert_eq!(held.stage, expected, "page {page}");
    }
}

#[test]
fn what_was_watched_counts_against_the_promise_of_today() {
    for (settle_ms, left) in [(30_000, 0), (45_000, 0), (300_000, 255_000)] {
        let (attempt, _) = Attempt::resume(record("tab-2", doubt(45_000)), Patience { settle_ms }, RELOADED);
        assert_eq!(verifying(&attempt).settles_at, RELOADED.plus(left));
    }
}

#[test]
fn what_is_taken_up_comes_to_the_verdict_that_the_records_allow() {
    let goal = Goal::Hold;
    let mine = Evidence {
        found: Found::Order(Box::new(moved(path(&goal).1))),
        history: vec![given::record(&goal, "evt-9", ME), given::baseline_entry()],
        ..unmoved(&goal)
    };
    for (stage, ..) in stages() {
        let (mut attempt, _) = resume(stage.clone());
        let effects = attempt.tell(read_back(&attempt, mine.clone()), RELOADED.plus(300));
        assert_eq!(effects, [Effect::Note, Effect::Conclude]);
        assert!(matches!(verdict(&attempt), Some(Verdict::Done(How::Recorded(_)))));
        let (mut attempt, _) = resume(stage.clone());
        let settled = matches!(stage, Stage::Ended(_));
        attempt.tell(read_back(&attempt, unmoved(&goal)), RELOADED.plus(300));
        let expected = settled.then_some(Verdict::NotDone(Proof::Settled));
        assert_eq!(verdict(&attempt), expected, "{stage:?}");
    }
}

#[test]
fn a_refused_send_is_still_known_as_refused_after_a_reload() {
    for status in [401, 409] {
        let (mut attempt, _) = resume(Stage::Doubt {
            reply: answered(status),
            watched_ms: 0,
        });
        attempt.tell(read_back(&attempt, unmoved(&Goal::Hold)), RELOADED.plus(300));
        assert_eq!(verdict(&attempt), Some(Verdict::NotDone(Proof::Refused)), "{status}");
    }
}

#[test]
fn taking_up_loses_nothing_of_the_record() {
    let held = record("tab-2", doubt(45_000));
    let (attempt, _) = Attempt::resume(held.clone(), PATIENCE, RELOADED);
    assert_eq!(attempt.record(&tab("tab-2"), None, RELOADED), held);
    let stage = Stage::Opened;
    let (attempt, _) = Attempt::resume(Record { stage, ..held.clone() }, PATIENCE, RELOADED);
    let stage = Stage::Doubt {
        reply: Reply::Lost(Loss::Interrupted),
        watched_ms: 0,
    };
    let expected = Record { stage, ..held };
    assert_eq!(attempt.record(&tab("tab-2"), None, RELOADED), expected);
}

/// `attempt` as it stands when nobody could find out how it ended.
fn unknown(mut attempt: Attempt) -> Attempt {
    while attempt.conclusion().is_none() {
        let at = verifying(&attempt).settles_at;
        attempt.tell(read_failed(&attempt, true), at);
        attempt.tell(Event::Woke, at);
    }
    assert_eq!(verdict(&attempt), Some(Verdict::StillUnknown));
    attempt
}

#[test]
fn an_open_record_is_followed_by_one_page_however_late_it_was_read() {
    let doubted = doubtful(intent(Goal::Hold), lost());
    let mut done = begin(intent(Goal::Hold)).0;
    done.tell(Event::Replied(answered(200)), after(5));
    for (held, _, open) in stages() {
        let whose = |owner: &str, here: Option<&Attempt>| ownership(&record(owner, held.clone()), &tab("me"), here);
        let or_settled = |whose: Ownership| if open { whose } else { Ownership::Settled };
        assert_eq!(whose("me", None), or_settled(Ownership::Mine), "{held:?}");
        assert_eq!(whose("other", None), or_settled(Ownership::Another), "{held:?}");
        for here in [&pressed(intent(Goal::Hold)), &doubted, &done] {
            assert_eq!(whose("me", Some(here)), Ownership::Settled, "{held:?}");
            assert_eq!(whose("other", Some(here)), Ownership::Settled, "{held:?}");
        }
        // The record is from before the end that this page came to, or from another page that watches on.
        let unknown = unknown(doubted.clone());
        assert_eq!(whose("me", Some(&unknown)), Ownership::Settled, "{held:?}");
        assert_eq!(
            whose("other", Some(&unknown)),
            or_settled(Ownership::Another),
            "{held:?}"
        );
    }
}
