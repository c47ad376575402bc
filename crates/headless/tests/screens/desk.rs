use omnival_core::ids::{EntryId, IntentId};
use omnival_core::order::{Gate, Order, Payment};
use omnival_core::recovery::evidence::{Evidence, Found};
use omnival_core::time::{Mono, Timestamp};
use omnival_headless::desk::{
    Absorb, Attempt, Elsewhere, First, FollowAttempt, FollowElsewhere, Seen, Standing, absorb, close_open, first,
    is_due_on_beat, is_due_on_return, known_payments, why_not,
};
use omnival_headless::reads::Read;
use omnival_wire::order::{self as decode, History};

use crate::given::{draft, history, numbers, order, person};

type Loaded<T> = Read<T, &'static str>;

const FREE: Standing = Standing {
    attempt: Attempt::None,
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
        attempt: Attempt::Open,
        elsewhere: Elsewhere::Open,
        is_outdated: true,
        is_gone: true,
        has_lapsed: true,
    };
    assert!(words(all).contains("carried out or checked"));
    all.attempt = Attempt::Unknown;
    assert!(words(all).starts_with("It is not known what became"));
    all.attempt = Attempt::Ended;
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
fn the_order_is_found_by_its_id_then_read_with_its_records() {
    assert_eq!(first(&Loaded::<Order>::default()), First::ById);
    assert_eq!(first(&failed()), First::ById);
    let draft = draft(1, "");
    assert_eq!(first(&read(draft.clone())), First::All(draft.at));
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
    assert_eq!((seen.fence(true), seen.fence(false)), (Some(4), None));
    assert!(!seen.has_changed(&order) && seen.has_changed(&read(draft(5, ""))));
    assert!(!seen.has_changed(&failed()), "nothing newer is known");
    let baseline = seen.beside([EntryId::new("r-1")]).baseline();
    assert_eq!(baseline.newest, Some(EntryId::new("h-9")));
    assert_eq!(
        baseline.payments.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["pay-1", "pay-2"]
    );
    assert_eq!(baseline.records, [EntryId::new("r-1")]);
    assert!(baseline.order.is_some());
}

#[test]
fn nothing_is_seen_while_something_is_missing() {
    let (order, history) = (read(order(r#""version":1"#)), read(history([], false)));
    let payments = read(payments());
    assert!(Seen::now(&Loaded::default(), &history, &payments).is_none());
    assert!(Seen::now(&order, &Loaded::<History>::default(), &payments).is_none());
    assert!(Seen::now(&order, &history, &failed()).is_none());
    let seen = Seen::now(&order, &history, &payments).unwrap();
    assert_eq!(numbers(history.value.as_ref().unwrap()), Vec::<usize>::new());
    assert_eq!(seen.baseline().newest, None);
}
