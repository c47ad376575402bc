//! No order of events sends twice, hangs, or changes what is settled. Every sequence up to a length is tried.

use omnival_core::recovery::attempt::{Attempt, Effect, Event, Stage};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, Verdict};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::time::Mono;

use super::{PRESSED, SETTLE_MS, begin, read_failed};
use crate::given::{ME, answered, baseline_entry, intent, moved, path, record, unmoved};

const LENGTH: u32 = 4;

/// Everything that can be reported to this attempt: of the reading that is under way, of the one before, and of none.
fn alphabet(attempt: &Attempt) -> Vec<Event> {
    let goal = Goal::Hold;
    let mine = Evidence {
        found: Found::Order(Box::new(moved(path(&goal).1))),
        history: vec![record(&goal, "evt-9", ME), baseline_entry()],
        ..unmoved(&goal)
    };
    let read = attempt.reads();
    let before = read.wrapping_sub(1);
    vec![
        Event::Replied(answered(200)),
        Event::Replied(answered(401)),
        Event::Replied(answered(500)),
        Event::Replied(Reply::NotSent(NotSent::Offline)),
        Event::ReadBack(read, unmoved(&goal)),
        Event::ReadBack(read, mine.clone()),
        Event::ReadBack(before, mine),
        Event::ReadFailed { read, counts: true },
        Event::ReadFailed {
            read: before,
            counts: true,
        },
        Event::Woke,
        Event::WatchOn,
    ]
}

/// A report of a reading that is over already.
fn is_stale(event: &Event, attempt: &Attempt) -> bool {
    match event {
        Event::ReadBack(read, _) | Event::ReadFailed { read, .. } => *read != attempt.reads(),
        Event::Replied(_) | Event::Woke | Event::WatchOn => false,
    }
}

/// What the shell would have under way: reads and timers that it was told to start and that have not reported.
#[derive(Clone, Default)]
struct Shell {
    reads: u32,
    timers: u32,
}

impl Shell {
    fn carry_out(&mut self, effects: &[Effect], now: Mono) {
        for effect in effects {
            // Exhaustive on purpose: an effect that sends would have to be let in here.
            match effect {
                Effect::RenewSession | Effect::Conclude => {}
                Effect::Read(_) => self.reads += 1,
                Effect::WakeAt(at) => {
                    assert!(*at >= now && now.until(*at) <= 6_000, "{at:?} at {now:?}");
                    self.timers += 1;
                }
            }
        }
    }
}

fn check(before: &Attempt, attempt: &Attempt, event: &Event, effects: &[Effect], shell: &Shell) {
    assert!(shell.reads <= 1, "two reads at once");
    if is_stale(event, before) {
        assert!(
            effects.is_empty() && before == attempt,
            "a report of an earlier reading counted"
        );
    }
    match (before.stage(), attempt.stage()) {
        (_, Stage::Sending) => assert!(effects.is_empty(), "nothing happens before the reply"),
        (_, Stage::Verifying(state)) => {
            assert!(shell.reads == 1 || shell.timers >= 1, "nothing would ever wake it");
            assert_eq!(state.reading, shell.reads == 1);
        }
        (Stage::Concluded(was), Stage::Concluded(is)) => {
            assert_eq!(was, is, "a verdict does not change by itself");
            assert!(effects.is_empty());
        }
        (_, Stage::Concluded(_)) => assert_eq!(effects, [Effect::Conclude]),
    }
    if matches!(before.stage(), Stage::Concluded(_)) && !matches!(attempt.stage(), Stage::Concluded(_)) {
        let unknown = before.conclusion().map(|end| &end.verdict) == Some(&Verdict::StillUnknown);
        assert!(unknown && *event == Event::WatchOn, "reopened by {event:?}");
    }
    let first_reply = |attempt: &Attempt| match attempt.stage() {
        Stage::Sending => None,
        Stage::Verifying(state) => Some(state.reply.clone()),
        Stage::Concluded(end) => Some(end.reply.clone()),
    };
    if let Some(reply) = first_reply(before) {
        assert_eq!(first_reply(attempt), Some(reply), "a second reply counted");
    }
    assert_eq!(before.intent, attempt.intent);
}

fn explore(attempt: &Attempt, shell: &Shell, now: Mono, left: u32, tried: &mut u32) {
    if left == 0 {
        *tried += 1;
        return;
    }
    for event in &alphabet(attempt) {
        let (mut attempt_then, mut shell_then) = (attempt.clone(), shell.clone());
        let effects = attempt_then.step(event.clone(), now);
        // A late or repeated report belongs to nothing that is under way.
        match event {
            Event::ReadBack(..) | Event::ReadFailed { .. } if is_stale(event, attempt) => {}
            Event::ReadBack(..) | Event::ReadFailed { .. } => shell_then.reads = shell_then.reads.saturating_sub(1),
            Event::Woke => shell_then.timers = shell_then.timers.saturating_sub(1),
            Event::Replied(_) | Event::WatchOn => {}
        }
        shell_then.carry_out(&effects, now);
        check(attempt, &attempt_then, event, &effects, &shell_then);
        explore(&attempt_then, &shell_then, now.plus(SETTLE_MS / 2), left - 1, tried);
    }
}

/// The places from which sequences begin: the press, a read under way after the window, and "still unknown".
fn beginnings() -> [(Attempt, Shell, Mono); 3] {
    let (pressed, _ticket) = begin(intent(Goal::Hold));
    let mut late = super::doubtful(intent(Goal::Hold), answered(500));
    let mut now = PRESSED.plus(SETTLE_MS * 2);
    late.step(read_failed(&late, true), now);
    late.step(Event::Woke, now);
    let reading = Shell {
        reads: 1,
        ..Shell::default()
    };
    let mut unknown = late.clone();
    for _ in 0..5 {
        unknown.step(read_failed(&unknown, true), now);
        now = now.plus(10_000);
        unknown.step(Event::Woke, now);
    }
    assert_eq!(super::verdict(&unknown), Some(Verdict::StillUnknown));
    [
        (pressed, Shell::default(), PRESSED),
        (late, reading, now),
        (unknown, Shell::default(), now),
    ]
}

#[test]
fn every_sequence_of_events_keeps_the_promises() {
    for (attempt, shell, now) in beginnings() {
        let (mut tried, letters) = (0, alphabet(&attempt).len());
        explore(&attempt, &shell, now, LENGTH, &mut tried);
        assert_eq!(tried, u32::try_from(letters).unwrap_or(0).pow(LENGTH));
    }
}

#[test]
fn reports_that_nobody_asked_for_change_nothing() {
    let (mut attempt, _ticket) = begin(intent(Goal::Hold));
    for event in alphabet(&attempt)
        .into_iter()
        .filter(|event| !matches!(event, Event::Replied(_)))
    {
        let before = attempt.clone();
        assert_eq!(attempt.step(event, PRESSED), []);
        assert_eq!(attempt, before);
    }
    attempt.step(Event::Replied(answered(200)), PRESSED.plus(10));
    for event in alphabet(&attempt) {
        let before = attempt.clone();
        assert_eq!(attempt.step(event, PRESSED.plus(20)), []);
        assert_eq!(attempt, before, "done stays done");
    }
}

#[test]
fn one_reading_is_reported_once_and_never_for_the_next() {
    let mut attempt = super::doubtful(intent(Goal::Hold), answered(500));
    let settles_at = super::verifying(&attempt).settles_at;
    let early = super::read_back(&attempt, unmoved(&Goal::Hold));
    attempt.step(early.clone(), PRESSED.plus(2_000));
    for _ in 0..2 {
        // First nothing is under way, then the next reading is: it began when the window was over.
        let before = attempt.clone();
        assert_eq!(attempt.step(early.clone(), settles_at.plus(10)), []);
        assert_eq!(attempt.step(Event::WatchOn, settles_at.plus(10)), []);
        assert_eq!(attempt, before);
        attempt.step(Event::Woke, settles_at.plus(20));
    }
    assert_eq!(super::verdict(&attempt), None);
}
