//! One page, one write, and everything that can become of its answer.

use omnival_core::operation::Method;
use omnival_core::recovery::evidence::{Goal, How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_headless::fake::Plan;

use super::desk::{Office, SETTLE_MS, assign, is_write, order};

#[test]
fn a_p0_write_that_is_answered_is_done_once_and_was_written_down_before_it_left() {
    let office = Office::fenced();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let partition = office.partition.clone();
    office.world.route(move |wire| {
        if is_write(wire) {
            let opened = partition
                .journal()
                .values()
                .any(|text| text.contains(r#""is":"opened""#));
            assert!(opened, "it leaves before it is written down");
        }
        Plan::default()
    });
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
    let ledger = office.orders.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!((ledger[0].intent.as_str(), ledger[0].act), (id.as_str(), "assign"));
    let wire = office.orders.last_write().expect("a write");
    assert_eq!(wire.header("Idempotency-Key"), Some(id.as_str()));
    assert_eq!(
        wire.body.as_deref(),
        Some(r#"{"expectedVersion":1}"#),
        "the fence that was seen"
    );
    assert_eq!(wire.cookie, None);
    assert_eq!(office.stages(), ["ended"]);
    let answered = desk.tracked(&id).answered.expect("the answer's order");
    assert_eq!((answered.at, answered.version), (order("ord-1"), Some(2)));
}

#[test]
fn a_lost_answer_is_verified_and_nothing_is_sent_again() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::answer_lost());
    let id = desk.press(&view, assign());
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(desk.reply(&id), Reply::Lost(Loss::Network));
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (1, 1));
    assert!(desk.happened(&id).contains("records show it"));
}

#[test]
fn a_request_that_never_arrived_is_not_done_and_that_is_certain_only_after_the_window() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::lost());
    let id = desk.press(&view, assign());
    office.run_until("doubt", || desk.is_verifying(&id));
    let began = office.world.now();
    office.world.run(SETTLE_MS - 1_000);
    assert!(desk.is_verifying(&id), "silence proves nothing");
    assert_eq!(office.stages(), ["doubt"]);
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::Settled));
    assert!(office.world.now() - began >= SETTLE_MS);
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (0, 0));
}

/// It arrives long after its answer was given up: a verdict in between would have been a lie.
#[test]
fn a_request_that_arrives_late_is_found() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan {
        arrives_ms: vec![90_000],
        hangs: true,
        ..Plan::default()
    });
    let id = desk.press(&view, Goal::Hold);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(desk.reply(&id), Reply::Lost(Loss::Timeout));
    assert_eq!(office.orders.ledger().len(), 1);
}

#[test]
fn what_cannot_be_found_out_stays_unknown_blocks_and_is_settled_by_watching_on() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::answer_lost());
    let id = desk.press(&view, assign());
    office.orders.set_unreadable(true);
    assert_eq!(desk.verdict(&office, &id), Verdict::StillUnknown);
    let again = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&again), Reply::NotSent(NotSent::Busy));
    office.orders.set_unreadable(false);
    desk.attempts.watch_on(&id);
    assert!(desk.is_verifying(&id));
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (1, 1));
}

/// Nobody could have read: that is not the same as reading in vain.
#[test]
fn while_offline_or_signed_out_it_waits_and_comes_to_its_verdict_afterwards() {
    let office = Office::new();
    let desk = office.desk();
    for (id, signed_out) in [("ord-1", false), ("ord-2", true)] {
        let view = desk.look(id);
        office.writes_go(&Plan::answer_lost());
        let pressed = desk.press(&view, assign());
        office.run_until("it is carried out", || {
            office
                .orders
                .ledger()
                .iter()
                .any(|done| done.intent == pressed.as_str())
        });
        if signed_out {
            office.server.revoke_all();
        } else {
            office.partition.set_offline(true);
        }
        office.world.run(900_000);
        assert!(desk.is_verifying(&pressed));
        if signed_out {
            desk.sign_in(super::orders::ME);
        }
        office.partition.set_offline(false);
        let verdict = desk.verdict(&office, &pressed);
        assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    }
    assert_eq!(office.orders.arrived().len(), 2);
}

#[test]
fn the_operator_who_made_sure_may_act_again() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::lost());
    let id = desk.press(&view, assign());
    office.orders.set_unreadable(true);
    assert_eq!(desk.verdict(&office, &id), Verdict::StillUnknown);
    office.orders.set_unreadable(false);
    office.writes_go(&Plan::default());
    desk.attempts.dismiss(&id);
    office.world.run(100);
    assert!(desk.attempts.on_order(&order("ord-1").order).is_none());
    let again = desk.press(&desk.look("ord-1"), assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::Done(How::Answered));
    assert_eq!(office.orders.arrived(), [again.as_str()]);
}

#[test]
fn a_401_means_one_refresh_no_replay_and_a_reading_before_the_button_comes_back() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let (server, before) = (office.server.clone(), office.server.refreshes());
    office.world.route(move |wire| {
        if is_write(wire) {
            server.expire_all();
        } else if wire.method == Method::Get {
            assert!(server.takes(wire.bearer()), "read with the token that was refused");
        }
        Plan::default()
    });
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::Refused));
    assert_eq!(desk.reply(&id).status(), Some(401));
    assert_eq!(office.server.refreshes() - before, 1);
    assert!(
        office.orders.arrived().is_empty(),
        "the session refused it before it came so far"
    );
    assert!(desk.tracked(&id).attempt.reads() >= 1);
    office.writes_go(&Plan::default());
    let again = desk.press(&desk.look("ord-1"), assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::Done(How::Answered));
    assert_eq!(office.orders.arrived(), [again.as_str()]);
}

#[test]
fn a_409_is_told_by_who_made_the_difference() {
    let office = Office::fenced();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.orders.colleague_holds("ord-1");
    office.world.run(2_000);
    let id = desk.press(&view, Goal::Hold);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::DoneByOther(_)), "{verdict:?}");
    assert!(desk.happened(&id).starts_with("Ann Colleague put this order on hold"));
    assert!(office.orders.ledger().is_empty());
}

#[test]
fn a_409_to_an_act_that_nobody_did_says_where_the_order_went() {
    let office = Office::fenced();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.orders.colleague_holds("ord-1");
    office.world.run(2_000);
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Moved);
    assert!(desk.happened(&id).contains("“On hold”"), "{}", desk.happened(&id));
}

/// The browser sends the request again by itself; the second copy meets the first one's work.
#[test]
fn the_operators_own_earlier_copy_is_never_called_somebody_elses() {
    let office = Office::fenced();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan {
        arrives_ms: vec![10, 500],
        ..Plan::default()
    });
    let id = desk.press(&view, Goal::Hold);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Earlier(_))), "{verdict:?}");
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (1, 2));
}

#[test]
fn a_refusal_is_final_and_said_in_the_platforms_words() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.orders.refuse_next(422);
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::Refused));
    assert!(desk.happened(&id).contains("has its reasons to refuse this"));
    let again = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::Done(How::Answered));
}

#[test]
fn offline_or_without_a_session_nothing_is_written_down_and_nothing_sent() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.server.revoke_all();
    office.world.run(900_000);
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&id), Reply::NotSent(NotSent::NoSession));
    desk.sign_in(super::orders::ME);
    office.partition.set_offline(true);
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&id), Reply::NotSent(NotSent::Offline));
    assert!(office.orders.arrived().is_empty());
}
