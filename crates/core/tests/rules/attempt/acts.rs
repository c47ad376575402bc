//! Every operation of the contract that is sent once and has no test file of its own: each by its own records.

use omnival_core::ids::EntryId;
use omnival_core::operation::{Ledger, Term};
use omnival_core::order::{Entry, Status};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::time::Timestamp;

use super::{doubts, judged_early, judged_late, lost, refusals};
use crate::given::{ANN, ME, entry, intent, moved, other_acts, path, record, unmoved};

const TERM: Term = Term::Report;

/// The act, about one particular thing.
fn about(goal: &Goal, thing: &str) -> Goal {
    Goal::Act {
        operation: goal.operation(),
        terms: vec![(TERM, thing.to_owned())],
    }
}

/// The act's own record as its list keeps it, if it has a list.
fn kept(goal: &Goal, by: &str) -> Option<Entry> {
    let (_, word) = goal.operation().rule()?.ledger?;
    Some(entry("rec-9", word, by))
}

fn reached(goal: &Goal, history: Vec<Entry>, records: Vec<Entry>) -> Evidence {
    Evidence {
        found: Found::Order(Box::new(moved(path(goal).1))),
        history: history.into_iter().chain(unmoved(goal).history).collect(),
        records,
        ..unmoved(goal)
    }
}

fn in_payments(goal: &Goal) -> bool {
    goal.ledger() == Some(Ledger::Payments)
}

#[test]
fn there_are_acts_and_every_one_has_a_rule() {
    assert!(other_acts().len() > 25);
    let ledgers = other_acts().iter().filter(|goal| goal.ledger().is_some()).count();
    assert!(ledgers > 12, "{ledgers}");
}

#[test]
fn the_operators_own_record_is_the_proof_and_at_once() {
    for goal in other_acts() {
        let Some(record) = kept(&goal, ME) else { continue };
        let evidence = reached(&goal, vec![], vec![record.clone()]);
        for reply in doubts() {
            let judged = judged_early(intent(goal.clone()), reply, evidence.clone());
            assert_eq!(
                judged,
                Some(Verdict::Done(How::Recorded(record.id.clone()))),
                "{goal:?}"
            );
        }
        for reply in refusals() {
            let judged = judged_early(intent(goal.clone()), reply, evidence.clone());
            assert_eq!(judged, Some(Verdict::Done(How::Earlier(record.id.clone()))), "{goal:?}");
        }
    }
}

#[test]
fn the_history_proves_what_it_tells_except_how_a_payment_ended() {
    for goal in other_acts() {
        let told = record(&goal, "evt-9", ME);
        let evidence = reached(&goal, vec![told.clone()], vec![]);
        let early = judged_early(intent(goal.clone()), lost(), evidence.clone());
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        if in_payments(&goal) {
            assert_eq!((early, late), (None, Some(Verdict::StillUnknown)), "{goal:?}");
        } else {
            assert_eq!(early, Some(Verdict::Done(How::Recorded(told.id))), "{goal:?}");
        }
    }
}

#[test]
fn a_colleagues_record_is_theirs_once_this_attempt_can_no_longer_arrive() {
    for goal in other_acts() {
        let told = record(&goal, "evt-9", ANN);
        let kept = kept(&goal, ANN);
        let first = kept.as_ref().map_or_else(|| told.id.clone(), |kept| kept.id.clone());
        let evidence = reached(&goal, vec![told], kept.into_iter().collect());
        assert_eq!(
            judged_early(intent(goal.clone()), lost(), evidence.clone()),
            None,
            "{goal:?}"
        );
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(late, Some(Verdict::DoneByOther(first)), "{goal:?}");
    }
}

#[test]
fn a_record_that_names_nobody_is_a_doubt() {
    for goal in other_acts() {
        let Some(mut nameless) = kept(&goal, ME) else { continue };
        nameless.actor = None;
        // Lists of records do not tell automation apart from a person that is not named.
        let evidence = reached(&goal, vec![], vec![nameless]);
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(late, Some(Verdict::StillUnknown), "{goal:?}");
    }
}

#[test]
fn a_record_about_something_else_is_none_of_this_attempts() {
    for goal in other_acts() {
        let goal = about(&goal, "rep-1");
        let other = |entry: Entry| Entry {
            terms: vec![(TERM, "rep-2".into())],
            ..entry
        };
        let evidence = Evidence {
            history: [other(record(&goal, "evt-9", ME))]
                .into_iter()
                .chain(unmoved(&goal).history)
                .collect(),
            records: kept(&goal, ME).map(other).into_iter().collect(),
            ..unmoved(&goal)
        };
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(late, Some(Verdict::NotDone(Proof::Settled)), "{goal:?}");
    }
}

#[test]
fn what_was_in_the_list_when_the_button_was_pressed_is_no_news() {
    for goal in other_acts() {
        let Some(known) = kept(&goal, ME) else { continue };
        let known = [
            // By its id.
            Entry {
                id: EntryId::new("rec-0"),
                ..known.clone()
            },
            // By its time: the list shows late what the order held already.
            Entry {
                occurred_at: Some(Timestamp(1_500)),
                ..known
            },
        ];
        let evidence = Evidence {
            records: known.to_vec(),
            ..unmoved(&goal)
        };
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(late, Some(Verdict::NotDone(Proof::Settled)), "{goal:?}");
    }
}

#[test]
fn nothing_anywhere_is_a_proof_only_after_the_window_or_a_refusal() {
    for goal in other_acts() {
        let evidence = unmoved(&goal);
        assert_eq!(judged_early(intent(goal.clone()), lost(), evidence.clone()), None);
        let late = judged_late(intent(goal.clone()), lost(), evidence.clone());
        assert_eq!(late, Some(Verdict::NotDone(Proof::Settled)), "{goal:?}");
        for reply in refusals() {
            let refused = judged_early(intent(goal.clone()), reply, evidence.clone());
            assert_eq!(refused, Some(Verdict::NotDone(Proof::Refused)), "{goal:?}");
        }
    }
}

#[test]
fn a_payment_that_is_on_its_way_is_pending_and_a_link_that_waits_for_its_payer_is_sent() {
    for goal in other_acts().into_iter().filter(in_payments) {
        let Some(record) = kept(&goal, ME) else { continue };
        let is_link = record.kind == "paymentLink";
        let pending = Entry {
            state: Some("pending".into()),
            ..record
        };
        let evidence = reached(&goal, vec![], vec![pending]);
        let judged = judged_early(intent(goal.clone()), lost(), evidence);
        let id = EntryId::new("rec-9");
        let expected = if is_link {
            Verdict::Done(How::Recorded(id))
        } else {
            Verdict::Pending(id)
        };
        assert_eq!(judged, Some(expected), "{goal:?}");
    }
}

/// The failed one may be an earlier attempt's; this one may still arrive.
#[test]
fn a_payment_that_failed_is_not_done_and_only_when_nothing_can_arrive_any_more() {
    for goal in other_acts().into_iter().filter(in_payments) {
        let Some(record) = kept(&goal, ME) else { continue };
        let failed = Entry {
            state: Some("failed".into()),
            ..record
        };
        let evidence = reached(&goal, vec![], vec![failed]);
        assert_eq!(judged_early(intent(goal.clone()), lost(), evidence.clone()), None);
        let late = judged_late(intent(goal.clone()), lost(), evidence);
        assert_eq!(late, Some(Verdict::NotDone(Proof::Failed)), "{goal:?}");
    }
}

/// A platform may name its entries differently; "not carried out" must not rest on a name.
#[test]
fn where_an_entry_led_counts_when_its_word_is_new_and_not_when_it_is_anothers() {
    for goal in other_acts() {
        let Some([to, ..]) = goal.operation().rule().map(|rule| rule.leads_to) else {
            continue;
        };
        let led = |kind: &str| Entry {
            kind: kind.into(),
            from: Status::OnHold.code(),
            to: to.code(),
            ..entry("evt-9", kind, ME)
        };
        let judged = |kind: &str| {
            let evidence = reached(&goal, vec![led(kind)], vec![]);
            judged_early(intent(goal.clone()), lost(), evidence)
        };
        let proved = Some(Verdict::Done(How::Recorded(EntryId::new("evt-9"))));
        assert_eq!(judged("aWordOfAnotherVersion"), proved, "{goal:?}");
        assert_eq!(judged("reactivated"), None, "{goal:?}");
    }
}
