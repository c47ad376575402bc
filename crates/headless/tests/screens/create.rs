use omnival_core::draft::Field;
use omnival_core::ids::LoanId;
use omnival_core::recovery::evidence::{How, Proof, Verdict};
use omnival_core::time::Mono;
use omnival_headless::drafts::{
    AfterEnd, AfterWait, Earlier, Fields, Next, Panel, Submit, after_wait, copy_for_edit, is_blocked, on_end,
    on_submit, went_on,
};

use crate::given::{Random, order, summary};

type Look2 = Earlier<&'static str>;

const SETTLE_MS: u64 = 120_000;

fn fields(street: &str) -> Fields {
    Fields::of(|field| match field {
        Field::Street => street.to_owned(),
        Field::Loan => "loan-1".to_owned(),
        _ => String::new(),
    })
}

fn loan() -> LoanId {
    LoanId::new("loan-1")
}

#[test]
fn nothing_is_created_while_anything_is_open() {
    assert!(!is_blocked(false, false, false));
    for (followed, sent, held) in [(true, false, false), (false, true, false), (false, false, true)] {
        assert!(is_blocked(followed, sent, held));
        for (waiting, pending, complete) in [(false, false, true), (false, true, true), (true, true, false)] {
            assert_eq!(on_submit(true, waiting, || pending, || complete), Submit::Ignored);
        }
    }
}

#[test]
fn a_press_waits_for_the_comparison_only_if_the_form_is_complete() {
    assert_eq!(on_submit(false, false, || true, || true), Submit::WaitForDuplicates);
    assert_eq!(
        on_submit(false, false, || true, || false),
        Submit::Create,
        "it shows what is missing at once"
    );
    assert_eq!(on_submit(false, false, || false, || true), Submit::Create);
    assert_eq!(
        on_submit(false, true, || true, || true),
        Submit::Ignored,
        "pressed again on the way"
    );
    assert_eq!(
        after_wait(&fields("12 Elm").trimmed(), &fields(" 12 Elm ").trimmed()),
        AfterWait::Create
    );
    assert_eq!(after_wait(&fields("12 Elm"), &fields("13 Elm")), AfterWait::PressAgain);
}

#[test]
fn each_end_of_the_attempt_has_its_consequence() {
    let at = order("\"version\":1").at;
    let done = Verdict::Done(How::Answered);
    assert_eq!(on_end(&done, Some(&at), true), AfterEnd::Open(at.clone()));
    assert_eq!(
        on_end(&done, Some(&at), false),
        AfterEnd::StayKept,
        "nobody is pulled back"
    );
    for is_open in [true, false] {
        assert_eq!(on_end(&done, None, is_open), AfterEnd::LookForCreated);
        assert_eq!(
            on_end(&Verdict::NotDone(Proof::Refused), None, is_open),
            AfterEnd::NotCreated
        );
        assert_eq!(
            on_end(&Verdict::NotDone(Proof::Settled), Some(&at), is_open),
            AfterEnd::NotCreated
        );
        for verdict in [Verdict::StillUnknown, Verdict::Moved] {
            assert_eq!(on_end(&verdict, Some(&at), is_open), AfterEnd::Unsettled);
        }
    }
}

#[test]
fn what_was_typed_since_the_press_goes_on_in_the_drafts_own_form() {
    assert!(!went_on(None, &fields("x")), "not pressed in this page");
    assert!(!went_on(Some(&fields("x")), &fields("x")));
    assert!(went_on(Some(&fields("x")), &fields("x ")));
    let mut other_loan = fields("x");
    other_loan.set(Field::Loan, "loan-9");
    assert!(
        !went_on(Some(&fields("x")), &other_loan),
        "the loan is the draft's own by then"
    );
    let copy = copy_for_edit(&order("\"version\":1").at, &other_loan, "L-9");
    assert_eq!(copy.fields[0], (Field::Loan, "loan-1".to_owned()));
    assert_eq!(copy.fields.len(), Field::ALL.len());
    assert!(copy.fields.contains(&(Field::Street, "x".to_owned())));
    assert_eq!(
        (copy.reference.as_str(), copy.sent, copy.loan_label.as_str()),
        ("", None, "L-9")
    );
}

#[test]
fn nothing_was_sent_so_nothing_is_looked_for() {
    let mut earlier = Look2::new(Mono(0), SETTLE_MS);
    assert_eq!(earlier.begin(None, "ref-1", Mono(1)), None);
    assert_eq!(earlier.panel(false), Panel::Nothing);
}

#[test]
fn a_draft_is_found_by_its_reference_alone() {
    let mut earlier = Look2::new(Mono(0), SETTLE_MS);
    let question = earlier.begin(Some(&loan()), "ref-1", Mono(1)).unwrap();
    assert_eq!(question.loan, loan());
    assert!(matches!(earlier.panel(false), Panel::Words(words) if words.starts_with("Looking for")));
    assert_eq!(earlier.panel(true), Panel::Nothing, "its attempt tells of itself");
    let orders = vec![summary("ord-7", "ref-2"), summary("ord-8", "ref-1")];
    assert_eq!(earlier.end(&question, Ok(orders), false), Next::Nothing);
    assert!(matches!(earlier.panel(true), Panel::Found(at) if at.order.as_str() == "ord-8"));
}

#[test]
fn an_absent_draft_settles_nothing_before_it_cannot_arrive_any_more() {
    let mut earlier = Look2::new(Mono(1_000), SETTLE_MS);
    let settles = Mono(1_000 + SETTLE_MS);
    let question = earlier.begin(Some(&loan()), "ref-1", Mono(1_000)).unwrap();
    assert_eq!(earlier.end(&question, Ok(vec![]), false), Next::LookAt(settles));
    assert!(matches!(earlier.panel(false), Panel::Words(words) if words.contains("has not arrived so far")));
    assert!(earlier.counts(&question));
    let question = earlier.begin(Some(&loan()), "ref-1", Mono(settles.0 - 1)).unwrap();
    assert_eq!(
        earlier.end(&question, Ok(vec![]), false),
        Next::LookAt(settles),
        "a read that began too early proves nothing"
    );
    let question = earlier.begin(Some(&loan()), "ref-1", settles).unwrap();
    assert_eq!(
        earlier.end(&question, Ok(vec![]), true),
        Next::Nothing,
        "whoever follows it settles it"
    );
    let question = earlier.begin(Some(&loan()), "ref-1", settles).unwrap();
    assert_eq!(earlier.end(&question, Ok(vec![]), false), Next::Release);
    assert_eq!(earlier.panel(false), Panel::Nothing);
}

#[test]
fn a_reading_that_failed_settles_nothing_and_is_tried_again_on_return() {
    let mut earlier = Look2::new(Mono(0), SETTLE_MS);
    let question = earlier.begin(Some(&loan()), "ref-1", Mono(900_000)).unwrap();
    assert!(!earlier.is_due_on_return());
    assert_eq!(earlier.end(&question, Err("lost"), false), Next::Nothing);
    assert_eq!(earlier.panel(true), Panel::Failed(&"lost"));
    assert!(earlier.is_due_on_return());
}

#[test]
fn by_the_platforms_word_it_exists_even_if_it_is_not_listed() {
    let mut earlier = Look2::new(Mono(0), SETTLE_MS);
    earlier.was_created();
    let question = earlier.begin(Some(&loan()), "ref-1", Mono(900_000)).unwrap();
    assert_eq!(earlier.end(&question, Ok(vec![]), false), Next::Nothing);
    assert_eq!(earlier.panel(false), Panel::Unlisted);
}

#[test]
fn of_several_looks_the_one_that_began_last_counts() {
    let mut earlier = Look2::new(Mono(0), 0);
    let old = earlier.begin(Some(&loan()), "ref-1", Mono(1)).unwrap();
    let new = earlier.begin(Some(&loan()), "ref-1", Mono(2)).unwrap();
    assert!(!earlier.counts(&old) && earlier.counts(&new));
    assert_eq!(earlier.end(&old, Ok(vec![]), false), Next::Nothing);
    assert!(matches!(earlier.panel(false), Panel::Words(words) if words.starts_with("Looking for")));
    earlier.release();
    assert_eq!(
        earlier.end(&new, Ok(vec![summary("ord-8", "ref-1")]), false),
        Next::Nothing
    );
    assert_eq!(earlier.panel(false), Panel::Nothing);
}

/// A platform that takes its time, a network that loses answers: a form is never free while its draft exists or may still
/// arrive.
#[test]
fn a_form_is_free_only_if_its_draft_never_arrives() {
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let settle_ms = 100;
        // The draft arrives within the settle window, or never; lists show it with a delay of their own, or not yet.
        let arrives = [None, Some(random.below(100) as u64)][random.below(2)];
        let mut earlier = Look2::new(Mono(0), settle_ms);
        let mut open = Vec::new();
        let (mut now, mut is_free) = (0, false);
        for _ in 0..40 {
            now += random.below(20) as u64;
            if random.below(2) == 0 {
                open.extend(
                    earlier
                        .begin(Some(&loan()), "ref-1", Mono(now))
                        .map(|question| (question, now)),
                );
            } else if !open.is_empty() {
                let (question, began) = open.swap_remove(random.below(open.len()));
                let is_listed = arrives.is_some_and(|at| at < began);
                let list = if is_listed {
                    vec![summary("ord-8", "ref-1")]
                } else {
                    vec![]
                };
                let end = if random.below(4) == 0 { Err("lost") } else { Ok(list) };
                is_free |= earlier.end(&question, end, false) == Next::Release;
            }
            assert!(
                !is_free || arrives.is_none(),
                "seed {seed}: a second draft could be created"
            );
        }
    }
}
