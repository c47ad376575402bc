//! Activation and cancellation may move money: a payment record that is newer than the press is never overlooked.

use omnival_core::ids::EntryId;
use omnival_core::order::Payment;
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::time::Timestamp;

use super::{doubts, judged_early, judged_late, lost, refusals};
use crate::given::{ANN, ME, actor, goals, intent, moved, path, payment, record, unmoved};

const MOVING_MONEY: [Goal; 2] = [Goal::Activate, Goal::Cancel];

fn carried_out(goal: &Goal, payments: Vec<Payment>) -> Evidence {
    Evidence {
        found: Found::Order(Box::new(moved(path(goal).1))),
        history: [record(goal, "evt-9", ME)]
            .into_iter()
            .chain(unmoved(goal).history)
            .collect(),
        records: Vec::new(),
        payments: payments.into_iter().chain(unmoved(goal).payments).collect(),
    }
}

#[test]
fn carried_out_with_money_on_its_way_is_pending() {
    for goal in MOVING_MONEY {
        let evidence = carried_out(&goal, vec![payment("pay-9", "pending")]);
        let pending = Verdict::Pending(evidence.history[0].id.clone());
        for reply in doubts().into_iter().chain(refusals()) {
            let judged = judged_early(intent(goal.clone()), reply, evidence.clone());
            assert_eq!(judged, Some(pending.clone()), "{goal:?}");
        }
    }
}

#[test]
fn money_that_has_arrived_or_failed_or_was_pending_before_is_not_waited_for() {
    for goal in MOVING_MONEY {
        for payments in [
            vec![],
            vec![payment("pay-9", "succeeded")],
            vec![payment("pay-9", "failed")],
            vec![payment("pay-0", "pending")],
        ] {
            let judged = judged_early(intent(goal.clone()), lost(), carried_out(&goal, payments.clone()));
            assert!(
                matches!(judged, Some(Verdict::Done(How::Recorded(_)))),
                "{goal:?} {payments:?}: {judged:?}"
            );
        }
    }
}

/// "A replayed activation can double-charge": with a charge recorded since the press, whether pending or collected,
/// "not done, try again" is the one thing that must not be said.
#[test]
fn a_new_charge_without_its_action_is_never_not_done() {
    for goal in MOVING_MONEY {
        for status in ["pending", "succeeded"] {
            let evidence = Evidence {
                payments: [payment("pay-9", status)]
                    .into_iter()
                    .chain(unmoved(&goal).payments)
                    .collect(),
                ..unmoved(&goal)
            };
            for reply in doubts() {
                let judged = judged_late(intent(goal.clone()), reply.clone(), evidence.clone());
                assert!(
                    !matches!(judged, Some(Verdict::NotDone(_) | Verdict::Moved)),
                    "{goal:?}, charge {status}, {reply:?}: {judged:?}"
                );
            }
        }
    }
}

#[test]
fn a_charge_that_failed_does_not_stand_in_the_way_of_not_done() {
    let evidence = Evidence {
        payments: vec![payment("pay-9", "failed"), payment("pay-0", "succeeded")],
        ..unmoved(&Goal::Activate)
    };
    let judged = judged_late(intent(Goal::Activate), lost(), evidence);
    assert!(matches!(judged, Some(Verdict::NotDone(_))), "{judged:?}");
}

/// By whom, and whether a colleague's own action is there to account for it.
#[test]
fn whose_charge_it_is_decides_whether_it_leaves_a_doubt() {
    let goal = Goal::Activate;
    let charge = |by: Option<&str>| Payment {
        actor: by.map(actor),
        ..payment("pay-9", "succeeded")
    };
    let unmoved_with = |payment| Evidence {
        payments: vec![payment],
        ..unmoved(&goal)
    };
    let rival_with = |payment| Evidence {
        found: Found::Order(Box::new(moved(path(&goal).1))),
        history: vec![record(&goal, "evt-9", ANN)],
        records: Vec::new(),
        payments: vec![payment],
    };
    let not_done = Verdict::NotDone(Proof::Settled);
    let other = Verdict::DoneByOther(EntryId::new("evt-9"));
    for (situation, evidence, expected) in [
        (
            "mine, nothing else",
            unmoved_with(charge(Some(ME))),
            Verdict::StillUnknown,
        ),
        (
            "nobody's, nothing else",
            unmoved_with(charge(None)),
            Verdict::StillUnknown,
        ),
        ("a colleague's, nothing else", unmoved_with(charge(Some(ANN))), not_done),
        (
            "mine, a colleague acted",
            rival_with(charge(Some(ME))),
            Verdict::StillUnknown,
        ),
        ("nobody's, a colleague acted", rival_with(charge(None)), other.clone()),
        ("a colleague's, who acted", rival_with(charge(Some(ANN))), other),
    ] {
        assert_eq!(
            judged_late(intent(goal.clone()), lost(), evidence),
            Some(expected),
            "{situation}"
        );
    }
}

/// How a cancellation ends whose order was last changed at `changed` when the button was pressed, beside a charge at `at`
/// that was not read then.
fn beside_a_charge(changed: i64, at: i64) -> Option<Verdict> {
    let mut pressed = intent(Goal::Cancel);
    let mut evidence = Evidence {
        payments: vec![Payment {
            occurred_at: Some(Timestamp(at)),
            ..payment("pay-8", "succeeded")
        }],
        ..unmoved(&Goal::Cancel)
    };
    if let (Some(seen), Found::Order(now)) = (&mut pressed.baseline.order, &mut evidence.found) {
        (seen.updated_at, now.updated_at) = (Some(Timestamp(changed)), Some(Timestamp(changed)));
    }
    judged_late(pressed, lost(), evidence)
}

#[test]
fn a_charge_that_the_order_held_when_the_button_was_pressed_is_not_this_ones() {
    for (changed, at) in [(2_000, 1_500), (2_000, 1_999), (2_001, 2_001), (2_001, 2_000)] {
        let judged = beside_a_charge(changed, at);
        assert_eq!(
            judged,
            Some(Verdict::NotDone(Proof::Settled)),
            "{changed}, charged at {at}"
        );
    }
}

/// A platform whose times are whole seconds does not tell whether the charge came before the change that was seen.
#[test]
fn a_charge_in_the_very_second_that_was_seen_last_is_in_doubt() {
    assert_eq!(beside_a_charge(2_000, 2_000), Some(Verdict::StillUnknown));
}

#[test]
fn a_doubt_about_money_is_waited_for_even_after_a_refusal() {
    let evidence = Evidence {
        payments: vec![payment("pay-9", "pending")],
        ..unmoved(&Goal::Activate)
    };
    for reply in refusals() {
        assert_eq!(
            judged_early(intent(Goal::Activate), reply.clone(), evidence.clone()),
            None
        );
        let late = judged_late(intent(Goal::Activate), reply, evidence.clone());
        assert_eq!(late, Some(Verdict::StillUnknown));
    }
}

#[test]
fn an_action_that_moves_no_money_is_not_held_up_by_a_payment() {
    for goal in [goals()[1].clone(), Goal::Hold, Goal::Reactivate] {
        let evidence = Evidence {
            payments: vec![payment("pay-9", "pending")],
            ..unmoved(&goal)
        };
        let judged = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(judged, Some(Verdict::NotDone(Proof::Settled)), "{goal:?}");
    }
}
