//! When a repeatable call is sent again. Decided by class and reply; never by HTTP method.
//!
//! Only calls of a [`Repeatable`] class reach this module: [`Retries::of`] asks for one as its witness.
//! Full jitter after Brooker, "Exponential Backoff And Jitter"; the budget is a token bucket, so that a total outage
//! is not amplified.

use super::outcome::{Answer, Reply};
use crate::operation::{Call, Repeatable};
use crate::time::Mono;

const ATTEMPTS: u32 = 4;
const BASE_MS: u64 = 300;
const CEILING_MS: u64 = 5_000;
/// A pause longer than this is not waited out by one request; the operator sees the countdown instead.
const LONGEST_PAUSE_MS: u64 = 60_000;
/// For a 429 that does not say how long.
pub const DEFAULT_PAUSE_MS: u64 = 5_000;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// Wait this long, then send again.
    Again {
        after_ms: u64,
    },
    /// The platform asked everybody to wait: hold all calls of this tab this long, then send again.
    Pause {
        ms: u64,
    },
    /// Refresh the session, then send again; happens once.
    Refresh,
    GiveUp,
}

/// Dead tokens from other tabs that one call puts up with.
const SECOND_HAND: u8 = 3;
/// A full budget, in tenths of a retry. Small: an outage of five minutes sees some hundred calls, and is to be met by no
/// more than a tenth on top of them.
const FULL: u32 = 50;

/// Shared by all calls of a tab: each first success puts a little back, each retry takes one out.
#[derive(Clone, Debug)]
pub struct Budget {
    tenths: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self { tenths: FULL }
    }
}

impl Budget {
    fn take(&mut self) -> bool {
        let enough = self.tenths >= 10;
        if enough {
            self.tenths -= 10;
        }
        enough
    }

    /// A call ended well.
    pub fn refill(&mut self) {
        self.tenths = (self.tenths + 1).min(FULL);
    }
}

/// The retries of one call. Only a call of a repeatable class gets them, so a guarded call has none.
#[derive(Debug)]
pub struct Retries {
    sent: u32,
    refreshed: bool,
    second_hand: u8,
}

impl Retries {
    pub fn of<C: Repeatable>(_call: &Call<C>) -> Self {
        Self {
            sent: 1,
            refreshed: false,
            second_hand: 0,
        }
    }

    /// A 401 to a token that another tab had handed on: may it be refreshed and sent again without counting as the one
    /// refresh? A few times; each round leaves one dead token less among the tabs.
    pub fn after_second_hand(&mut self) -> bool {
        self.second_hand += 1;
        self.second_hand <= SECOND_HAND
    }

    /// What follows a reply. `chance` is uniform in `0..=u32::MAX`.
    pub fn after(&mut self, reply: &Reply, budget: &mut Budget, chance: u32) -> Decision {
        match reply {
            Reply::NotSent(_) => Decision::GiveUp,
            Reply::Lost(_) => self.again(None, budget, chance),
            Reply::Answered(Answer {
                status, retry_after_ms, ..
            }) => match status {
                401 if !self.refreshed => {
                    self.refreshed = true;
                    Decision::Refresh
                }
                429 => match retry_after_ms.unwrap_or(DEFAULT_PAUSE_MS) {
                    ms if ms <= LONGEST_PAUSE_MS && self.sent < ATTEMPTS => {
                        self.sent += 1;
                        Decision::Pause { ms }
                    }
                    _ => Decision::GiveUp,
                },
                408 | 500..=599 => self.again(*retry_after_ms, budget, chance),
                _ => Decision::GiveUp,
            },
        }
    }

    fn again(&mut self, asked_ms: Option<u64>, budget: &mut Budget, chance: u32) -> Decision {
        if self.sent >= ATTEMPTS || asked_ms.is_some_and(|ms| ms > LONGEST_PAUSE_MS) || !budget.take() {
            return Decision::GiveUp;
        }
        let ceiling = (BASE_MS << (self.sent - 1)).min(CEILING_MS);
        self.sent += 1;
        let jitter = ceiling * u64::from(chance) / u64::from(u32::MAX);
        Decision::Again {
            after_ms: asked_ms.unwrap_or(0).saturating_add(jitter),
        }
    }
}

/// The pause that a 429 asks for, for the whole tab. Longest wins; the operator may end it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pause {
    until: Option<Mono>,
}

impl Pause {
    pub fn extend(&mut self, now: Mono, ms: u64) {
        let until = now.plus(ms);
        if self.until.is_none_or(|earlier| earlier < until) {
            self.until = Some(until);
        }
    }

    pub fn end(&mut self) {
        self.until = None;
    }

    /// Milliseconds left, if any.
    pub fn left(&self, now: Mono) -> Option<u64> {
        self.until.map(|until| now.until(until)).filter(|left| *left > 0)
    }
}

/// Reads `Retry-After` (RFC 9110 section 10.2.3), in seconds or as an HTTP date, which needs the answer's own `Date`
/// because the two clocks may differ by a day.
pub fn retry_after_ms(value: &str, seconds_between: impl Fn(&str) -> Option<i64>) -> Option<u64> {
    let value = value.trim();
    if !value.is_empty() && value.len() <= 9 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.parse::<u64>().ok().map(|seconds| seconds * 1000);
    }
    let seconds = seconds_between(value)?;
    u64::try_from(seconds)
        .ok()
        .map(|seconds| seconds.saturating_mul(1000))
        .or(Some(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Method, Op, Operation, Read};
    use crate::recovery::outcome::{Loss, NotSent};

    fn retries() -> Retries {
        const READ: Op<Read> = Op::new(Operation::ReadOrder);
        Retries::of(&Call::new(READ, Method::Get, String::new(), None))
    }

    fn answered(status: u16, retry_after_ms: Option<u64>) -> Reply {
        Reply::Answered(Answer {
            status,
            retry_after_ms,
            ..Answer::default()
        })
    }

    #[test]
    fn a_401_is_retried_once_after_renewing() {
        let (mut retries, mut budget) = (retries(), Budget::default());
        assert_eq!(retries.after(&answered(401, None), &mut budget, 0), Decision::Refresh);
        assert_eq!(retries.after(&answered(401, None), &mut budget, 0), Decision::GiveUp);
    }

    #[test]
    fn refusals_are_never_repeated() {
        for status in [400, 403, 404, 409, 422, 302] {
            assert_eq!(
                retries().after(&answered(status, None), &mut Budget::default(), 9),
                Decision::GiveUp
            );
        }
        assert_eq!(
            retries().after(&Reply::NotSent(NotSent::Offline), &mut Budget::default(), 9),
            Decision::GiveUp
        );
    }

    #[test]
    fn attempts_are_bounded_and_waits_grow_within_their_ceiling() {
        let (mut retries, mut budget) = (retries(), Budget::default());
        let lost = Reply::Lost(Loss::Network);
        let waits: Vec<_> = (0..4).map(|_| retries.after(&lost, &mut budget, u32::MAX)).collect();
        let again = |after_ms| Decision::Again { after_ms };
        assert_eq!(waits, [again(300), again(600), again(1200), Decision::GiveUp]);
    }

    #[test]
    fn retry_after_is_kept_to_the_letter() {
        assert_eq!(
            retries().after(&answered(429, Some(8_000)), &mut Budget::default(), 7),
            Decision::Pause { ms: 8_000 }
        );
        let Decision::Again { after_ms } = retries().after(&answered(503, Some(2_000)), &mut Budget::default(), 0)
        else {
            unreachable!()
        };
        assert_eq!(after_ms, 2_000);
        assert_eq!(
            retries().after(&answered(503, Some(3_600_000)), &mut Budget::default(), 0),
            Decision::GiveUp
        );
    }

    #[test]
    fn an_outage_empties_the_budget_and_success_refills_it() {
        let mut budget = Budget::default();
        let lost = Reply::Lost(Loss::Network);
        let sent = (0..100)
            .filter(|_| retries().after(&lost, &mut budget, 0) != Decision::GiveUp)
            .count();
        assert_eq!(sent, 5);
        for _ in 0..10 {
            budget.refill();
        }
        assert_ne!(retries().after(&lost, &mut budget, 0), Decision::GiveUp);
    }

    #[test]
    fn the_longest_pause_wins_and_can_be_ended() {
        let mut pause = Pause::default();
        pause.extend(Mono(0), 8_000);
        pause.extend(Mono(1_000), 2_000);
        assert_eq!(pause.left(Mono(1_000)), Some(7_000));
        assert_eq!(pause.left(Mono(8_000)), None);
        pause.extend(Mono(9_000), 5_000);
        pause.end();
        assert_eq!(pause.left(Mono(9_000)), None);
    }

    #[test]
    fn retry_after_reads_seconds_dates_and_nonsense() {
        let no_date = |_: &str| None;
        assert_eq!(retry_after_ms(" 8 ", no_date), Some(8_000));
        assert_eq!(
            retry_after_ms("Wed, 21 Oct 2026 07:28:00 GMT", |_| Some(30)),
            Some(30_000)
        );
        assert_eq!(retry_after_ms("Wed, 21 Oct 2026 07:28:00 GMT", |_| Some(-30)), Some(0));
        for nonsense in ["", "-1", "1.5", "9999999999", "soon"] {
            assert_eq!(retry_after_ms(nonsense, no_date), None, "{nonsense}");
        }
    }
}
