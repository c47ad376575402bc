use omnival_core::ids::{EntryId, IntentId};
use omnival_core::order::{Gate, Order, Payment, Step};
use omnival_core::recovery::attempt::{Attempt, Event, Patience};
use omnival_core::recovery::ending::{End, Ending, Facts};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, How, Proof, Verdict};
use omnival_core::recovery::journal::{Record, Stage, Stored, TabId};
use omnival_core::recovery::outcome::{Answer, Loss, NotSent, Reply};
use omnival_core::recovery::snapshot::Snapshot;
use omnival_core::time::{Mono, Timestamp};
use omnival_headless::attempts::Tracked;
use omnival_headless::desk::{
    Absorb, Elsewhere, FollowAttempt, FollowElsewhere, Here, Press, Seen, Standing, absorb, close_open, first_text,
    has_arrived, is_due_on_beat, is_due_on_return, known_payments, refusal_at, refused, why_not,
};
use omnival_headless::journal::{Entry, key_of};
use omnival_headless::reads::Read;
use omnival_wire::journal::write;
use omnival_wire::order::{self as decode, History};
use omnival_wire::problem;

use crate::given::{draft, history, order, person};

type Loaded<T> = Read<T, &'static str>;

const FREE: Standing = Standing {
    here: Here::Nothing,
    elsewhere: Elsewhere::Nothing,
    is_outdated: false,
    is_gone: false,
    has_lapsed: false,
};

fn read<T>(value: T) -> Loaded<T> {
    let mut read = Loaded::default();
    read.put(value, Mono(1_000), Timestamp(0));
    read
}

fn failed<T>() -> Loaded<T> {
    let mut read = Loaded::default();
    let turn = read.begin(Mono(0));
    let _ = read.take(turn, Err("lost"), Timestamp(0));
    read
}

fn payments() -> Vec<Payment> {
    decode::payments(r#"{"items":[{"id":"pay-1"},{"id":"pay-2"}]}"#).unwrap()
}

const PATIENCE: Patience = Patience { settle_ms: 1_000 };

const fn tracked(attempt: Attempt) -> Tracked {
    Tracked {
        attempt,
        answered: None,
        is_dismissed: false,
    }
}

fn press() -> Press {
    Press {
        id: IntentId::new("press-1"),
        by: person("operations", &[]),
        at: Timestamp(77),
        goal: Goal::Hold,
        asked: vec![("Reason".into(), "why".to_owned())],
        endpoint: "POST /x".to_owned(),
    }
}

/// An attempt of the order as the journal holds it, at this stage.
fn entry(stage: Stage) -> Entry {
    let (order, payments) = (read(draft(4, "")), read(payments()));
    let seen = Seen::now(&order, &read(history([], false)), &payments).unwrap();
    let record = Record {
        intent: seen.intent(press(), Here::Nothing).unwrap(),
        owner: TabId::new("page-1"),
        stage,
    };
    Entry::of((key_of(&record), write(&record)))
}

#[test]
fn what_the_journal_holds_stands_against_a_new_action() {
    let ended = Ending {
        reply: Reply::Lost(Loss::Network),
        end: End::Judged {
            verdict: Verdict::StillUnknown,
            facts: Facts::default(),
        },
        unsettled: true,
    };
    let damaged = Entry::of(("x|y".to_owned(), "{".to_owned()));
    assert_eq!(Elsewhere::from(None), Elsewhere::Nothing);
    assert_eq!(Elsewhere::from(Some(&entry(Stage::Opened))), Elsewhere::Open);
    assert_eq!(Elsewhere::from(Some(&entry(Stage::Ended(ended)))), Elsewhere::Unknown);
    assert_eq!(Elsewhere::from(Some(&damaged)), Elsewhere::Damaged);
}

#[test]
fn an_attempt_of_this_page_is_open_until_it_is_concluded() {
    let intent = || entry(Stage::Opened).record().unwrap().intent.clone();
    let (mut unsent, _) = Attempt::begin(intent(), PATIENCE);
    assert_eq!(Here::from(None), Here::Nothing);
    assert_eq!(Here::from(Some(&tracked(unsent.clone()))), Here::Open);
    let _ = unsent.step(Event::Unready(NotSent::Offline), Mono(0));
    assert_eq!(Here::from(Some(&tracked(unsent))), Here::Ended);
    let (mut unknown, _) = Attempt::resume(entry(Stage::Opened).record().unwrap().clone(), PATIENCE, Mono(0));
    let mut now = Mono(2_000);
    while unknown.conclusion().is_none() {
        let read = unknown.reads();
        let _ = unknown.step(Event::ReadFailed { read, counts: true }, now);
        now = now.plus(600_000);
        let _ = unknown.step(Event::Woke, now);
    }
    assert_eq!(Here::from(Some(&tracked(unknown))), Here::Unknown);
}

#[test]
fn nothing_can_be_begun_before_history_and_payments_are_there() {
    let (there, awaited) = (read(()), Loaded::<()>::default());
    assert_eq!(why_not(FREE, &there, &there), None);
    assert_eq!(
        why_not(FREE, &awaited, &there),
        Some("The order's history is still being read.")
    );
    assert_eq!(
        why_not(FREE, &there, &awaited),
        Some("The order's history is still being read.")
    );
    for words in [
        why_not(FREE, &failed::<()>(), &there),
        why_not(FREE, &there, &failed::<()>()),
    ] {
        assert!(words.unwrap().ends_with("Read it again first."));
    }
    let mut stale = read(());
    let turn = stale.begin(Mono(2_000));
    assert_eq!(why_not(FREE, &stale, &there), None, "it is there while it is read anew");
    let _ = stale.take(turn, Err("lost"), Timestamp(0));
    assert_eq!(why_not(FREE, &stale, &there), None, "a failure takes nothing away");
}

#[test]
fn the_weightiest_reason_is_said_first() {
    let there = read(());
    let words = |standing| why_not(standing, &there, &there).unwrap_or("");
    let mut all = Standing {
        here: Here::Open,
        elsewhere: Elsewhere::Open,
        is_outdated: true,
        is_gone: true,
        has_lapsed: true,
    };
    assert!(words(all).contains("carried out or checked"));
    all.here = Here::Unknown;
    assert!(words(all).starts_with("It is not known what became"));
    all.here = Here::Ended;
    assert!(words(all).contains("in another tab."));
    all.elsewhere = Elsewhere::Unknown;
    assert!(words(all).starts_with("It is not known what became"));
    all.elsewhere = Elsewhere::Damaged;
    assert!(words(all).contains("is damaged"));
    all.elsewhere = Elsewhere::Nothing;
    assert!(words(all).contains("has just ended"));
    all.is_outdated = false;
    assert!(words(all).contains("does not exist any more"));
    all.is_gone = false;
    assert!(words(all).contains("session expired"));
    all.has_lapsed = false;
    assert_eq!(words(all), "", "an attempt that ended blocks nothing");
}

#[test]
fn open_gates_close_and_closed_ones_keep_their_reason() {
    let closed = |why: &'static str| Gate::Closed(why.into());
    let mut gates = [Gate::Open, closed("own"), Gate::Open];
    close_open(&mut gates, None);
    assert_eq!(gates, [Gate::Open, closed("own"), Gate::Open]);
    close_open(&mut gates, Some("why"));
    assert_eq!(gates, [closed("why"), closed("own"), closed("why")]);
}

#[test]
fn a_vendors_payments_are_none_without_reading() {
    assert_eq!(known_payments(Some(&person("vendor", &[]))), Some(Vec::new()));
    assert_eq!(known_payments(Some(&person("operations", &[]))), None);
    assert_eq!(known_payments(None), None);
}

#[test]
fn the_order_is_read_anew_when_it_is_old_enough_and_somebody_is_signed_in() {
    let order = read(draft(1, ""));
    assert!(!is_due_on_return(&order, false, Mono(6_000)) && is_due_on_return(&order, false, Mono(6_001)));
    assert!(!is_due_on_beat(&order, false, Mono(16_000)) && is_due_on_beat(&order, false, Mono(16_001)));
    assert!(!is_due_on_return(&order, true, Mono(900_000)) && !is_due_on_beat(&order, true, Mono(900_000)));
    assert!(
        is_due_on_beat(&failed::<Order>(), false, Mono(0)),
        "what failed is tried again"
    );
}

#[test]
fn an_end_brings_the_page_up_to_date_with_what_was_read_for_it() {
    let (answered, found) = (draft(2, ""), draft(3, ""));
    let mut evidence = Evidence {
        found: Found::Order(Box::new(found.clone())),
        history: history([3, 2], false).entries,
        records: Vec::new(),
        payments: Vec::new(),
    };
    assert_eq!(absorb(Some(&answered), Some(&evidence)), Absorb::Answered(&answered));
    assert_eq!(
        absorb(None, Some(&evidence)),
        Absorb::Evidence(&found, &evidence.history)
    );
    assert_eq!(absorb(None, None), Absorb::Read);
    evidence.found = Found::Gone;
    assert_eq!(
        absorb(None, Some(&evidence)),
        Absorb::Read,
        "the page says itself that it is gone"
    );
}

#[test]
fn each_end_of_an_attempt_is_taken_up_once() {
    let (one, two) = (IntentId::new("one"), IntentId::new("two"));
    let mut follow = FollowAttempt::default();
    assert!(!follow.stands(&one, false) && follow.stands(&one, true));
    assert!(!follow.stands(&one, true), "ticks of the clock change nothing");
    assert!(
        !follow.stands(&one, false) && follow.stands(&one, true),
        "watched on, it ends again"
    );
    assert!(follow.stands(&two, true), "another one that ended at once");
    assert!(
        FollowAttempt::default().stands(&one, true),
        "it had ended before the page opened"
    );
}

#[test]
fn what_arrived_with_an_attempt_need_not_be_kept() {
    let id = || EntryId::new("h-1");
    for verdict in [
        Verdict::Done(How::Answered),
        Verdict::Done(How::Recorded(id())),
        Verdict::Pending(id()),
    ] {
        assert!(has_arrived(&verdict), "{verdict:?}");
    }
    let others = [
        Verdict::DoneByOther(id()),
        Verdict::Moved,
        Verdict::NotDone(Proof::Refused),
        Verdict::StillUnknown,
    ];
    for verdict in others {
        assert!(!has_arrived(&verdict), "{verdict:?}");
    }
}

#[test]
fn a_field_opens_with_what_was_kept_if_that_is_still_offered() {
    let choices = [("a".to_owned(), "A".to_owned()), ("b".to_owned(), "B".to_owned())];
    let kept = |text: &str| Some(text.to_owned());
    assert_eq!(first_text(kept("b"), &choices, "a"), "b");
    assert_eq!(first_text(kept("c"), &choices, "a"), "a", "not offered any more");
    assert_eq!(first_text(kept("free"), &[], ""), "free");
    assert_eq!(first_text(None, &[], "given"), "given");
}

#[test]
fn a_refusal_is_said_at_its_field_at_the_next_try_of_the_same() {
    let answer = Answer {
        status: 422,
        problem: problem::read(r#"{"errors":[{"field":"reason","message":"Too short."}]}"#).problem,
        correlation: None,
        retry_after_ms: None,
    };
    let (mut attempt, _) = Attempt::begin(entry(Stage::Opened).record().unwrap().intent.clone(), PATIENCE);
    let _ = attempt.step(Event::Ready, Mono(0));
    let _ = attempt.step(Event::Recorded(Stored::Yes), Mono(0));
    let _ = attempt.step(Event::Replied(Reply::Answered(answer)), Mono(0));
    let last = tracked(attempt);
    let said = refused(Some(&last), Step::Hold);
    assert_eq!(said, [("reason".to_owned(), "Too short.".to_owned())]);
    assert_eq!(refused(Some(&last), Step::Cancel), [], "another step");
    assert_eq!(refused(None, Step::Hold), []);
    let parts = [("reason[0].text".to_owned(), "Too short.".to_owned())];
    for (field, refused, is_said) in [
        ("reason", &said[..], true),
        ("reason", &parts, true),
        ("reas", &said, false),
        ("reasons", &said, false),
        ("note", &parts, false),
    ] {
        assert_eq!(refusal_at(field, refused).is_some(), is_said, "{field} {refused:?}");
    }
}

#[test]
fn what_was_read_before_another_tabs_attempt_ended_is_outdated() {
    let mut follow = FollowElsewhere::default();
    assert!(!follow.stands(false, Mono(1)) && !follow.stands(true, Mono(2)) && !follow.stands(true, Mono(3)));
    assert_eq!(follow.ended_at(), None);
    assert!(follow.stands(false, Mono(1_500)), "it has just ended");
    let ended = follow.ended_at().unwrap();
    let mut order = read(draft(1, ""));
    assert!(order.is_from_before(ended));
    let turn = order.begin(Mono(1_499));
    let _ = order.take(turn, Ok(draft(2, "")), Timestamp(0));
    assert!(order.is_from_before(ended), "that read began before the end");
    let turn = order.begin(ended);
    let _ = order.take(turn, Ok(draft(2, "")), Timestamp(0));
    assert!(!order.is_from_before(ended));
    assert!(!follow.stands(false, Mono(9_000)) && follow.ended_at() == Some(ended));
}

#[test]
fn what_was_seen_is_what_a_write_is_judged_and_fenced_against() {
    let (order, history) = (read(draft(4, "")), read(history([9, 8], true)));
    let payments = read(payments());
    let seen = Seen::now(&order, &history, &payments).unwrap();
    let target = seen.target("r-1");
    assert_eq!(
        (target.at, target.version, target.id),
        (&draft(4, "").at, Some(4), "r-1")
    );
    assert!(!seen.has_changed(&order) && seen.has_changed(&read(draft(5, ""))));
    assert!(!seen.has_changed(&failed()), "nothing newer is known");
    let seen = seen.beside([EntryId::new("r-1")]);
    assert_eq!(seen.intent(press(), Here::Open), None, "a second click on the way");
    for here in [Here::Nothing, Here::Unknown, Here::Ended] {
        assert!(seen.intent(press(), here).is_some(), "{here:?}");
    }
    let intent = seen.intent(press(), Here::Nothing).unwrap();
    assert_eq!(
        (intent.id.as_str(), intent.user.as_str(), intent.user_name.as_str()),
        ("press-1", "usr-1", "Ann")
    );
    assert_eq!(
        (intent.at, intent.pressed_at, intent.goal),
        (Some(draft(4, "").at), Timestamp(77), Goal::Hold)
    );
    assert_eq!(
        (intent.asked, intent.endpoint.as_str()),
        (vec![("Reason".into(), "why".to_owned())], "POST /x")
    );
    let baseline = intent.baseline;
    assert_eq!(baseline.newest, Some(EntryId::new("h-9")));
    assert_eq!(
        baseline.payments.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["pay-1", "pay-2"]
    );
    assert_eq!(baseline.records, [EntryId::new("r-1")]);
    assert_eq!(baseline.order, Some(Snapshot::of(&draft(4, ""))));
}

#[test]
fn nothing_is_seen_while_something_is_missing() {
    let (order, history) = (read(order(r#""version":1"#)), read(history([], false)));
    let payments = read(payments());
    assert!(Seen::now(&Loaded::default(), &history, &payments).is_none());
    assert!(Seen::now(&order, &Loaded::<History>::default(), &payments).is_none());
    assert!(Seen::now(&order, &history, &failed()).is_none());
    let seen = Seen::now(&order, &history, &payments).unwrap();
    let intent = seen.intent(press(), Here::Nothing).unwrap();
    assert_eq!(intent.baseline.newest, None, "a draft leaves no history");
}
