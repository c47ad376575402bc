//! What the operator is told outside the screen where they pressed, and what counts as told.

use omnival_core::ids::{ClientId, OrderId};
use omnival_core::message::Tone;
use omnival_core::operation::Operation;
use omnival_core::recovery::evidence::{How, Verdict};
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_headless::api::Failure;
use omnival_headless::attempts::Place;
use omnival_headless::fake::Plan;
use omnival_headless::platform::Topic;

use super::desk::{Office, assign, order};

fn at(id: &str) -> Option<Place> {
    Some(Place::order(&order(id)))
}

#[test]
fn what_went_well_is_said_once_in_passing_and_only_elsewhere() {
    let office = Office::new();
    let desk = office.desk();
    desk.attempts.is_at(at("ord-1"));
    let id = desk.press(&desk.look("ord-1"), assign());
    desk.verdict(&office, &id);
    assert!(desk.attempts.in_passing().is_empty(), "its own screen says it");
    desk.attempts.is_at(None);
    assert_eq!(desk.attempts.in_passing(), ["ord-1: The vendor was assigned."]);
    assert!(desk.attempts.in_passing().is_empty());
    assert!(!desk.attempts.saw(&id), "it was told");
    assert!(desk.attempts.notices().is_empty());
    let next = desk.press(&desk.look("ord-2"), assign());
    desk.verdict(&office, &next);
    assert_eq!(desk.attempts.in_passing(), ["ord-2: The vendor was assigned."]);
}

#[test]
fn its_own_screen_tells_it_first() {
    let office = Office::new();
    let desk = office.desk();
    desk.attempts.is_at(at("ord-1"));
    let id = desk.press(&desk.look("ord-1"), assign());
    desk.verdict(&office, &id);
    assert!(desk.attempts.saw(&id) && !desk.attempts.saw(&id));
    desk.attempts.is_at(None);
    assert!(desk.attempts.in_passing().is_empty());
}

#[test]
fn what_ended_badly_stands_on_every_other_screen_until_it_was_read() {
    let office = Office::new();
    let desk = office.desk();
    desk.attempts.is_at(at("ord-2"));
    office.orders.refuse_next(403);
    let id = desk.press(&desk.look("ord-1"), assign());
    desk.verdict(&office, &id);
    let notices = desk.attempts.notices();
    assert_eq!(notices.len(), 1);
    let notice = &notices[0];
    assert_eq!(
        (notice.attempt.as_ref(), notice.tone, notice.place.as_ref()),
        (Some(&id), Tone::Warning, at("ord-1").as_ref())
    );
    assert!(notice.happened.contains("not allowed to do this"));
    let details = notice.details.text();
    for fact in [
        "ord-1",
        "403",
        id.as_str(),
        "assigning the vendor",
        "Retried by the user: no",
    ] {
        assert!(details.contains(fact), "{fact}: {details}");
    }
    desk.attempts.is_at(at("ord-1"));
    assert!(desk.attempts.notices().is_empty(), "its own screen shows it");
    desk.attempts.is_at(None);
    assert_eq!(desk.attempts.notices().len(), 1, "they went on at once");
    desk.attempts.has_read(&notices[0]);
    assert!(desk.attempts.notices().is_empty());
    assert!(desk.attempts.in_passing().is_empty());
}

#[test]
fn an_end_that_stood_for_a_moment_on_its_own_screen_is_told() {
    let office = Office::new();
    let desk = office.desk();
    let told_after = |ms: u64, id: &str| {
        desk.attempts.is_at(at(id));
        office.orders.refuse_next(403);
        let pressed = desk.press(&desk.look(id), assign());
        desk.verdict(&office, &pressed);
        desk.attempts.stands(&pressed);
        office.world.run(ms);
        desk.attempts.is_at(None);
        office.world.run(10_000);
        let is_told = desk.attempts.notices().is_empty();
        desk.attempts.saw(&pressed);
        is_told
    };
    assert!(!told_after(1_000, "ord-1"), "they left before they could read it");
    assert!(told_after(2_000, "ord-2"));
}

#[test]
fn a_doubt_that_is_watched_on_is_told_anew() {
    let office = Office::new();
    let desk = office.desk();
    office.writes_go(&Plan::answer_lost());
    let id = desk.press(&desk.look("ord-1"), assign());
    office.orders.set_unreadable(true);
    assert_eq!(desk.verdict(&office, &id), Verdict::StillUnknown);
    assert_eq!(
        desk.attempts.unsettled()[0].state,
        "assigning the vendor, outcome unknown"
    );
    assert!(desk.attempts.saw(&id));
    office.orders.set_unreadable(false);
    desk.attempts.watch_on(&id);
    assert_eq!(
        desk.attempts.unsettled()[0].state,
        "assigning the vendor, being checked"
    );
    let verdict = desk.verdict(&office, &id);
    assert!(matches!(verdict, Verdict::Done(How::Recorded(_))));
    assert!(desk.attempts.unsettled().is_empty());
    let notices = desk.attempts.notices();
    assert_eq!((notices.len(), notices[0].tone), (1, Tone::Good));
    assert!(notices[0].happened.contains("records show it"));
}

#[test]
fn what_is_put_away_is_told() {
    let office = Office::new();
    let desk = office.desk();
    office.orders.refuse_next(403);
    let id = desk.press(&desk.look("ord-1"), assign());
    desk.verdict(&office, &id);
    desk.attempts.dismiss(&id);
    assert!(desk.attempts.notices().is_empty());
    assert!(desk.attempts.on_order(&order("ord-1").order).is_none());
}

fn lost() -> Failure {
    Failure {
        operation: Operation::SaveProperty,
        endpoint: "PUT /x".into(),
        reply: Reply::Lost(Loss::Network),
        correlation: Some("corr-1".into()),
    }
}

#[test]
fn a_repeatable_write_whose_screen_was_left_is_told_to_whoever_began_it() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let edit = Place::EditDraft(ClientId::new("cli-1"), OrderId::new("ord-1"));
    let left = desk.attempts.if_left(&view.order, edit.clone());
    left.worked("the draft was saved");
    assert_eq!(
        desk.attempts.in_passing(),
        [format!("{}: the draft was saved.", view.order.title())]
    );
    left.failed(&lost());
    let notices = desk.attempts.notices();
    assert_eq!(
        (notices.len(), notices[0].attempt.is_none(), notices[0].place.as_ref()),
        (1, true, Some(&edit))
    );
    let details = notices[0].details.text();
    for fact in ["ord-1", "corr-1", "usr-me (usr-me)", "saving the property"] {
        assert!(details.contains(fact), "{fact}: {details}");
    }
    desk.attempts.has_read(&notices[0]);
    assert!(desk.attempts.notices().is_empty());
    left.failed(&lost());
    desk.api.session().sign_out();
    desk.sign_in("usr-next");
    assert!(desk.attempts.notices().is_empty(), "none of the next person's business");
    left.failed(&lost());
    left.worked("the draft was saved");
    assert!(desk.attempts.notices().is_empty() && desk.attempts.in_passing().is_empty());
}

#[test]
fn views_are_told_whenever_they_would_show_something_else() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let count = |topic| desk.page.changes(topic);
    let (attempts, journal) = (count(Topic::Attempts), count(Topic::Journal));
    let id = desk.press(&view, assign());
    assert!(count(Topic::Attempts) > attempts, "it is being prepared");
    desk.verdict(&office, &id);
    office.world.run(100);
    // Prepared, recorded, sent, ended; and the journal once with it open at the latest when it ended.
    assert!(count(Topic::Attempts) >= attempts + 4);
    assert!(count(Topic::Journal) > journal);
    let (attempts, journal) = (count(Topic::Attempts), count(Topic::Journal));
    office.world.run(600_000);
    assert_eq!(
        (count(Topic::Attempts), count(Topic::Journal)),
        (attempts, journal),
        "and then not any more"
    );
}

#[test]
fn an_earlier_attempt_of_the_same_kind_is_counted_for_support() {
    let office = Office::new();
    let desk = office.desk();
    let view = desk.look("ord-1");
    let mut pressed = Vec::new();
    for _ in 0..3 {
        office.orders.refuse_next(422);
        let id = desk.press(&view, assign());
        desk.verdict(&office, &id);
        pressed.push(id);
    }
    let earlier: Vec<_> = pressed
        .iter()
        .map(|id| desk.attempts.earlier(&desk.tracked(id).attempt.intent))
        .collect();
    assert_eq!(earlier, [0, 1, 2]);
    let newest = desk.attempts.on_order(&order("ord-1").order).expect("the newest");
    assert_eq!(newest.attempt.intent.id, pressed[2]);
}
