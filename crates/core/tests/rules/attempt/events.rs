//! No order of events sends twice, hangs, or changes what is settled. Every sequence up to a length is tried.

use omnival_core::recovery::attempt::{Attempt, Event, Stage};
use omnival_core::recovery::effect::{Effect, Interpreter, Ticket};
use omnival_core::recovery::evidence::{Evidence, Found, Goal, Verdict};
use omnival_core::recovery::journal::{self, Stored, TabId};
use omnival_core::recovery::outcome::{NotSent, Reply};
use omnival_core::time::Mono;

use super::{PATIENCE, PRESSED, SETTLE_MS, Tell, begin, preparing, pressed, read_failed, told};
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
        Event::Ready,
        Event::Unready(NotSent::Offline),
        Event::Recorded(Stored::Yes),
        Event::Recorded(Stored::Busy),
        Event::Recorded(Stored::No),
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
        Event::Ready | Event::Unready(_) | Event::Recorded(_) | Event::Replied(_) | Event::Woke | Event::WatchOn => {
            false
        }
    }
}

/// What a driver would have under way: reads and timers that it was told to start and that have not reported; and what
/// it has done for good.
#[derive(Clone, Default)]
struct Driver {
    now: Mono,
    /// It was told to write down, and has not reported.
    recording: bool,
    reads: u32,
    timers: u32,
    /// The journal holds a record of the attempt.
    recorded: bool,
    sends: u32,
}

impl Driver {
    /// The report arrives: what it reports on is no longer under way. A stale one belongs to nothing that is.
    fn report(&mut self, event: &Event, attempt: &Attempt) {
        match event {
            _ if is_stale(event, attempt) => {}
            Event::ReadBack(..) | Event::ReadFailed { .. } => self.reads = self.reads.saturating_sub(1),
            Event::Woke => self.timers = self.timers.saturating_sub(1),
            Event::Recorded(stored) => {
                self.recorded |= self.recording && *stored == Stored::Yes;
                self.recording = false;
            }
            Event::Ready | Event::Unready(_) | Event::Replied(_) | Event::WatchOn => {}
        }
    }
}

impl Interpreter for Driver {
    fn prepare(&mut self) {
        panic!("made ready a second time");
    }

    fn record(&mut self) {
        assert!(!self.recorded && !self.recording, "written down a second time");
        self.recording = true;
    }

    fn send(&mut self, _ticket: Ticket) {
        assert!(self.recorded, "sent before it was written down");
        self.sends += 1;
        assert_eq!(self.sends, 1, "sent twice");
    }

    fn note(&mut self) {
        assert!(self.recorded, "what was never let in is not written");
    }

    fn refresh_session(&mut self) {}

    fn read(&mut self, _number: u32) {
        self.reads += 1;
    }

    fn wake_at(&mut self, at: Mono) {
        let now = self.now;
        assert!(at >= now && now.until(at) <= 6_000, "{at:?} at {now:?}");
        self.timers += 1;
    }

    fn conclude(&mut self) {}
}

/// What the journal would say of it at this moment.
fn written(attempt: &Attempt, now: Mono) -> journal::Stage {
    attempt.record(&TabId::new("tab-1"), None, now).stage
}

fn check(before: &Attempt, attempt: &Attempt, event: &Event, effects: &[Effect], driver: &Driver, now: Mono) {
    assert!(driver.reads <= 1, "two reads at once");
    if is_stale(event, before) {
        assert!(
            effects.is_empty() && before == attempt,
            "a report of an earlier reading counted"
        );
    }
    if driver.recorded && written(before, now) != written(attempt, now) {
        assert!(effects.contains(&Effect::Note), "{event:?} is not written down");
    }
    match (before.stage(), attempt.stage()) {
        (Stage::Preparing, Stage::Recording { since }) => {
            assert!(*event == Event::Ready && *since == now);
            assert_eq!(effects, [Effect::Record]);
        }
        (Stage::Recording { since }, Stage::Sending) => {
            assert!(*event == Event::Recorded(Stored::Yes) && since.until(now) <= 10_000);
            assert!(matches!(effects, [Effect::Send(_)]), "{effects:?}");
        }
        (_, Stage::Preparing | Stage::Recording { .. }) => assert!(effects.is_empty() && before == attempt),
        (_, Stage::Sending) => assert!(effects.is_empty(), "nothing happens before the reply"),
        (_, Stage::Verifying(state)) => {
            assert!(driver.reads == 1 || driver.timers >= 1, "nothing would ever wake it");
            assert_eq!(state.reading, driver.reads == 1);
        }
        (Stage::Concluded(was), Stage::Concluded(is)) => {
            assert_eq!(was, is, "a verdict does not change by itself");
            assert!(effects.is_empty());
        }
        (_, Stage::Concluded(_)) if driver.recorded => assert_eq!(effects, [Effect::Note, Effect::Conclude]),
        (_, Stage::Concluded(_)) => assert_eq!(effects, [Effect::Conclude]),
    }
    if let (Stage::Concluded(end), Stage::Verifying(state)) = (before.stage(), attempt.stage()) {
        let unknown = end.verdict == Verdict::StillUnknown;
        assert!(unknown && *event == Event::WatchOn, "reopened by {event:?}");
        assert_eq!(
            state.last.as_deref(),
            end.evidence.as_ref(),
            "what was last read is kept"
        );
    }
    let first_reply = |attempt: &Attempt| match attempt.stage() {
        Stage::Preparing | Stage::Recording { .. } | Stage::Sending => None,
        Stage::Verifying(state) => Some(state.reply.clone()),
        Stage::Concluded(end) => Some(end.reply.clone()),
    };
    if let Some(reply) = first_reply(before) {
        assert_eq!(first_reply(attempt), Some(reply), "a second reply counted");
    }
    assert_eq!(before.intent, attempt.intent);
}

fn explore(attempt: &Attempt, driver: &Driver, now: Mono, left: u32, tried: &mut Tried) {
    if left == 0 {
        tried.sequences += 1;
        tried.sent += u32::from(driver.sends == 1);
        return;
    }
    for event in &alphabet(attempt) {
        let now_at_work = Driver { now, ..driver.clone() };
        let (mut attempt_then, mut driver_then) = (attempt.clone(), now_at_work);
        let effects = attempt_then.step(event.clone(), now);
        let asked = attempt.clone().tell(event.clone(), now);
        assert_eq!(effects.as_slice(), asked, "the same step asks for the same");
        driver_then.report(event, attempt);
        effects.execute(&mut driver_then);
        check(attempt, &attempt_then, event, &asked, &driver_then, now);
        // The store is quick, or it would never be sent.
        let pause = match attempt_then.stage() {
            Stage::Recording { .. } => 5_000,
            _ => SETTLE_MS / 2,
        };
        explore(&attempt_then, &driver_then, now.plus(pause), left - 1, tried);
    }
}

#[derive(Default)]
struct Tried {
    sequences: u32,
    /// Those in which the call left.
    sent: u32,
}

/// The places from which sequences begin: the press, writing down, the send, a read under way after the window, "still unknown", and
/// an attempt that another page left behind.
fn beginnings() -> [(Attempt, Driver, Mono); 6] {
    let (sent, _ticket) = begin(intent(Goal::Hold));
    let mut late = super::doubtful(intent(Goal::Hold), answered(500));
    let mut now = PRESSED.plus(SETTLE_MS * 2);
    late.tell(read_failed(&late, true), now);
    late.tell(Event::Woke, now);
    let recorded = Driver {
        recorded: true,
        sends: 1,
        ..Driver::default()
    };
    let reading = Driver {
        reads: 1,
        ..recorded.clone()
    };
    let mut unknown = late.clone();
    unknown.tell(super::read_back(&unknown, reached_in_silence()), now);
    for _ in 0..5 {
        unknown.tell(Event::Woke, now);
        unknown.tell(read_failed(&unknown, true), now);
        now = now.plus(10_000);
    }
    assert_eq!(super::verdict(&unknown), Some(Verdict::StillUnknown));
    assert!(unknown.conclusion().is_some_and(|end| end.evidence.is_some()));
    let (resumed, effects) = Attempt::resume(sent.record(&TabId::new("tab-1"), None, now), PATIENCE, now);
    assert_eq!(told(effects), [Effect::Note, Effect::Read(1)]);
    let recording = Driver {
        recording: true,
        ..Driver::default()
    };
    [
        (preparing(intent(Goal::Hold)), Driver::default(), PRESSED),
        (pressed(intent(Goal::Hold)), recording, PRESSED),
        (sent, recorded.clone(), PRESSED),
        (late, reading.clone(), now),
        (unknown, recorded, now),
        (resumed, reading, now),
    ]
}

/// The order is as it was wanted, and nothing says by whom.
fn reached_in_silence() -> Evidence {
    Evidence {
        found: Found::Order(Box::new(moved(path(&Goal::Hold).1))),
        ..unmoved(&Goal::Hold)
    }
}

#[test]
fn every_sequence_of_events_keeps_the_promises() {
    for (index, (attempt, driver, now)) in beginnings().into_iter().enumerate() {
        let (mut tried, letters) = (Tried::default(), alphabet(&attempt).len());
        explore(&attempt, &driver, now, LENGTH, &mut tried);
        assert_eq!(tried.sequences, u32::try_from(letters).unwrap_or(0).pow(LENGTH));
        let all_sent = tried.sent == tried.sequences;
        assert_eq!(all_sent, index > 1, "until it is written down, only some are sent");
        assert!(tried.sent > 1_000, "{}", tried.sent);
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
        assert_eq!(attempt.tell(event, PRESSED), []);
        assert_eq!(attempt, before);
    }
    attempt.tell(Event::Replied(answered(200)), PRESSED.plus(10));
    for event in alphabet(&attempt) {
        let before = attempt.clone();
        assert_eq!(attempt.tell(event, PRESSED.plus(20)), []);
        assert_eq!(attempt, before, "done stays done");
    }
}

#[test]
fn one_reading_is_reported_once_and_never_for_the_next() {
    let mut attempt = super::doubtful(intent(Goal::Hold), answered(500));
    let settles_at = super::verifying(&attempt).settles_at;
    let early = super::read_back(&attempt, unmoved(&Goal::Hold));
    attempt.tell(early.clone(), PRESSED.plus(2_000));
    for _ in 0..2 {
        // First nothing is under way, then the next reading is: it began when the window was over.
        let before = attempt.clone();
        assert_eq!(attempt.tell(early.clone(), settles_at.plus(10)), []);
        assert_eq!(attempt.tell(Event::WatchOn, settles_at.plus(10)), []);
        assert_eq!(attempt, before);
        attempt.tell(Event::Woke, settles_at.plus(20));
    }
    assert_eq!(super::verdict(&attempt), None);
}
