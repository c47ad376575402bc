//! When a repeatable call goes again: by class and reply, within bounds, to the letter of `Retry-After`.

use omnival_core::operation::{Call, Idempotent, Method, Op, Operation, Read};
use omnival_core::recovery::outcome::{Answer, Reply};
use omnival_core::recovery::retry::{Budget, DEFAULT_PAUSE_MS, Decision, Pause, Retries};
use omnival_core::time::Mono;

use crate::given::{LOSSES, NOT_SENT, answered, replies};

const READ: Op<Read> = Op::new(Operation::ReadOrder);
const SAVE: Op<Idempotent> = Op::new(Operation::SaveProperty);

fn retries() -> Retries {
    Retries::of(&Call::new(READ, Method::Get, String::new(), None))
}

fn asking(status: u16, retry_after_ms: u64) -> Reply {
    Reply::Answered(Answer {
        status,
        retry_after_ms: Some(retry_after_ms),
        ..Answer::default()
    })
}

#[test]
fn only_silence_a_server_error_401_and_429_are_followed_by_another_send() {
    for reply in replies() {
        let decision = retries().after(&reply, &mut Budget::default(), 0);
        let expected = match (&reply, reply.status()) {
            (_, Some(401)) => Decision::Refresh,
            (_, Some(429)) => Decision::Pause { ms: DEFAULT_PAUSE_MS },
            (Reply::Lost(_), _) | (_, Some(408 | 500..=599)) => Decision::Again { after_ms: 0 },
            _ => Decision::GiveUp,
        };
        assert_eq!(decision, expected, "{reply:?}");
    }
}

#[test]
fn an_idempotent_write_is_treated_like_a_read() {
    let mut saves = Retries::of(&Call::new(SAVE, Method::Put, String::new(), Some("{}".into())));
    let mut budget = Budget::default();
    assert_eq!(
        saves.after(&answered(503), &mut budget, 0),
        Decision::Again { after_ms: 0 }
    );
}

#[test]
fn no_mixture_of_replies_sends_more_often_than_allowed() {
    let replies = [answered(500), answered(429), answered(401), Reply::Lost(LOSSES[0])];
    for first in 0..replies.len().pow(6) {
        let (mut retries, mut budget, mut sends) = (retries(), Budget::default(), 1);
        for step in 0..6 {
            let reply = &replies[first / replies.len().pow(step) % replies.len()];
            if retries.after(reply, &mut budget, u32::MAX) == Decision::GiveUp {
                break;
            }
            sends += 1;
        }
        // Four sends, and one more after the session was refreshed.
        assert!(sends <= 5, "{sends} sends");
    }
}

#[test]
fn a_wait_is_never_shorter_than_asked_and_never_longer_than_asked_plus_its_ceiling() {
    for chance in [0, 1, u32::MAX / 2, u32::MAX] {
        let decision = retries().after(&asking(503, 2_000), &mut Budget::default(), chance);
        let Decision::Again { after_ms } = decision else {
            panic!("{decision:?}");
        };
        assert!((2_000..=2_300).contains(&after_ms), "{after_ms}");
    }
}

#[test]
fn a_pause_of_a_minute_is_waited_out_and_a_longer_one_is_shown_instead() {
    for status in [429, 503] {
        let within = retries().after(&asking(status, 60_000), &mut Budget::default(), 0);
        assert_ne!(within, Decision::GiveUp, "{status}");
        let beyond = retries().after(&asking(status, 60_001), &mut Budget::default(), 0);
        assert_eq!(beyond, Decision::GiveUp, "{status}");
    }
}

#[test]
fn pauses_do_not_cost_the_budget_but_count_as_sends() {
    let (mut retries, mut budget) = (retries(), Budget::default());
    for _ in 0..3 {
        assert_eq!(
            retries.after(&answered(429), &mut budget, 0),
            Decision::Pause { ms: DEFAULT_PAUSE_MS }
        );
    }
    assert_eq!(retries.after(&answered(429), &mut budget, 0), Decision::GiveUp);
}

#[test]
fn success_refills_slowly_and_never_beyond_the_brim() {
    let mut budget = Budget::default();
    for _ in 0..10_000 {
        budget.refill();
    }
    let lost = Reply::Lost(LOSSES[1]);
    let spend = |budget: &mut Budget| {
        (0..100)
            .filter(|_| retries().after(&lost, budget, 0) != Decision::GiveUp)
            .count()
    };
    assert_eq!(spend(&mut budget), 5);
    for _ in 0..9 {
        budget.refill();
    }
    assert_eq!(spend(&mut budget), 0, "nine successes do not pay for a retry");
    budget.refill();
    assert_eq!(spend(&mut budget), 1);
}

#[test]
fn what_was_never_sent_is_not_sent_again_by_itself() {
    for why in NOT_SENT {
        assert_eq!(
            retries().after(&Reply::NotSent(why), &mut Budget::default(), 0),
            Decision::GiveUp
        );
    }
}

#[test]
fn a_pause_counts_down_to_its_end_and_never_below() {
    let mut pause = Pause::default();
    assert_eq!(pause.left(Mono(0)), None);
    pause.extend(Mono(1_000), 500);
    assert_eq!(pause.left(Mono(1_000)), Some(500));
    assert_eq!(pause.left(Mono(1_499)), Some(1));
    assert_eq!(pause.left(Mono(1_500)), None);
    pause.extend(Mono(1_600), 100);
    assert_eq!(pause.left(Mono(1_600)), Some(100));
    pause.extend(Mono(1_600), u64::MAX);
    assert!(pause.left(Mono(1_600)).is_some());
}

/// Five minutes in which nothing answers: an open order re-read every half minute, and an operator who asks again every
/// ten seconds. The figure to reach is 1.1 attempts per request.
#[test]
fn a_total_outage_is_met_with_hardly_more_than_one_attempt_per_request() {
    let mut budget = Budget::default();
    let (mut requests, mut sends) = (0_u32, 0_u32);
    for second in (0..300).step_by(10) {
        let asked = if second % 30 == 0 { 6 } else { 3 };
        for _ in 0..asked {
            let mut retries = retries();
            (requests, sends) = (requests + 1, sends + 1);
            while retries.after(
                &Reply::Lost(omnival_core::recovery::outcome::Loss::Network),
                &mut budget,
                u32::MAX,
            ) != Decision::GiveUp
            {
                sends += 1;
            }
        }
    }
    let per_request = f64::from(sends) / f64::from(requests);
    assert!(
        per_request > 1.0 && per_request <= 1.1,
        "{sends} sends for {requests} requests"
    );
}

#[test]
fn dead_tokens_of_other_tabs_are_put_up_with_a_few_times_and_cost_no_refresh() {
    let mut retries = retries();
    let rounds = std::iter::from_fn(|| retries.after_second_hand().then_some(()))
        .take(100)
        .count();
    assert_eq!(rounds, 3);
    assert_eq!(
        retries.after(&answered(401), &mut Budget::default(), 0),
        Decision::Refresh
    );
}
