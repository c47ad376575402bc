//! Waiting and trying again: to the letter of `Retry-After`, within the jitter's ceiling, never more than the budget.

use omnival_core::operation::{Call, Method, Op, Operation, Read};
use omnival_core::recovery::outcome::{Answer, Loss, Reply};
use omnival_core::recovery::retry::{Budget, Decision, Pause, Retries, retry_after_ms};
use omnival_core::time::Mono;
use proptest::prelude::*;

/// The waits before the second, third and fourth send are drawn from zero to these.
const CEILINGS_MS: [u64; 3] = [300, 600, 1_200];

fn retries() -> Retries {
    const READ: Op<Read> = Op::new(Operation::ReadOrder);
    Retries::of(&Call::new(READ, Method::Get, String::new(), None))
}

fn reply() -> impl Strategy<Value = Reply> {
    let status = prop::sample::select(vec![200, 302, 400, 401, 408, 409, 422, 429, 500, 502, 503, 599]);
    let asked = prop::option::of(prop_oneof![0..70_000_u64, Just(u64::MAX)]);
    let answered = (status, asked).prop_map(|(status, retry_after_ms)| {
        Reply::Answered(Answer {
            status,
            retry_after_ms,
            ..Answer::default()
        })
    });
    prop_oneof![2 => answered, 1 => Just(Reply::Lost(Loss::Network)), 1 => Just(Reply::Lost(Loss::Timeout))]
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn a_wait_is_what_was_asked_and_jitter_below_its_ceiling(replies in prop::collection::vec((reply(), any::<u32>()), 1..8)) {
        let (mut retries, mut budget, mut sent) = (retries(), Budget::default(), 1);
        for (reply, chance) in replies {
            let asked = reply.answer().and_then(|answer| answer.retry_after_ms);
            match retries.after(&reply, &mut budget, chance) {
                Decision::Again { after_ms } => {
                    let least = asked.unwrap_or(0);
                    prop_assert!((least..=least + CEILINGS_MS[sent - 1]).contains(&after_ms), "{}: {:?}", after_ms, reply);
                    prop_assert!(least <= 60_000);
                    sent += 1;
                }
                Decision::Pause { ms } => {
                    prop_assert_eq!(reply.status(), Some(429));
                    prop_assert!(asked.is_none_or(|asked| asked == ms) && ms <= 60_000);
                    sent += 1;
                }
                Decision::Refresh => prop_assert_eq!(reply.status(), Some(401)),
                Decision::GiveUp => break,
            }
            prop_assert!(sent <= 4);
        }
    }

    /// Full jitter: from nothing to the ceiling, in proportion to the chance.
    #[test]
    fn jitter_is_spread_over_the_whole_ceiling(earlier in 0..3_usize, one in any::<u32>(), other in any::<u32>()) {
        let wait = |chance| {
            let (mut retries, mut budget) = (retries(), Budget::default());
            let lost = Reply::Lost(Loss::Network);
            for _ in 0..earlier {
                retries.after(&lost, &mut budget, 0);
            }
            match retries.after(&lost, &mut budget, chance) {
                Decision::Again { after_ms } => after_ms,
                other => panic!("{other:?}"),
            }
        };
        prop_assert_eq!((wait(0), wait(u32::MAX)), (0, CEILINGS_MS[earlier]));
        prop_assert!((one <= other) == (wait(one) <= wait(other)) || wait(one) == wait(other));
        let share = CEILINGS_MS[earlier] * u64::from(one) / u64::from(u32::MAX);
        prop_assert_eq!(wait(one), share);
    }

    /// However many calls fail: five retries, and one more for every ten calls that went well.
    #[test]
    fn retries_never_exceed_the_budget(calls in prop::collection::vec(any::<bool>(), 0..400)) {
        let (mut budget, mut tenths) = (Budget::default(), 50_u32);
        for well in calls {
            if well {
                budget.refill();
                tenths = (tenths + 1).min(50);
                continue;
            }
            let again = retries().after(&Reply::Lost(Loss::Timeout), &mut budget, 0) != Decision::GiveUp;
            prop_assert_eq!(again, tenths >= 10);
            tenths -= if again { 10 } else { 0 };
        }
    }

    #[test]
    fn seconds_are_read_to_the_letter(seconds in 0..=999_999_999_u64, before in "[ \\t]{0,3}", after in "[ \\t]{0,3}") {
        let text = [before, seconds.to_string(), after].concat();
        prop_assert_eq!(retry_after_ms(&text, |_| None), Some(seconds * 1_000));
    }

    #[test]
    fn a_date_is_a_wait_until_it_and_none_once_it_is_over(seconds in any::<i64>()) {
        let read = retry_after_ms("Wed, 21 Oct 2026 07:28:00 GMT", |_| Some(seconds));
        let expected = u64::try_from(seconds).map_or(0, |seconds| seconds.saturating_mul(1_000));
        prop_assert_eq!(read, Some(expected));
    }

    #[test]
    fn any_text_is_read_or_left_without_a_panic(text in any::<String>(), seconds in prop::option::of(any::<i64>())) {
        if let Some(ms) = retry_after_ms(&text, |_| None) {
            let digits = text.trim();
            prop_assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(digits.parse::<u64>().map(|seconds| seconds * 1_000), Ok(ms));
        }
        let _ = retry_after_ms(&text, |_| seconds);
    }

    /// The longest wish wins, whatever order the wishes come in, and it never waits longer than that.
    #[test]
    fn a_pause_lasts_until_the_last_wish_ends(wishes in prop::collection::vec((0..10_000_u64, 0..20_000_u64), 1..10)) {
        let (mut pause, mut now, mut until) = (Pause::default(), 0, 0);
        for (later, ms) in wishes {
            now += later;
            pause.extend(Mono(now), ms);
            until = until.max(now + ms);
            let left = until.saturating_sub(now);
            prop_assert_eq!(pause.left(Mono(now)), (left > 0).then_some(left));
        }
        prop_assert_eq!(pause.left(Mono(until)), None);
    }
}
