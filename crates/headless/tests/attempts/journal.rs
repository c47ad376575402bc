//! What lies in the journal, and a store that refuses, is slow, or holds what nobody can read.

use omnival_core::ids::UserId;
use omnival_core::message;
use omnival_core::recovery::evidence::{Goal, How, Proof, Verdict};
use omnival_core::recovery::journal::{Stage, Subject};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_headless::fake::{Journal, Plan};

use super::desk::{Office, assign, order};
use super::orders::ME;

/// As an earlier version wrote it.
const OLD: &str = r#"{"v":1,"id":"int-old","owner":"page-old","user":"usr-me","userName":"Mia Operator","pressedAt":1767600000000,"endpoint":"POST /x","at":{"client":"cli-1","loan":"loan-1","order":"ord-1"},"goal":{"is":"hold"},"asked":[],"baseline":{"order":null,"newest":"evt-0","payments":[],"records":[]},"stage":{"is":"ended","reply":{"status":200,"code":null,"message":null,"correlation":null},"word":"done","happened":"The order was put on hold.","next":"It waits.","unsettled":false}}"#;

#[test]
fn a_store_that_refuses_lets_nothing_leave_and_that_is_said() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    assert!(!desk.attempts.is_forgetful());
    office.partition.set_journal(Journal::Refuses);
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&id), Reply::NotSent(NotSent::Unrecorded));
    assert!(desk.happened(&id).contains("could not write it down first"));
    assert!(office.orders.arrived().is_empty());
    office.partition.set_journal(Journal::AtOnce);
    let again = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::Done(How::Answered));
}

#[test]
fn what_took_too_long_to_write_down_is_not_sent_and_its_record_is_ended() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.partition.set_journal(Journal::Takes(10_500));
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&id), Reply::NotSent(NotSent::Unrecorded));
    assert!(office.orders.arrived().is_empty());
    office.partition.set_journal(Journal::AtOnce);
    office.world.run(60_000);
    assert_eq!(office.stages(), ["ended"]);
    let again = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &again), Verdict::Done(How::Answered));
    assert_eq!(office.orders.arrived(), [again.as_str()]);
}

/// The session is refreshed for a while first: that is not the store's fault.
#[test]
fn a_slow_refresh_before_it_does_not_count_as_slow_writing() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.world.run(1_000_000);
    office.world.route(|wire| Plan {
        answers_ms: if wire.url.ends_with("/refresh") { 9_000 } else { 10 },
        ..Plan::default()
    });
    office.partition.set_journal(Journal::Takes(9_000));
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
}

#[test]
fn without_a_journal_the_page_itself_is_the_record_and_lets_one_in() {
    let office = Office::new();
    office.partition.set_journal(Journal::Refuses);
    let desk = office.desk();
    office.world.run(1_000);
    assert!(desk.attempts.is_forgetful());
    let view = desk.look("ord-1");
    office.writes_go(&Plan::answer_lost());
    office.orders.set_unreadable(true);
    let (first, double_click) = (desk.press(&view, assign()), desk.press(&view, assign()));
    assert_eq!(desk.verdict(&office, &double_click), Verdict::NotDone(Proof::NotSent));
    assert_eq!(desk.reply(&double_click), Reply::NotSent(NotSent::Busy));
    assert_eq!(desk.verdict(&office, &first), Verdict::StillUnknown);
    assert_eq!(office.orders.arrived(), [first.as_str()]);
    // What is unknown stands against the next one, until the operator says that they made sure.
    let blocked = desk.press(&view, Goal::Hold);
    assert_eq!(desk.verdict(&office, &blocked), Verdict::NotDone(Proof::NotSent));
    desk.attempts.dismiss(&first);
    office.writes_go(&Plan::default());
    let allowed = desk.press(&view, Goal::Hold);
    assert_eq!(desk.verdict(&office, &allowed), Verdict::Done(How::Answered));
}

#[test]
fn records_are_found_under_the_keys_that_they_always_had() {
    let office = Office::new();
    let desk = office.desk();
    let id = desk.press(&desk.look("ord-1"), assign());
    desk.verdict(&office, &id);
    let keys: Vec<_> = office.partition.journal().into_keys().collect();
    assert_eq!(keys, [format!("{ME}/order/ord-1|{}", id.as_str())]);
}

#[test]
fn what_an_earlier_version_wrote_is_listed_in_its_words_and_stands_against_nothing() {
    let office = Office::new();
    office.partition.tamper("usr-me/order/ord-1|int-old", Some(OLD));
    let desk = office.desk();
    office.world.run(100);
    let tried = desk.attempts.tried_on(&order("ord-1").order);
    let record = tried[0].record().expect("readable");
    let Stage::Ended(ending) = &record.stage else {
        panic!("{record:?}");
    };
    let told = message::ending(record.intent.goal.operation(), ending);
    assert_eq!(
        (told.happened.as_str(), told.next.as_str()),
        ("The order was put on hold.", "It waits.")
    );
    let id = desk.press(&desk.look("ord-1"), assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
    let tried = desk.attempts.tried_on(&order("ord-1").order);
    let ids: Vec<_> = tried
        .iter()
        .filter_map(|entry| entry.found.id())
        .map(|id| id.as_str())
        .collect();
    assert_eq!(ids, [id.as_str(), "int-old"], "the newest first");
}

#[test]
fn a_damaged_record_stands_against_new_ones_can_be_copied_and_goes_when_it_is_put_away() {
    let office = Office::new();
    let key = "usr-me/order/ord-1|torn";
    let secret = [
        "{\"v\":1,\"id\": \"half a rec Bearer s3cr3t.s3cr3t.s3cr3t",
        &"x".repeat(5_000),
    ]
    .concat();
    office.partition.tamper(key, Some(&secret));
    let desk = office.desk();
    office.world.run(100);
    let subject = Subject::order(&UserId::new(ME), &order("ord-1").order);
    assert!(
        desk.attempts
            .elsewhere(&subject)
            .is_some_and(|entry| entry.record().is_none())
    );
    let unsettled = desk.attempts.unsettled();
    let damaged = unsettled[0].damaged.as_ref().expect("damaged");
    assert_eq!(damaged.key, key);
    assert!(damaged.text.contains("half a rec") && !damaged.text.contains("s3cr3t"));
    assert!(damaged.text.ends_with("more characters") && damaged.text.len() < 4_100);
    let view = desk.look("ord-1");
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::NotSent));
    desk.attempts.put_away(damaged.key.clone());
    office.world.run(100);
    assert!(desk.attempts.unsettled().is_empty() && desk.attempts.elsewhere(&subject).is_none());
    let id = desk.press(&view, assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
}

/// Somebody's script copies a record to another order, so that it blocks that one.
#[test]
fn a_record_under_a_key_that_is_not_its_own_is_damage() {
    let office = Office::new();
    office.partition.tamper("usr-me/order/ord-2|int-old", Some(OLD));
    let desk = office.desk();
    office.world.run(100);
    let tried = desk.attempts.tried_on(&order("ord-2").order);
    assert!(tried[0].record().is_none());
}

#[test]
fn another_persons_records_are_neither_shown_nor_in_the_way() {
    let office = Office::new();
    let theirs = OLD
        .replace("usr-me", "usr-else")
        .replace("\"unsettled\":false", "\"unsettled\":true");
    office.partition.tamper("usr-else/order/ord-1|int-old", Some(&theirs));
    let desk = office.desk();
    office.world.run(100);
    assert!(desk.attempts.unsettled().is_empty() && desk.attempts.tried_on(&order("ord-1").order).is_empty());
    let id = desk.press(&desk.look("ord-1"), assign());
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
}
