//! Writes with a file, which can be called back on their way.

use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_headless::fake::Plan;
use omnival_headless::platform::Topic;

use super::desk::{Office, SETTLE_MS};

#[test]
fn a_file_is_sent_once_and_its_progress_is_told() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let before = desk.page.changes(Topic::Uploads);
    let id = desk.upload(&view);
    office.run_until("it is on its way", || desk.attempts.upload_of(&id).is_some());
    let upload = desk.attempts.upload_of(&id).expect("on its way");
    assert_eq!((upload.name.as_str(), upload.intent), ("plan.pdf", id.clone()));
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
    assert!(desk.attempts.upload_of(&id).is_none());
    assert!(desk.page.changes(Topic::Uploads) > before + 2);
    assert_eq!((office.orders.ledger().len(), office.orders.arrived().len()), (1, 1));
}

#[test]
fn what_was_called_back_too_late_is_found_to_be_done() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan {
        arrives_ms: vec![100],
        hangs: true,
        ..Plan::default()
    });
    let id = desk.upload(&view);
    office.run_until("it has arrived", || !office.orders.ledger().is_empty());
    desk.attempts.cancel_upload(&id);
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))), "{verdict:?}");
    assert_eq!(desk.reply(&id), Reply::Lost(Loss::Cancelled));
    assert!(desk.happened(&id).contains("You called it back before an answer came"));
    assert_eq!(office.orders.arrived().len(), 1);
}

#[test]
fn what_was_called_back_in_time_is_not_done_once_that_is_certain() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    office.writes_go(&Plan {
        arrives_ms: Vec::new(),
        hangs: true,
        ..Plan::default()
    });
    let id = desk.upload(&view);
    office.run_until("it is on its way", || desk.attempts.upload_of(&id).is_some());
    office.world.run(1_000);
    desk.attempts.cancel_upload(&id);
    let began = office.world.now();
    assert_eq!(desk.verdict(&office, &id), Verdict::NotDone(Proof::Settled));
    assert!(office.world.now() - began >= SETTLE_MS);
    assert!(desk.attempts.upload_of(&id).is_none() && office.orders.ledger().is_empty());
}

#[test]
fn calling_back_what_is_not_on_its_way_does_nothing() {
    let office = Office::new();
    let desk = office.desk();
    let id = desk.upload(&desk.look("ord-1"));
    desk.verdict(&office, &id);
    desk.attempts.cancel_upload(&id);
    office.world.run(1_000);
    assert_eq!(desk.verdict(&office, &id), Verdict::Done(How::Answered));
}
