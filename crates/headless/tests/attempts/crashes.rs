//! Pages that die, people who change, and pages that lose an attempt to another.

use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::Stage;
use omnival_core::recovery::evidence::{Goal, How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_headless::fake::{Journal, Plan};
use omnival_headless::platform::{Area, KeyValue, PageLife};

use super::desk::{Desk, Office, SETTLE_MS, assign, is_write};
use super::orders::ME;

fn is_sending(desk: &Desk, id: &IntentId) -> bool {
    *desk.tracked(id).attempt.stage() == Stage::Sending
}

/// The page dies as soon as its write has left.
fn sends_and_dies(office: &Office, desk: &Desk, plan: &Plan) -> IntentId {
    let view = desk.look("ord-1");
    office.writes_go(plan);
    let id = desk.press(&view, assign());
    office.run_until("it is sent", || is_sending(desk, &id));
    office.world.run(1);
    assert!(office.orders.arrived().is_empty());
    desk.page.end();
    id
}

#[test]
fn what_a_page_sent_and_died_is_verified_by_another_and_never_sent_again() {
    let office = Office::new();
    let (dies, stays) = (office.desk(), office.another());
    let id = sends_and_dies(&office, &dies, &Plan::default());
    office.run_until("taken up", || stays.attempts.get(&id).is_some());
    let verdict = stays.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(stays.reply(&id), Reply::Lost(Loss::Interrupted));
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (1, 1));
    assert_eq!(office.stages(), ["ended"]);
}

#[test]
fn what_never_arrived_is_certain_only_after_a_window_of_the_page_that_took_it_up() {
    let office = Office::new();
    let (dies, stays) = (office.desk(), office.another());
    let id = sends_and_dies(&office, &dies, &Plan::lost());
    office.run_until("taken up", || stays.attempts.get(&id).is_some());
    let began = office.world.now();
    assert_eq!(stays.verdict(&office, &id), Verdict::NotDone(Proof::Settled));
    assert!(office.world.now() - began >= SETTLE_MS);
    assert!(office.orders.arrived().is_empty());
}

#[test]
fn the_next_page_takes_up_what_the_last_one_left_and_what_was_watched_counts() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::lost());
    let id = desk.press(&view, assign());
    office.run_until("doubt", || desk.is_verifying(&id));
    office.world.run(100_000);
    desk.page.end();
    let next = office.another();
    office.run_until("taken up", || next.attempts.get(&id).is_some());
    let began = office.world.now();
    assert_eq!(next.verdict(&office, &id), Verdict::NotDone(Proof::Settled));
    assert!(
        (10_000..40_000).contains(&(office.world.now() - began)),
        "the rest of the window"
    );
}

/// Of two pages that both wait for the end of a third, one follows what it left.
#[test]
fn one_page_takes_up_what_a_dead_one_left() {
    let office = Office::new();
    let (dies, stays, waits) = (office.desk(), office.another(), office.another());
    let id = sends_and_dies(&office, &dies, &Plan::lost());
    office.world.run(SETTLE_MS / 2);
    let followers = [&stays, &waits].map(|desk| desk.attempts.followed());
    assert_eq!(followers.iter().sum::<usize>(), 1, "{followers:?}");
    let follower = if followers[0] == 1 { &stays } else { &waits };
    follower.page.end();
    let last = if followers[0] == 1 { &waits } else { &stays };
    assert_eq!(last.verdict(&office, &id), Verdict::NotDone(Proof::Settled));
}

#[test]
fn the_crash_screen_finds_what_was_tried_last() {
    let office = Office::new();
    let desk = office.desk();
    let id = desk.press(&desk.look("ord-1"), assign());
    let left = desk.page.get(Area::Tab, "omnival.last").expect("the facts");
    for fact in [id.as_str(), "ord-1", "assigning the vendor"] {
        assert!(left.contains(fact), "{fact}: {left}");
    }
}

#[test]
fn what_one_person_tried_is_not_the_next_ones_and_is_followed_again_when_they_are_back() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan::answer_lost());
    office.orders.set_unreadable(true);
    let id = desk.press(&view, assign());
    office.run_until("doubt", || desk.is_verifying(&id));
    desk.api.session().sign_out();
    desk.sign_in("usr-next");
    office.world.run(10_000);
    assert!(desk.attempts.get(&id).is_none() && desk.attempts.unsettled().is_empty());
    assert!(desk.attempts.notices().is_empty());
    desk.api.session().sign_out();
    office.orders.set_unreadable(false);
    desk.sign_in(ME);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(office.orders.arrived().len(), 1);
}

/// Somebody else signs in while the page takes it up: it is not verified with their token.
#[test]
fn what_is_being_taken_up_is_left_when_somebody_else_signs_in() {
    let office = Office::new();
    let (dies, stays) = (office.desk(), office.another());
    let id = sends_and_dies(&office, &dies, &Plan::answer_lost());
    office.partition.set_journal(Journal::Takes(700));
    office.world.run(600);
    stays.api.session().sign_out();
    stays.sign_in("usr-next");
    office.world.run(60_000);
    assert!(stays.attempts.get(&id).is_none());
    let owner = format!(r#""owner":"{}""#, stays.page.tab());
    let journal = office.partition.journal();
    assert!(
        journal.values().any(|text| text.contains(&owner)),
        "it was being taken up"
    );
    stays.api.session().sign_out();
    stays.sign_in(ME);
    let verdict = stays.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
}

/// A page lets go of an attempt and takes it up again. A reading that it began before the write arrived comes back after
/// that: it must not count as the one that is under way now, whatever its number.
#[test]
fn a_reading_of_a_former_following_is_nobodys() {
    let mut office = Office::new();
    office.config.timeout_ms = 4_000;
    let desk = office.desk();
    let view = desk.look("ord-1");
    // The write is given up after 4 s and arrives after 6 s. A reading shows how things stood 3.5 s before it is back.
    office.world.route(|wire| {
        if is_write(wire) {
            return Plan {
                arrives_ms: vec![6_000],
                ..Plan::default()
            };
        }
        Plan {
            answers_ms: 3_490,
            ..Plan::default()
        }
    });
    let id = desk.press(&view, Goal::Hold);
    office.run_until("it is sent", || is_sending(&desk, &id));
    // Another page, which lives for a while yet, takes it over and has watched the whole window.
    let other = office.partition.hold("omnival-tab-page-other").expect("free");
    let (key, text) = office.partition.journal().pop_first().expect("a record");
    let owner = format!(r#""owner":"{}""#, desk.page.tab());
    assert!(text.contains(&owner));
    let taken = text.replace(&owner, r#""owner":"page-other""#).replace(
        r#"{"is":"opened"}"#,
        r#"{"is":"doubt","reply":{"lost":"interrupted"},"watchedMs":120000}"#,
    );
    office.partition.tamper(&key, Some(&taken));
    office.run_until("it lets go", || desk.attempts.get(&id).is_none());
    office.run_until("it arrives", || !office.orders.ledger().is_empty());
    office.world.run(500);
    drop(other);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(office.orders.arrived().len(), 1);
}
