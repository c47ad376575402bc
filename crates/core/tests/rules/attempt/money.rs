//! Activation and cancellation may move money: a payment record that is newer than the press is never overlooked.

use omnival_core::order::Payment;
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Verdict};

use super::{doubts, judged_early, judged_late, lost, refusals};
use crate::given::{ME, intent, moved, path, payment, record, unmoved};

const MOVING_MONEY: [Goal; 2] = [Goal::Activate, Goal::Cancel];

fn carried_out(goal: &Goal, payments: Vec<Payment>) -> Evidence {
    Evidence {
        found: Found::Order(Box::new(moved(path(goal).1))),
        history: [record(goal, "evt-9", ME)]
            .into_iter()
            .chain(unmoved(goal).history)
            .collect(),
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
