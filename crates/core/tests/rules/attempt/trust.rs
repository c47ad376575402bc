//! Where a careless reading of the records would claim more than they prove.

use omnival_core::order::{Entry, Source};
use omnival_core::recovery::attempt::Event;
use omnival_core::recovery::evidence::{Evidence, Found, Goal, Verdict};
use omnival_core::time::Timestamp;

use super::{SETTLE_MS, Tell, after, begin, doubts, judged_early, judged_late, lost, verifying};
use crate::given::{ANN, ME, entry, goals, intent, moved, path, record, unmoved};

fn claims_not_done(verdict: Option<&Verdict>) -> bool {
    matches!(
        verdict,
        Some(Verdict::NotDone(_) | Verdict::Moved | Verdict::DoneByOther(_))
    )
}

/// Before a write leaves, the session may be renewed for it: the platform's time begins when the write has left, and
/// it has left at the latest when its answer is given up.
#[test]
fn the_window_is_counted_from_when_the_write_may_have_left() {
    for reply in doubts() {
        let (mut attempt, _ticket) = begin(intent(Goal::Hold));
        let gave_up = after(55_000);
        attempt.tell(Event::Replied(reply.clone()), gave_up);
        let settles_at = verifying(&attempt).settles_at;
        assert!(settles_at >= gave_up.plus(SETTLE_MS), "{reply:?}: {settles_at:?}");
    }
}

/// A 409 can be the answer to the browser's own repetition of a request that was carried out. History lags; that a
/// colleague's comment is visible already does not explain why the order is as this operator wanted it.
#[test]
fn an_unrelated_entry_does_not_explain_an_order_that_is_as_it_was_wanted() {
    for goal in goals() {
        let comment = Entry {
            occurred_at: Some(Timestamp(3_500)),
            ..entry("evt-9", "comment", ANN)
        };
        let mut now = moved(path(&goal).1);
        if let Goal::Assign { vendor, .. } = &goal {
            now.vendor = Some(crate::given::vendor(vendor.as_str()));
        }
        let evidence = Evidence {
            found: Found::Order(Box::new(now)),
            history: [comment].into_iter().chain(unmoved(&goal).history).collect(),
            ..unmoved(&goal)
        };
        for reply in super::refusals() {
            let judged = judged_early(intent(goal.clone()), reply.clone(), evidence.clone());
            assert!(!claims_not_done(judged.as_ref()), "{goal:?} {reply:?}: {judged:?}");
        }
    }
}

/// A comment is no move: once the window is over, an order in the same status and version was not touched.
#[test]
fn a_comment_alone_is_not_a_move() {
    for goal in goals().into_iter().filter(|goal| *goal != Goal::Activate) {
        let comment = entry("evt-9", "comment", ANN);
        let evidence = Evidence {
            history: [comment].into_iter().chain(unmoved(&goal).history).collect(),
            ..unmoved(&goal)
        };
        let judged = judged_late(intent(goal.clone()), lost(), evidence);
        assert!(matches!(judged, Some(Verdict::NotDone(_))), "{goal:?}: {judged:?}");
    }
}

/// The operator's earlier action of the same kind was answered before this press, but history showed it only after:
/// the order that the operator saw held it already. An entry for another attempt cannot prove this one.
#[test]
fn an_earlier_action_that_history_shows_late_is_not_this_one() {
    for goal in goals().into_iter().filter(|goal| *goal != Goal::Activate) {
        // The platform stamps an order and the entry of its change with one time.
        for at in [1_500, 2_000] {
            let earlier = Entry {
                correlation: Some("int-0".into()),
                occurred_at: Some(Timestamp(at)),
                ..record(&goal, "evt-9", ME)
            };
            let evidence = Evidence {
                history: [earlier].into_iter().chain(unmoved(&goal).history).collect(),
                ..unmoved(&goal)
            };
            for judge in [judged_early, judged_late] {
                let judged = judge(intent(goal.clone()), lost(), evidence.clone());
                assert!(
                    !matches!(judged, Some(Verdict::Done(_) | Verdict::Pending(_))),
                    "{goal:?}, order untouched since the press: {judged:?}"
                );
            }
        }
    }
}

/// A platform whose times are whole seconds: this attempt's own entry, made in the second in which the order was last seen
/// to change, must not be taken for an old one; nor may an old one be taken for this attempt's.
#[test]
fn an_entry_of_the_very_second_that_was_seen_last_is_in_doubt() {
    for goal in goals() {
        let same_second = Entry {
            occurred_at: Some(Timestamp(2_000)),
            ..record(&goal, "evt-9", ME)
        };
        let evidence = Evidence {
            found: Found::Order(Box::new(moved(path(&goal).1))),
            history: [same_second].into_iter().chain(unmoved(&goal).history).collect(),
            ..unmoved(&goal)
        };
        for reply in doubts() {
            let judged = judged_late(intent(goal.clone()), reply.clone(), evidence.clone());
            assert_eq!(judged, Some(Verdict::StillUnknown), "{goal:?} {reply:?}");
        }
    }
}

/// 404 may be a matter of visibility. Nothing can be read any more, so a lost answer stays unknown.
#[test]
fn an_order_that_became_invisible_proves_nothing_about_a_lost_answer() {
    for goal in goals() {
        let gone = Evidence {
            found: Found::Gone,
            history: vec![],
            records: Vec::new(),
            payments: vec![],
        };
        for reply in doubts() {
            let judged = judged_late(intent(goal.clone()), reply.clone(), gone.clone());
            assert_eq!(judged, Some(Verdict::StillUnknown), "{goal:?} {reply:?}");
        }
    }
}

/// "Never tell them that someone else did what they did": an entry that names nobody may be theirs.
#[test]
fn an_entry_that_names_nobody_is_not_somebody_else() {
    for goal in goals() {
        for source in [Source::User, Source::Other(String::new())] {
            let nameless = Entry {
                actor: None,
                source: source.clone(),
                correlation: None,
                ..record(&goal, "evt-9", ME)
            };
            let evidence = Evidence {
                found: Found::Order(Box::new(moved(path(&goal).1))),
                history: [nameless].into_iter().chain(unmoved(&goal).history).collect(),
                ..unmoved(&goal)
            };
            let judged = judged_late(intent(goal.clone()), lost(), evidence);
            assert!(!claims_not_done(judged.as_ref()), "{goal:?} {source:?}: {judged:?}");
        }
    }
}
