//! No order of events sends twice, hangs, or changes what is settled. Every sequence up to a length is tried.

use omnival_core::recovery::attempt::{Attempt, Effect, Event, Stage};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, Verdict};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::time::Mono;

use super::{PRESSED, SETTLE_MS, begin};
use crate::given::{ME, answered, baseline_entry, intent, moved, path, record, unmoved};

const LENGTH: u32 = 5;

fn alphabet() -> Vec<Event> {
    let goal = Goal::Hold;
    let mine = Evidence {
        found: Found::Order(Box::new(moved(path(&goal).1))),
        history: vec![record(&goal, "evt-9", ME), baseline_entry()],
        ..unmoved(&goal)
    };
    vec![
        Event::Replied(answered(200)),
        Event::Replied(answered(401)),
        Event::Replied(answered(500)),
        Event::Replied(Reply::NotSent(NotSent::Offline)),
        Event::ReadBack(unmoved(&goal)),
        Event::ReadBack(mine),
        Event::ReadFailed { counts: true },
        Event::Woke,
        Event::WatchOn,
    ]
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
                Effect::Read => self.reads += 1,
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

fn explore(attempt: &Attempt, shell: &Shell, now: Mono, left: u32, alphabet: &[Event], tried: &mut u32) {
    if left == 0 {
        *tried += 1;
        return;
    }
    for event in alphabet {
        let (mut attempt_then, mut shell_then) = (attempt.clone(), shell.clone());
        let effects = attempt_then.step(event.clone(), now);
        // A late or repeated report belongs to nothing that is under way.
        match event {
            Event::ReadBack(_) | Event::ReadFailed { .. } => shell_then.reads = shell_then.reads.saturating_sub(1),
            Event::Woke => shell_then.timers = shell_then.timers.saturating_sub(1),
            Event::Replied(_) | Event::WatchOn => {}
        }
        shell_then.carry_out(&effects, now);
        check(attempt, &attempt_then, event, &effects, &shell_then);
        explore(
            &attempt_then,
            &shell_then,
            now.plus(SETTLE_MS / 2),
            left - 1,
            alphabet,
            tried,
        );
    }
}

/// The places from which sequences begin: the press, a read under way after the window, and "still unknown".
fn beginnings() -> [(Attempt, Shell, Mono); 3] {
    let (pressed, _ticket) = begin(intent(Goal::Hold));
    let mut late = super::doubtful(intent(Goal::Hold), answered(500));
    let mut now = PRESSED.plus(SETTLE_MS * 2);
    late.step(Event::ReadFailed { counts: true }, now);
    late.step(Event::Woke, now);
    let reading = Shell {
        reads: 1,
        ..Shell::default()
    };
    let mut unknown = late.clone();
    while unknown.conclusion().is_none() {
        unknown.step(Event::ReadFailed { counts: true }, now);
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
    let alphabet = alphabet();
    for (attempt, shell, now) in beginnings() {
        let mut tried = 0;
        explore(&attempt, &shell, now, LENGTH, &alphabet, &mut tried);
        assert_eq!(tried, u32::try_from(alphabet.len()).unwrap_or(0).pow(LENGTH));
    }
}

#[test]
fn reports_that_nobody_asked_for_change_nothing() {
    let (mut attempt, _ticket) = begin(intent(Goal::Hold));
    for event in alphabet()
        .into_iter()
        .filter(|event| !matches!(event, Event::Replied(_)))
    {
        let before = attempt.clone();
        assert_eq!(attempt.step(event, PRESSED), []);
        assert_eq!(attempt, before);
    }
    attempt.step(Event::Replied(answered(200)), PRESSED.plus(10));
    for event in alphabet() {
        let before = attempt.clone();
        assert_eq!(attempt.step(event, PRESSED.plus(20)), []);
        assert_eq!(attempt, before, "done stays done");
    }
}

#[test]
fn one_read_is_reported_once() {
    let mut attempt = super::doubtful(intent(Goal::Hold), answered(500));
    attempt.step(Event::ReadBack(unmoved(&Goal::Hold)), PRESSED.plus(2_000));
    let before = attempt.clone();
    for event in [
        Event::ReadBack(unmoved(&Goal::Hold)),
        Event::ReadFailed { counts: true },
        Event::WatchOn,
    ] {
        assert_eq!(attempt.step(event, PRESSED.plus(SETTLE_MS * 2)), []);
        assert_eq!(attempt, before);
    }
}
