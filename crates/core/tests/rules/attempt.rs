//! The machine from the button to the verdict, driven by hand.

mod acts;
mod create;
mod events;
mod evidence;
mod money;
mod reads;
mod recording;
mod replies;
mod trust;

use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{Attempt, Event, Patience, Stage, Verifying};
use omnival_core::recovery::effect::{Effect, Effects, Interpreter, Ticket};
use omnival_core::recovery::evidence::{Evidence, Verdict};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::Stored;
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::time::Mono;

use crate::given::answered;

pub const SETTLE_MS: u64 = 120_000;
pub const PRESSED: Mono = Mono(1_000_000);

pub const PATIENCE: Patience = Patience { settle_ms: SETTLE_MS };

/// What the interpreter was told to do.
#[derive(Default)]
struct Told(Vec<Effect>);

impl Interpreter for Told {
    fn prepare(&mut self) {
        self.0.push(Effect::Prepare);
    }
    fn record(&mut self) {
        self.0.push(Effect::Record);
    }
    fn send(&mut self, ticket: Ticket) {
        self.0.push(Effect::Send(ticket));
    }
    fn note(&mut self) {
        self.0.push(Effect::Note);
    }
    fn refresh_session(&mut self) {
        self.0.push(Effect::RefreshSession);
    }
    fn read(&mut self, number: u32) {
        self.0.push(Effect::Read(number));
    }
    fn wake_at(&mut self, at: Mono) {
        self.0.push(Effect::WakeAt(at));
    }
    fn conclude(&mut self) {
        self.0.push(Effect::Conclude);
    }
}

pub fn told(effects: Effects) -> Vec<Effect> {
    let mut told = Told::default();
    effects.execute(&mut told);
    told.0
}

pub trait Tell {
    /// One step, and all that its interpreter is told to do, in that order.
    fn tell(&mut self, event: Event, now: Mono) -> Vec<Effect>;
}

impl Tell for Attempt {
    fn tell(&mut self, event: Event, now: Mono) -> Vec<Effect> {
        told(self.step(event, now))
    }
}

/// An attempt that was written down at once, and the right to send it.
pub fn begin(intent: Intent) -> (Attempt, Ticket) {
    let mut attempt = pressed(intent);
    let mut effects = attempt.tell(Event::Recorded(Stored::Yes), PRESSED);
    match (effects.pop(), effects.is_empty()) {
        (Some(Effect::Send(ticket)), true) => (attempt, ticket),
        other => panic!("not sent: {other:?}"),
    }
}

/// An attempt that is being written down.
pub fn pressed(intent: Intent) -> Attempt {
    let mut attempt = preparing(intent);
    assert_eq!(attempt.tell(Event::Ready, PRESSED), [Effect::Record]);
    attempt
}

/// An attempt that waits for what a send needs.
pub fn preparing(intent: Intent) -> Attempt {
    let (attempt, effects) = Attempt::begin(intent, PATIENCE);
    assert_eq!(told(effects), [Effect::Prepare]);
    attempt
}

pub fn after(ms: u64) -> Mono {
    PRESSED.plus(ms)
}

/// An attempt whose answer, a second after the press, calls for verification.
pub fn doubtful(intent: Intent, reply: Reply) -> Attempt {
    let (mut attempt, _ticket) = begin(intent);
    let effects = attempt.tell(Event::Replied(reply), after(1_000));
    assert!(effects.contains(&Effect::Read(1)), "not verified: {effects:?}");
    attempt
}

pub fn lost() -> Reply {
    Reply::Lost(Loss::Network)
}

pub fn verifying(attempt: &Attempt) -> &Verifying {
    match attempt.stage() {
        Stage::Verifying(verifying) => verifying,
        other => panic!("not verifying: {other:?}"),
    }
}

pub fn verdict(attempt: &Attempt) -> Option<Verdict> {
    attempt.conclusion().map(|end| end.verdict.clone())
}

/// The report of the reading that is under way.
pub fn read_back(attempt: &Attempt, evidence: Evidence) -> Event {
    Event::ReadBack(attempt.reads(), evidence)
}

/// The report that it failed.
pub fn read_failed(attempt: &Attempt, counts: bool) -> Event {
    Event::ReadFailed {
        read: attempt.reads(),
        counts,
    }
}

/// What is concluded from this evidence when its reading began while the window was open.
pub fn judged_early(intent: Intent, reply: Reply, evidence: Evidence) -> Option<Verdict> {
    let mut attempt = doubtful(intent, reply);
    attempt.tell(read_back(&attempt, evidence), after(1_500));
    verdict(&attempt)
}

/// What is concluded from it when all reads failed until the window was over.
pub fn judged_late(intent: Intent, reply: Reply, evidence: Evidence) -> Option<Verdict> {
    let mut attempt = doubtful(intent, reply);
    let settled = verifying(&attempt).settles_at;
    attempt.tell(read_failed(&attempt, true), after(1_500));
    assert_eq!(attempt.tell(Event::Woke, settled), [Effect::Note, Effect::Read(2)]);
    attempt.tell(read_back(&attempt, evidence), settled.plus(500));
    verdict(&attempt)
}

/// The replies after which the order and its records are read.
pub fn doubts() -> [Reply; 6] {
    [
        answered(500),
        answered(503),
        answered(408),
        answered(302),
        Reply::Lost(Loss::Timeout),
        lost(),
    ]
}

/// Those that say that this very send was refused.
pub fn refusals() -> [Reply; 2] {
    [answered(401), answered(409)]
}

pub fn wake_at(effects: &[Effect]) -> Option<Mono> {
    effects.iter().find_map(|effect| {
        let Effect::WakeAt(at) = effect else { return None };
        Some(*at)
    })
}

#[test]
fn the_ticket_is_the_intents_and_there_is_one() {
    let (attempt, ticket) = begin(crate::given::intent(crate::given::create()));
    assert_eq!(*ticket.intent(), IntentId::new("int-1"));
    assert_eq!(attempt.intent.id, *ticket.intent());
    assert_eq!(*attempt.stage(), Stage::Sending);
}
