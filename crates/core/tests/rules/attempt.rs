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
use omnival_core::recovery::attempt::{Attempt, Effect, Event, Intent, Patience, Stage, Ticket, Verifying};
use omnival_core::recovery::evidence::{Evidence, Verdict};
use omnival_core::recovery::journal::Stored;
use omnival_core::recovery::outcome::{Loss, Reply};
use omnival_core::time::Mono;

use crate::given::answered;

pub const SETTLE_MS: u64 = 120_000;
pub const PRESSED: Mono = Mono(1_000_000);

pub const PATIENCE: Patience = Patience { settle_ms: SETTLE_MS };

/// An attempt that was written down at once, and the right to send it.
pub fn begin(intent: Intent) -> (Attempt, Ticket) {
    let mut attempt = pressed(intent);
    let mut effects = attempt.step(Event::Recorded(Stored::Yes), PRESSED);
    match (effects.pop(), effects.is_empty()) {
        (Some(Effect::Send(ticket)), true) => (attempt, ticket),
        other => panic!("not sent: {other:?}"),
    }
}

/// An attempt that is being written down.
pub fn pressed(intent: Intent) -> Attempt {
    let (attempt, effects) = Attempt::begin(intent, PATIENCE, PRESSED);
    assert_eq!(effects, [Effect::Record]);
    attempt
}

pub fn after(ms: u64) -> Mono {
    PRESSED.plus(ms)
}

/// An attempt whose answer, a second after the press, calls for verification.
pub fn doubtful(intent: Intent, reply: Reply) -> Attempt {
    let (mut attempt, _ticket) = begin(intent);
    let effects = attempt.step(Event::Replied(reply), after(1_000));
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
    attempt.step(read_back(&attempt, evidence), after(1_500));
    verdict(&attempt)
}

/// What is concluded from it when all reads failed until the window was over.
pub fn judged_late(intent: Intent, reply: Reply, evidence: Evidence) -> Option<Verdict> {
    let mut attempt = doubtful(intent, reply);
    let settled = verifying(&attempt).settles_at;
    attempt.step(read_failed(&attempt, true), after(1_500));
    assert_eq!(attempt.step(Event::Woke, settled), [Effect::Note, Effect::Read(2)]);
    attempt.step(read_back(&attempt, evidence), settled.plus(500));
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
    effects.iter().find_map(|effect| match effect {
        Effect::WakeAt(at) => Some(*at),
        Effect::Record | Effect::Send(_) | Effect::Note | Effect::RenewSession | Effect::Read(_) | Effect::Conclude => {
            None
        }
    })
}

#[test]
fn the_ticket_is_the_intents_and_there_is_one() {
    let (attempt, ticket) = begin(crate::given::intent(crate::given::create()));
    assert_eq!(*ticket.intent(), IntentId::new("int-1"));
    assert_eq!(attempt.intent.id, *ticket.intent());
    assert_eq!(*attempt.stage(), Stage::Sending);
}
