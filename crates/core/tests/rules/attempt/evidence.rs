//! What the platform's records prove: each situation, after a doubtful and after a refusing reply, while the settle
//! window is open and after it.

use omnival_core::ids::EntryId;
use omnival_core::order::{Entry, Order, Source, Status};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::time::Timestamp;

use super::{doubts, judged_early, judged_late, refusals};
use crate::given::{ANN, ME, answered, baseline_entry, entry, goals, intent, moved, order, path, record, unmoved};

/// The order as the goal wants it, with these entries newer than the baseline.
fn reached(goal: &Goal, news: Vec<Entry>) -> Evidence {
    went(goal, path(goal).1, news)
}

/// The order in this status, changed since the press.
fn went(goal: &Goal, status: Status, news: Vec<Entry>) -> Evidence {
    Evidence {
        found: Found::Order(Box::new(moved(status))),
        history: news.into_iter().chain(unmoved(goal).history).collect(),
        ..unmoved(goal)
    }
}

fn gone() -> Evidence {
    Evidence {
        found: Found::Gone,
        history: vec![],
        records: Vec::new(),
        payments: vec![],
    }
}

fn elsewhere(goal: &Goal) -> (Status, Entry) {
    let (status, word) = match goal {
        Goal::Cancel | Goal::Activate => (Status::InProgress, "inProgress"),
        _ => (Status::Cancelled, "cancelled"),
    };
    let entry = Entry {
        from: path(goal).0.code(),
        to: status.code(),
        ..entry("evt-9", word, ANN)
    };
    (status, entry)
}

/// The four columns of the table.
fn columns(goal: &Goal, evidence: &Evidence) -> [Vec<Option<Verdict>>; 4] {
    let early = |reply| judged_early(intent(goal.clone()), reply, evidence.clone());
    let late = |reply| judged_late(intent(goal.clone()), reply, evidence.clone());
    [
        doubts().map(early).to_vec(),
        doubts().map(late).to_vec(),
        refusals().map(early).to_vec(),
        refusals().map(late).to_vec(),
    ]
}

fn expect(situation: &str, goal: &Goal, evidence: &Evidence, expected: [Option<Verdict>; 4]) {
    let names = ["doubt, early", "doubt, late", "refused, early", "refused, late"];
    for ((name, column), verdict) in names.iter().zip(columns(goal, evidence)).zip(expected) {
        for judged in column {
            assert_eq!(judged, verdict, "{situation}: {goal:?}, {name}");
        }
    }
}

#[test]
fn nothing_moved_is_no_proof_until_the_window_is_over_or_the_send_was_refused() {
    for goal in goals() {
        let refused = Some(Verdict::NotDone(Proof::Refused));
        let settled = Some(Verdict::NotDone(Proof::Settled));
        expect(
            "nothing moved",
            &goal,
            &unmoved(&goal),
            [None, settled, refused.clone(), refused],
        );
    }
}

#[test]
fn the_operators_own_record_is_theirs_and_never_somebody_elses() {
    for goal in goals() {
        let mine = record(&goal, "evt-9", ME);
        let recorded = Some(Verdict::Done(How::Recorded(mine.id.clone())));
        let earlier = Some(Verdict::Done(How::Earlier(mine.id.clone())));
        expect(
            "mine is recorded",
            &goal,
            &reached(&goal, vec![mine]),
            [recorded.clone(), recorded, earlier.clone(), earlier],
        );
    }
}

#[test]
fn the_operators_own_record_counts_below_what_colleagues_did_since() {
    for goal in goals() {
        let (status, later) = elsewhere(&goal);
        let mine = record(&goal, "evt-8", ME);
        let id = mine.id.clone();
        let evidence = went(&goal, status, vec![later, mine]);
        expect(
            "mine, then a colleague's",
            &goal,
            &evidence,
            [
                Some(Verdict::Done(How::Recorded(id.clone()))),
                Some(Verdict::Done(How::Recorded(id.clone()))),
                Some(Verdict::Done(How::Earlier(id.clone()))),
                Some(Verdict::Done(How::Earlier(id))),
            ],
        );
    }
}

#[test]
fn a_colleagues_record_is_the_colleagues_once_this_attempt_can_no_longer_arrive() {
    for goal in goals() {
        let theirs = record(&goal, "evt-9", ANN);
        let other = Some(Verdict::DoneByOther(theirs.id.clone()));
        expect(
            "a colleague's is recorded",
            &goal,
            &reached(&goal, vec![theirs]),
            [None, other.clone(), other.clone(), other],
        );
    }
}

#[test]
fn automation_under_the_operators_name_is_not_the_operator() {
    for goal in goals() {
        for source in [Source::Automation, Source::Partner] {
            let robot = Entry {
                source,
                correlation: None,
                ..record(&goal, "evt-9", ME)
            };
            let other = Verdict::DoneByOther(robot.id.clone());
            let judged = judged_late(intent(goal.clone()), super::lost(), reached(&goal, vec![robot]));
            assert_eq!(judged, Some(other), "{goal:?}");
        }
    }
}

#[test]
fn an_order_that_went_elsewhere_is_said_to_have_moved() {
    for goal in goals() {
        let (status, entry) = elsewhere(&goal);
        let moved = Some(Verdict::Moved);
        expect(
            "moved elsewhere",
            &goal,
            &went(&goal, status, vec![entry]),
            [None, moved.clone(), moved.clone(), moved],
        );
    }
}

#[test]
fn an_order_that_moved_while_history_is_silent_is_waited_for() {
    for goal in goals() {
        for status in [path(&goal).1, elsewhere(&goal).0] {
            expect(
                "history lags",
                &goal,
                &went(&goal, status, vec![]),
                [None, Some(Verdict::StillUnknown), None, Some(Verdict::Moved)],
            );
        }
    }
}

#[test]
fn a_record_for_another_vendor_is_not_this_assignment() {
    let assign = goals()[1].clone();
    for by in [ME, ANN] {
        let other_vendor = Entry {
            vendor: Some(omnival_core::ids::VendorId::new("ven-2")),
            correlation: None,
            ..record(&assign, "evt-9", by)
        };
        let evidence = reached(&assign, vec![other_vendor]);
        let judged = judged_late(intent(assign.clone()), super::lost(), evidence);
        assert_eq!(judged, Some(Verdict::Moved), "{by}");
    }
}

#[test]
fn reassignment_is_assignment_under_its_other_word() {
    let assign = goals()[1].clone();
    let mine = Entry {
        kind: "reassigned".into(),
        ..record(&assign, "evt-9", ME)
    };
    let judged = judged_early(intent(assign.clone()), super::lost(), reached(&assign, vec![mine]));
    assert!(matches!(judged, Some(Verdict::Done(How::Recorded(_)))), "{judged:?}");
}

#[test]
fn a_new_word_for_a_hold_or_a_cancellation_is_known_by_where_it_led() {
    for goal in [Goal::Hold, Goal::Cancel] {
        let renamed = Entry {
            kind: "statusChanged".into(),
            ..record(&goal, "evt-9", ME)
        };
        let judged = judged_early(intent(goal.clone()), super::lost(), reached(&goal, vec![renamed]));
        assert!(
            matches!(judged, Some(Verdict::Done(How::Recorded(_)))),
            "{goal:?} {judged:?}"
        );
        let standing = Entry {
            kind: "comment".into(),
            from: path(&goal).1.code(),
            ..record(&goal, "evt-9", ME)
        };
        let judged = judged_early(intent(goal.clone()), super::lost(), reached(&goal, vec![standing]));
        assert_eq!(judged, None, "{goal:?}: a comment on a held order holds nothing");
    }
}

#[test]
fn what_was_recorded_before_the_press_proves_nothing() {
    for goal in goals().into_iter().filter(|goal| *goal != Goal::Activate) {
        let old = Entry {
            correlation: None,
            ..record(&goal, "evt-00", ME)
        };
        let evidence = Evidence {
            history: vec![baseline_entry(), old],
            ..unmoved(&goal)
        };
        let judged = judged_late(intent(goal.clone()), super::lost(), evidence);
        assert_eq!(judged, Some(Verdict::NotDone(Proof::Settled)), "{goal:?}");
    }
}

#[test]
fn an_order_that_is_gone_after_a_refusal_has_moved_and_is_waited_for_while_in_doubt() {
    for goal in goals() {
        let [doubt, _, refused, refused_late] = columns(&goal, &gone());
        assert!(doubt.iter().all(Option::is_none), "{goal:?} {doubt:?}");
        for judged in refused.into_iter().chain(refused_late) {
            assert_eq!(judged, Some(Verdict::Moved), "{goal:?}");
        }
    }
}

#[test]
fn any_sign_of_change_makes_a_move() {
    let before = order(path(&Goal::Hold).0);
    let changed: [(&str, Order); 3] = [
        (
            "version",
            Order {
                version: Some(8),
                ..before.clone()
            },
        ),
        (
            "status",
            Order {
                status: Status::Accepted,
                ..before.clone()
            },
        ),
        (
            "time",
            Order {
                updated_at: Some(Timestamp(4_000)),
                ..before.clone()
            },
        ),
    ];
    for (sign, now) in changed {
        let evidence = Evidence {
            found: Found::Order(Box::new(now)),
            history: vec![],
            records: Vec::new(),
            payments: vec![],
        };
        let refused = judged_late(intent(Goal::Hold), answered(409), evidence.clone());
        assert_eq!(refused, Some(Verdict::Moved), "{sign}");
        let judged = judged_late(intent(Goal::Hold), super::lost(), evidence);
        assert_eq!(judged, Some(Verdict::StillUnknown), "{sign}");
    }
}

#[test]
fn of_several_colleagues_the_last_one_is_named() {
    let goal = Goal::Hold;
    let records = vec![record(&goal, "evt-9", ANN), record(&goal, "evt-8", ANN)];
    let judged = judged_late(intent(goal.clone()), super::lost(), reached(&goal, records));
    assert_eq!(judged, Some(Verdict::DoneByOther(EntryId::new("evt-9"))));
}

/// A draft leaves no history, so there is none to wait for: a colleague edited it, and the fence refused.
#[test]
fn a_draft_that_a_colleague_edited_is_told_at_once() {
    let evidence = Evidence {
        found: Found::Order(Box::new(moved(Status::Draft))),
        history: vec![],
        records: Vec::new(),
        payments: vec![],
    };
    let judged = judged_early(intent(Goal::Activate), answered(409), evidence.clone());
    assert_eq!(judged, Some(Verdict::Moved));
    let judged = judged_early(intent(Goal::Activate), super::lost(), evidence);
    assert_eq!(judged, None, "a lost activation may still arrive");
}
