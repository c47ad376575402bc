//! One write that is sent once, from its button to its verdict.
//!
//! `step(state, event) -> effects`, carried out by [`Effects::execute`] and reported back. Sending takes a [`Ticket`], and
//! the only place that makes one is the step that hears that the intent was written down, so no sequence of events can
//! send twice, or send what a crash would forget.

use super::effect::Effects;
use super::evidence::{Case, Evidence, Found, How, Proof, Verdict, judge};
use super::journal::{self, Record, Stored, TabId};
use super::outcome::{Answer, Loss, Meaning, NotSent, Reply, meaning};
use crate::order::Order;
use crate::time::Mono;

pub use super::effect::{Effect, Ticket};
pub use super::ending::Conclusion;
pub use super::intent::Intent;

/// How long the first doubtful reads wait for each other; they grow to the last and stay there.
const POLLS_MS: [u64; 5] = [500, 1_000, 2_000, 4_000, 6_000];
/// Reads that fail after the window before the verdict is "still unknown".
const PATIENCE: u32 = 3;
/// An intent whose writing down took longer is not sent: the page may have slept, and the world may have moved on.
const RECORDING_MS: u64 = 10_000;

/// What the deployment promises about time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// The server's longest processing time plus its history lag.
    pub settle_ms: u64,
}

#[derive(Clone, PartialEq, Debug)]
pub struct Attempt {
    pub intent: Intent,
    patience: Patience,
    stage: Stage,
    /// Readings begun so far. The last one's number is the only one whose report counts.
    reads: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Stage {
    /// What a send needs is being made ready; nothing is written down.
    Preparing,
    /// Being written down, before anything leaves.
    Recording {
        since: Mono,
    },
    Sending,
    Verifying(Verifying),
    Concluded(Box<Conclusion>),
}

/// Reading state and records until they allow a verdict.
#[derive(Clone, PartialEq, Debug)]
pub struct Verifying {
    pub reply: Reply,
    /// When "not carried out" may be concluded at the earliest.
    pub settles_at: Mono,
    pub reading: bool,
    pub last: Option<Box<Evidence>>,
    read_began: Mono,
    failures: u32,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// All that a send needs is at hand.
    Ready,
    /// It cannot be sent now.
    Unready(NotSent),
    /// What became of writing the intent down.
    Recorded(Stored),
    Replied(Reply),
    /// State and records were read, by the reading of this number; it began when its `Read` effect was given.
    ReadBack(u32, Evidence),
    /// They could not be read, all of them. `counts` is false where nobody could have read: offline, signed out.
    ReadFailed {
        read: u32,
        counts: bool,
    },
    Woke,
    /// The operator wants a "still unknown" to be watched on.
    WatchOn,
}

impl Attempt {
    pub fn begin(intent: Intent, patience: Patience) -> (Self, Effects) {
        let attempt = Self {
            intent,
            patience,
            stage: Stage::Preparing,
            reads: 0,
        };
        (attempt, Effects::of([Effect::Prepare]))
    }

    /// Takes up an attempt that another page of this browser left behind: it is verified, and never sent again.
    ///
    /// What that page had watched of the settle window counts, by its own monotonic clock. Without any, the window
    /// begins now: no wall clock is trusted to say how long ago the request left.
    pub fn resume(record: Record, patience: Patience, now: Mono) -> (Self, Effects) {
        let (reply, watched_ms) = match record.stage {
            journal::Stage::Opened => (Reply::Lost(Loss::Interrupted), 0),
            journal::Stage::Doubt { reply, watched_ms } => (reply, watched_ms),
            journal::Stage::Ended(ending) => (ending.reply, patience.settle_ms),
        };
        let mut attempt = Self {
            intent: record.intent,
            patience,
            stage: Stage::Sending,
            reads: 0,
        };
        let settles_at = now.plus(patience.settle_ms.saturating_sub(watched_ms));
        let read = attempt.verify(reply, now, settles_at, None);
        (attempt, Effects::of([Effect::Note, read]))
    }

    /// How it stands, to be written down. `answered` is the order as a 2xx answer gave it.
    pub fn record(&self, owner: &TabId, answered: Option<&Order>, now: Mono) -> Record {
        Record {
            intent: self.intent.clone(),
            owner: owner.clone(),
            stage: match &self.stage {
                Stage::Preparing | Stage::Recording { .. } | Stage::Sending => journal::Stage::Opened,
                Stage::Verifying(verifying) => journal::Stage::Doubt {
                    reply: verifying.reply.clone(),
                    watched_ms: self.patience.settle_ms.saturating_sub(now.until(verifying.settles_at)),
                },
                Stage::Concluded(end) => journal::Stage::Ended(journal::Ending::of(&self.intent, end, answered)),
            },
        }
    }

    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// How often order and records have been read, or begun to be.
    pub const fn reads(&self) -> u32 {
        self.reads
    }

    pub const fn conclusion(&self) -> Option<&Conclusion> {
        match &self.stage {
            Stage::Concluded(conclusion) => Some(conclusion),
            Stage::Preparing | Stage::Recording { .. } | Stage::Sending | Stage::Verifying(_) => None,
        }
    }

    /// It ended without anybody knowing how.
    pub fn is_unknown(&self) -> bool {
        self.conclusion()
            .is_some_and(|end| end.verdict == Verdict::StillUnknown)
    }

    /// An event that belongs to another stage, or to an earlier reading, is late, and without meaning now.
    pub fn step(&mut self, event: Event, now: Mono) -> Effects {
        match event {
            Event::Ready => self.ready(now),
            Event::Unready(why) => self.unready(why),
            Event::Recorded(stored) => self.recorded(stored, now),
            Event::Replied(reply) => self.replied(reply, now),
            Event::ReadBack(read, evidence) => self.read_back(read, evidence, now),
            Event::ReadFailed { read, counts } => self.read_failed(read, counts, now),
            Event::Woke => self.woke(now),
            Event::WatchOn => self.watch_on(now),
        }
    }

    /// The time for writing down begins now: a slow refresh of the session before it is not the journal's fault.
    fn ready(&mut self, now: Mono) -> Effects {
        if self.stage != Stage::Preparing {
            return Effects::none();
        }
        self.stage = Stage::Recording { since: now };
        Effects::of([Effect::Record])
    }

    fn unready(&mut self, why: NotSent) -> Effects {
        if self.stage != Stage::Preparing {
            return Effects::none();
        }
        self.unsent(why)
    }

    fn recorded(&mut self, stored: Stored, now: Mono) -> Effects {
        let Stage::Recording { since } = self.stage else {
            return Effects::none();
        };
        match stored {
            Stored::Yes if since.until(now) <= RECORDING_MS => {
                self.stage = Stage::Sending;
                Effects::of([Effect::Send(Ticket::new(self.intent.id.clone()))])
            }
            Stored::Yes => {
                self.end(Verdict::NotDone(Proof::NotSent), Reply::NotSent(NotSent::Unrecorded));
                Effects::of([Effect::Note, Effect::Conclude])
            }
            Stored::Busy => self.unsent(NotSent::Busy),
            Stored::No => self.unsent(NotSent::Unrecorded),
        }
    }

    /// Ends it unsent. What was never written down leaves no trace in the journal either.
    fn unsent(&mut self, why: NotSent) -> Effects {
        self.end(Verdict::NotDone(Proof::NotSent), Reply::NotSent(why));
        Effects::of([Effect::Conclude])
    }

    fn end(&mut self, verdict: Verdict, reply: Reply) {
        self.stage = Stage::Concluded(Box::new(Conclusion {
            verdict,
            reply,
            evidence: None,
        }));
    }

    fn replied(&mut self, reply: Reply, now: Mono) -> Effects {
        if self.stage != Stage::Sending {
            return Effects::none();
        }
        // From the reply, not from the press: the session may have been refreshed first, and until the reply the browser
        // itself may have sent the request once more.
        let settles_at = now.plus(self.patience.settle_ms);
        let verdict = match meaning(&reply) {
            Meaning::Done => Verdict::Done(How::Answered),
            Meaning::NotSent => Verdict::NotDone(Proof::NotSent),
            Meaning::Refused => Verdict::NotDone(Proof::Refused),
            Meaning::Unauthorised => {
                let read = self.verify(reply, now, settles_at, None);
                return Effects::of([Effect::Note, Effect::RefreshSession, read]);
            }
            Meaning::Conflict | Meaning::Doubt => {
                let read = self.verify(reply, now, settles_at, None);
                return Effects::of([Effect::Note, read]);
            }
        };
        self.end(verdict, reply);
        Effects::of([Effect::Note, Effect::Conclude])
    }

    /// The reading of this number is over, if it is the one that is under way.
    fn over(&mut self, read: u32) -> Option<&mut Verifying> {
        match &mut self.stage {
            Stage::Verifying(verifying) if verifying.reading && read == self.reads => {
                verifying.reading = false;
                Some(verifying)
            }
            _ => None,
        }
    }

    fn read_back(&mut self, read: u32, evidence: Evidence, now: Mono) -> Effects {
        if self.over(read).is_none() {
            return Effects::none();
        }
        self.weigh(evidence, now)
    }

    fn read_failed(&mut self, read: u32, counts: bool, now: Mono) -> Effects {
        let Some(verifying) = self.over(read) else {
            return Effects::none();
        };
        if counts && verifying.read_began >= verifying.settles_at {
            verifying.failures += 1;
        }
        if verifying.failures >= PATIENCE {
            return self.conclude(Verdict::StillUnknown);
        }
        Effects::of([Effect::WakeAt(self.next_read(now))])
    }

    fn woke(&mut self, now: Mono) -> Effects {
        match &mut self.stage {
            Stage::Verifying(verifying) if !verifying.reading => {
                verifying.reading = true;
                verifying.read_began = now;
                Effects::of([Effect::Note, self.read()])
            }
            _ => Effects::none(),
        }
    }

    fn watch_on(&mut self, now: Mono) -> Effects {
        match &mut self.stage {
            Stage::Concluded(conclusion) if conclusion.verdict == Verdict::StillUnknown => {
                let reply = conclusion.reply.clone();
                let last = conclusion.evidence.take().map(Box::new);
                // It became "still unknown" when the window was over: it is not waited for again.
                Effects::of([Effect::Note, self.verify(reply, now, now, last)])
            }
            _ => Effects::none(),
        }
    }

    fn verify(&mut self, reply: Reply, now: Mono, settles_at: Mono, last: Option<Box<Evidence>>) -> Effect {
        self.stage = Stage::Verifying(Verifying {
            reply,
            settles_at,
            reading: true,
            last,
            read_began: now,
            failures: 0,
        });
        self.read()
    }

    fn read(&mut self) -> Effect {
        self.reads += 1;
        Effect::Read(self.reads)
    }

    fn weigh(&mut self, evidence: Evidence, now: Mono) -> Effects {
        let Stage::Verifying(verifying) = &mut self.stage else {
            return Effects::none();
        };
        let case = Case {
            goal: &self.intent.goal,
            user: &self.intent.user,
            baseline: &self.intent.baseline,
            refused: verifying.was_refused(),
            settled: verifying.read_began >= verifying.settles_at,
        };
        let verdict = judge(&case, &evidence);
        if let Found::Created(found) = &evidence.found {
            self.intent.at = found.first().cloned();
        }
        verifying.last = Some(Box::new(evidence));
        match verdict {
            Some(verdict) => self.conclude(verdict),
            None => Effects::of([Effect::WakeAt(self.next_read(now))]),
        }
    }

    /// The next look, at the latest when the window closes.
    fn next_read(&self, now: Mono) -> Mono {
        let Stage::Verifying(verifying) = &self.stage else {
            return now;
        };
        let index = (self.reads as usize).saturating_sub(1).min(POLLS_MS.len() - 1);
        let next = now.plus(POLLS_MS[index]);
        if now < verifying.settles_at {
            next.min(verifying.settles_at)
        } else {
            next
        }
    }

    fn conclude(&mut self, verdict: Verdict) -> Effects {
        if let Stage::Verifying(verifying) = &mut self.stage {
            let conclusion = Conclusion {
                verdict,
                reply: verifying.reply.clone(),
                evidence: verifying.last.take().map(|evidence| *evidence),
            };
            self.stage = Stage::Concluded(Box::new(conclusion));
        }
        Effects::of([Effect::Note, Effect::Conclude])
    }
}

impl Verifying {
    /// The platform itself refused this send, so it cannot be carried out later.
    pub fn was_refused(&self) -> bool {
        matches!(self.reply, Reply::Answered(Answer { status: 401 | 409, .. }))
    }
}
