//! The journal's rules: who is let in, who may write, who takes up what another page left behind.

mod sharing;
mod stages;

use omnival_core::ids::{IntentId, LoanId, OrderId, OrderRef, UserId};
use omnival_core::order::Status;
use omnival_core::recovery::ending::{End, Ending, Facts};
use omnival_core::recovery::evidence::{Goal, How, Verdict};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::{Found, Record, Stage, Stored, Subject, TabId, admit, claim, replaces, spare};
use omnival_core::recovery::outcome::Reply;
use omnival_core::time::Timestamp;

use crate::given::{all_goals, answered, at, create, goals, intent};

pub fn tab(name: &str) -> TabId {
    TabId::new(name)
}

pub fn record(owner: &str, stage: Stage) -> Record {
    Record {
        intent: intent(Goal::Hold),
        owner: tab(owner),
        stage,
    }
}

pub fn doubt(watched_ms: u64) -> Stage {
    Stage::Doubt {
        reply: answered(503),
        watched_ms,
    }
}

pub fn ended(unsettled: bool) -> Stage {
    let verdict = if unsettled {
        Verdict::StillUnknown
    } else {
        Verdict::Done(How::Answered)
    };
    Stage::Ended(Ending {
        reply: answered(503),
        end: End::Judged {
            verdict,
            facts: Facts::default(),
        },
        unsettled,
    })
}

fn found(owner: &str, stage: Stage) -> Found {
    Found::Record(Box::new(record(owner, stage)))
}

fn damaged() -> Found {
    Found::Damaged("{\"intent\":".into())
}

/// Everything that is held was known when the button was pressed.
fn admit_all(held: &[Found]) -> Stored {
    let known: Vec<_> = held.iter().filter_map(|found| found.id().cloned()).collect();
    admit(held, &known)
}

/// Every stage, whether it keeps others out, and whether somebody is to follow it.
fn stages() -> [(Stage, bool, bool); 4] {
    [
        (Stage::Opened, true, true),
        (doubt(0), true, true),
        (ended(true), true, false),
        (ended(false), false, false),
    ]
}

#[test]
fn an_attempt_keeps_others_out_until_it_is_settled_and_is_followed_until_it_has_ended() {
    for (stage, blocks, open) in stages() {
        let record = record("tab-1", stage);
        assert_eq!((record.blocks(), record.is_open()), (blocks, open), "{record:?}");
    }
}

#[test]
fn one_is_let_in_where_nothing_is_unsettled() {
    assert_eq!(admit([], &[]), Stored::Yes);
    for (stage, blocks, _) in stages() {
        let expected = if blocks { Stored::Busy } else { Stored::Yes };
        for held in [
            vec![found("tab-1", stage.clone())],
            vec![found("tab-2", ended(false)), found("tab-1", stage.clone())],
            vec![found("tab-1", stage.clone()), found("tab-2", ended(false))],
        ] {
            assert_eq!(admit_all(&held), expected, "{held:?}");
        }
    }
}

#[test]
fn what_ended_well_only_after_the_button_was_pressed_keeps_out_too() {
    let held = [found("tab-2", ended(false))];
    assert_eq!(admit(&held, &[]), Stored::Busy);
    assert_eq!(admit(&held, &[IntentId::new("another")]), Stored::Busy);
    assert_eq!(admit_all(&held), Stored::Yes);
}

#[test]
fn what_cannot_be_read_keeps_others_out_and_is_nobodys_to_take_up_or_to_clear_away() {
    assert_eq!(admit(&[damaged()], &[]), Stored::Busy);
    assert_eq!(admit_all(&[found("tab-1", ended(false)), damaged()]), Stored::Busy);
    assert_eq!(claim(Some(&damaged()), &tab("tab-1"), &tab("tab-2")), None);
    let many: Vec<_> = (0..1_000).map(|_| damaged()).collect();
    assert!(spare(&many).is_empty());
}

/// The page that follows an attempt still knows it: what it writes is better than what cannot be read.
#[test]
fn the_page_that_knows_better_mends_what_is_damaged_or_gone() {
    for (stage, ..) in stages() {
        let news = record("tab-1", stage);
        assert!(replaces(&news, Some(&damaged())) && replaces(&news, None));
    }
}

#[test]
fn the_owner_writes_until_it_is_settled_and_then_only_what_is_settled_too() {
    for (held, held_blocks, _) in stages() {
        for (news, news_blocks, _) in stages() {
            let may = replaces(&record("tab-1", news.clone()), Some(&found("tab-1", held.clone())));
            assert_eq!(may, held_blocks || !news_blocks, "{news:?} over {held:?}");
        }
    }
}

/// It lost the attempt to another page, or another page's operator has put it away.
#[test]
fn another_page_may_only_settle_what_is_unsettled() {
    for (held, held_blocks, _) in stages() {
        for (news, news_blocks, _) in stages() {
            let may = replaces(&record("tab-1", news.clone()), Some(&found("tab-2", held.clone())));
            assert_eq!(may, held_blocks && !news_blocks, "{news:?} over {held:?}");
        }
    }
}

#[test]
fn what_a_dead_page_left_is_taken_up_once_as_it_stands() {
    for (stage, blocks, _) in stages() {
        let held = found("tab-1", stage.clone());
        let taken = claim(Some(&held), &tab("tab-1"), &tab("tab-2"));
        assert_eq!(taken.is_some(), blocks, "{stage:?}");
        let Some(taken) = taken else { continue };
        assert_eq!(taken, record("tab-2", stage), "only the owner is another");
        let held = Found::Record(Box::new(taken));
        assert_eq!(claim(Some(&held), &tab("tab-1"), &tab("tab-3")), None, "too late");
        assert_eq!(
            claim(Some(&held), &tab("tab-2"), &tab("tab-3")).map(|record| record.owner),
            Some(tab("tab-3"))
        );
    }
    assert_eq!(claim(None, &tab("tab-1"), &tab("tab-2")), None);
}

#[test]
fn putting_away_settles_only_what_has_ended_unsettled() {
    for (stage, ..) in stages() {
        let mut put_away = record("tab-1", stage.clone());
        put_away.put_away();
        let open = !matches!(stage, Stage::Ended(_));
        assert_eq!(put_away.blocks(), open, "{stage:?}");
        let (Stage::Ended(before), Stage::Ended(after)) = (&stage, &put_away.stage) else {
            assert_eq!(put_away.stage, stage);
            continue;
        };
        assert_eq!(
            *after,
            Ending {
                unsettled: false,
                ..before.clone()
            },
            "nothing else is lost"
        );
        assert_eq!(admit_all(&[Found::Record(Box::new(put_away))]), Stored::Yes);
    }
}

/// The operator said in one tab that they made sure; the other tab still shows "still unknown" and goes on watching.
#[test]
fn what_was_put_away_is_not_reopened_by_the_page_that_it_came_from() {
    let mut put_away = record("tab-1", ended(true));
    put_away.put_away();
    let held = Found::Record(Box::new(put_away));
    assert!(!replaces(&record("tab-1", doubt(120_000)), Some(&held)));
    assert!(!replaces(&record("tab-1", ended(true)), Some(&held)));
    assert!(
        replaces(&record("tab-1", ended(false)), Some(&held)),
        "but what it finds out is told"
    );
}

fn intents_of(count: usize, stage: impl Fn(usize) -> Stage) -> Vec<Found> {
    let one = |number: usize| {
        let mut one = record("tab-1", stage(number));
        one.intent.id = IntentId::new(&number.to_string());
        one.intent.pressed_at = Timestamp(i64::try_from(number).unwrap_or(0));
        Found::Record(Box::new(one))
    };
    // In an order that says nothing about their age.
    (0..count).map(|index| one(index * 7 % count)).collect()
}

#[test]
fn the_latest_two_hundred_ends_are_kept() {
    assert!(spare(&intents_of(200, |_| ended(false))).is_empty());
    let mut gone: Vec<_> = spare(&intents_of(205, |_| ended(false)))
        .iter()
        .map(|id| id.as_str().to_owned())
        .collect();
    gone.sort();
    assert_eq!(gone, ["0", "1", "2", "3", "4"], "the oldest");
}

#[test]
fn nothing_unsettled_is_ever_cleared_away_however_old() {
    let (oldest, count) = (50, 500);
    let held = intents_of(count, |number| match number {
        0..10 => Stage::Opened,
        10..20 => doubt(number as u64),
        20..50 => ended(true),
        _ => ended(false),
    });
    let gone = spare(&held);
    assert_eq!(gone.len(), count - oldest - 200);
    assert!(gone.iter().all(|id| {
        let number: usize = id.as_str().parse().expect("a number");
        (oldest..count - 200).contains(&number)
    }));
}

#[test]
fn the_same_order_of_the_same_person_is_one_subject_whatever_is_done_to_it() {
    let subjects: Vec<_> = goals().into_iter().map(|goal| Subject::of(&intent(goal))).collect();
    assert!(subjects.iter().all(|subject| *subject == subjects[0]));
    assert_eq!(subjects[0], Subject::order(&UserId::new("usr-me"), &at().order));
}

#[test]
fn other_orders_persons_and_loans_are_other_subjects() {
    let base = || intent(Goal::Hold);
    let other_order = Intent {
        at: Some(OrderRef {
            order: OrderId::new("ord-2"),
            ..at()
        }),
        ..base()
    };
    let other_user = Intent {
        user: UserId::new("usr-ann"),
        ..base()
    };
    let new_on = |loan: &str, at: Option<OrderRef>| Intent {
        goal: Goal::Create {
            client: at
                .as_ref()
                .map_or_else(|| crate::given::at().client, |at| at.client.clone()),
            loan: LoanId::new(loan),
            client_reference: "any".into(),
        },
        at,
        ..intent(create())
    };
    let subjects = [
        Subject::of(&base()),
        Subject::of(&other_order),
        Subject::of(&other_user),
        Subject::of(&new_on("loan-1", None)),
        Subject::of(&new_on("ord-1", None)),
    ];
    for (index, one) in subjects.iter().enumerate() {
        assert!(!subjects[..index].contains(one), "{one:?}");
    }
    assert_eq!(
        Subject::of(&new_on("loan-1", Some(at()))),
        Subject::of(&new_on("loan-1", None)),
        "it stays the loan's when its order is known"
    );
}

/// Nothing in a record is made for tokens or card data; what it says of the order is a few plain facts.
#[test]
fn a_record_says_nothing_about_the_people_of_the_loan() {
    for goal in all_goals() {
        let mut order = crate::given::order(Status::Assigned);
        order.instructions = Some("Call Bo Borrower at 512-555-0100".into());
        let mut intent = intent(goal);
        intent.baseline.order = Some(omnival_core::recovery::snapshot::Snapshot::of(&order));
        let text = format!(
            "{:?}",
            Record {
                intent,
                ..record("tab-1", Stage::Opened)
            }
        );
        for private in ["Bo Borrower", "bo@example.com", "512-555", "12 Elm St"] {
            assert!(!text.contains(private), "{private} in {text}");
        }
    }
}

#[test]
fn an_intent_without_an_order_is_a_subject_of_its_own() {
    let lost = |id: &str| Intent {
        id: IntentId::new(id),
        at: None,
        ..intent(Goal::Hold)
    };
    assert_ne!(Subject::of(&lost("int-1")), Subject::of(&lost("int-2")));
    assert_eq!(Subject::of(&lost("int-1")).as_str(), "usr-me/intent/int-1");
}

fn reply_of(stage: &Stage) -> Option<&Reply> {
    match stage {
        Stage::Opened => None,
        Stage::Doubt { reply, .. } => Some(reply),
        Stage::Ended(ending) => Some(&ending.reply),
    }
}
