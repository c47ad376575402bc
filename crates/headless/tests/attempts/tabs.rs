//! Several pages of one browser at work at the same time.

use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::journal::Subject;
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_headless::fake::Plan;

use super::desk::{Office, assign, order};

#[test]
fn an_expiry_in_three_tabs_with_a_write_in_each_is_one_refresh_and_three_writes() {
    let office = Office::new();
    let desks = [office.desk(), office.another(), office.another()];
    let views: Vec<_> = desks
        .iter()
        .zip(["ord-1", "ord-2", "ord-3"])
        .map(|(desk, id)| desk.look(id))
        .collect();
    let before = office.server.refreshes();
    // Every token is at its end.
    office.world.run(1_000_000);
    let pressed: Vec<_> = desks
        .iter()
        .zip(&views)
        .map(|(desk, view)| desk.press(view, assign()))
        .collect();
    for (desk, id) in desks.iter().zip(&pressed) {
        assert_eq!(desk.verdict(&office, id), Verdict::Done(How::Answered));
    }
    assert_eq!(office.server.refreshes() - before, 1);
    let mut done: Vec<_> = office.orders.ledger().into_iter().map(|done| done.order).collect();
    done.sort();
    assert_eq!(done, ["ord-1", "ord-2", "ord-3"]);
    assert_eq!(office.orders.arrived().len(), 3);
}

/// The tokens look good and are not: each write is refused, none is sent again, and one refresh serves all.
#[test]
fn a_refusal_in_three_tabs_at_once_is_one_refresh_and_no_replay() {
    let office = Office::new();
    let desks = [office.desk(), office.another(), office.another()];
    let views: Vec<_> = desks
        .iter()
        .zip(["ord-1", "ord-2", "ord-3"])
        .map(|(desk, id)| desk.look(id))
        .collect();
    let before = office.server.refreshes();
    office.server.expire_all();
    let pressed: Vec<_> = desks
        .iter()
        .zip(&views)
        .map(|(desk, view)| desk.press(view, assign()))
        .collect();
    for (desk, id) in desks.iter().zip(&pressed) {
        assert_eq!(desk.verdict(&office, id), Verdict::NotDone(Proof::Refused));
        assert_eq!(desk.reply(id).status(), Some(401));
    }
    assert_eq!(office.server.refreshes() - before, 1);
    assert!(office.orders.ledger().is_empty() && office.orders.arrived().is_empty());
}

#[test]
fn two_tabs_that_press_at_the_same_moment_send_one() {
    let office = Office::new();
    let (one, other) = (office.desk(), office.another());
    let (view, same) = (one.look("ord-1"), other.look("ord-1"));
    let (first, second) = (one.press(&view, assign()), other.press(&same, assign()));
    let verdicts = [one.verdict(&office, &first), other.verdict(&office, &second)];
    assert_eq!(
        verdicts,
        [Verdict::Done(How::Answered), Verdict::NotDone(Proof::NotSent)]
    );
    assert_eq!(other.reply(&second), Reply::NotSent(NotSent::Busy));
    assert!(other.happened(&second).contains("nothing was sent"));
    assert_eq!(office.orders.arrived(), [first.as_str()]);
}

/// The slower one's view is from before the quicker one ended: it is not carried out either.
#[test]
fn a_press_that_did_not_know_of_the_others_end_is_not_sent() {
    let office = Office::new();
    let (one, other) = (office.desk(), office.another());
    let (view, same) = (one.look("ord-1"), other.look("ord-1"));
    let first = one.press(&view, assign());
    // This page stands still while the other one works, and presses before it has heard of anything.
    other.page.freeze();
    assert_eq!(one.verdict(&office, &first), Verdict::Done(How::Answered));
    let second = other.press(&same, assign());
    other.page.thaw();
    assert_eq!(other.verdict(&office, &second), Verdict::NotDone(Proof::NotSent));
    assert_eq!(other.reply(&second), Reply::NotSent(NotSent::Busy));
    assert_eq!(office.orders.ledger().len(), 1);
    let third = other.press(&other.look("ord-1"), assign());
    assert_eq!(
        other.verdict(&office, &third),
        Verdict::Done(How::Answered),
        "now it knows"
    );
}

#[test]
fn an_attempt_of_another_tab_is_shown_and_stands_against_new_ones_until_it_has_ended() {
    let office = Office::new();
    let (one, other) = (office.desk(), office.another());
    office.writes_go(&Plan::lost());
    let view = one.look("ord-1");
    let id = one.press(&view, assign());
    office.run_until("doubt", || one.is_verifying(&id));
    office.world.run(1_000);
    let subject = Subject::of(&one.tracked(&id).attempt.intent);
    assert!(one.attempts.elsewhere(&subject).is_none());
    let elsewhere = other.attempts.elsewhere(&subject).expect("held by the other tab");
    assert!(
        elsewhere
            .record()
            .is_some_and(|record| record.is_open() && *record.id() == id)
    );
    assert_eq!(
        other.attempts.unsettled()[0].state,
        "assigning the vendor, being checked in another tab"
    );
    assert_eq!((one.attempts.followed(), other.attempts.followed()), (1, 0));
    one.verdict(&office, &id);
    office.world.run(1_000);
    assert!(other.attempts.elsewhere(&subject).is_none() && other.attempts.unsettled().is_empty());
    let tried = other.attempts.tried_on(&order("ord-1").order);
    assert_eq!(tried.len(), 1);
}

/// "Still unknown" is watched on from the other tab: whoever follows it, the first page lets go of it.
#[test]
fn a_doubt_is_watched_on_from_another_tab_and_the_first_page_lets_go() {
    let office = Office::new();
    let (one, other) = (office.desk(), office.another());
    let view = one.look("ord-1");
    office.writes_go(&Plan::answer_lost());
    let id = one.press(&view, assign());
    office.orders.set_unreadable(true);
    assert_eq!(one.verdict(&office, &id), Verdict::StillUnknown);
    office.world.run(1_000);
    office.orders.set_unreadable(false);
    let subject = Subject::of(&one.tracked(&id).attempt.intent);
    let held = other.attempts.elsewhere(&subject).expect("unsettled");
    other.attempts.take_up(held.record().expect("a record").clone());
    let verdict = other.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert!(one.attempts.get(&id).is_none(), "its record is the truth now");
    assert_eq!(office.orders.arrived().len(), 1);
}

/// The pages cannot hear each other: the journal itself tells what stands in the way, and that is shown then.
#[test]
fn without_a_channel_the_journal_still_lets_one_in_and_says_what_is_in_the_way() {
    let office = Office::new();
    office.partition.set_channel(false);
    let (one, other) = (office.desk(), office.another());
    let (view, same) = (one.look("ord-1"), other.look("ord-1"));
    office.writes_go(&Plan::lost());
    let first = one.press(&view, assign());
    office.run_until("doubt", || one.is_verifying(&first));
    assert!(other.attempts.unsettled().is_empty(), "it has not heard of it");
    let second = other.press(&same, assign());
    assert_eq!(other.verdict(&office, &second), Verdict::NotDone(Proof::NotSent));
    assert_eq!(other.reply(&second), Reply::NotSent(NotSent::Busy));
    assert_eq!(
        other.attempts.unsettled()[0].state,
        "assigning the vendor, being checked in another tab"
    );
}
