//! One write that is sent once, from its button to its verdict.
//!
//! `step(state, event) -> effects`: the shell carries effects out and reports back. Sending takes a [`Ticket`], and the
//! only place that makes one is the step that hears that the intent was written down, so no sequence of events can send
//! twice, or send what a crash would forget.

use std::borrow::Cow;

use super::evidence::{Baseline, Case, Evidence, Found, Goal, How, Proof, Verdict, judge};
use super::journal::{self, Ending, Record, Stored, TabId};
use super::outcome::{Answer, Loss, Meaning, NotSent, Reply, meaning};
use crate::ids::{IntentId, OrderRef, UserId};
use crate::order::Order;
use crate::time::{Mono, Timestamp};

/// How long the first doubtful reads wait for each other; they grow to the last and stay there.
const POLLS_MS: [u64; 5] = [500, 1_000, 2_000, 4_000, 6_000];
/// Reads that fail after the window before the verdict is "still unknown".
const PATIENCE: u32 = 3;
/// An intent whose writing down took longer is not sent: the page may have slept, and the world may have moved on.
const RECORDING_MS: u64 = 10_000;

/// What the operator decided, and all that is needed to judge it later.
#[derive(Clone, PartialEq, Debug)]
pub struct Intent {
    pub id: IntentId,
    pub goal: Goal,
    /// Absent while the order is being created.
    pub at: Option<OrderRef>,
    pub user: UserId,
    pub user_name: String,
    /// What was asked, for the conflict screen and the support bundle.
    pub asked: Vec<(Cow<'static, str>, String)>,
    pub baseline: Baseline,
    pub pressed_at: Timestamp,
    /// Method and path, for the support bundle.
    pub endpoint: String,
}

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
pub struct Conclusion {
    pub verdict: Verdict,
    pub reply: Reply,
    /// What was last read of order and records; the reason for the verdict unless the platform's answer was enough.
    pub evidence: Option<Evidence>,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    /// All that a send needs is at hand: the intent is being written down from now on.
    Writing,
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

/// The right to send one call once. It cannot be cloned, and sending consumes it.
#[derive(PartialEq, Eq, Debug)]
pub struct Ticket(IntentId);

impl Ticket {
    pub const fn intent(&self) -> &IntentId {
        &self.0
    }
}

#[derive(PartialEq, Eq, Debug)]
pub enum Effect {
    /// Write [`Attempt::record`] down durably, unless the journal holds something against it, and report.
    Record,
    /// Send the call now, and report its reply.
    Send(Ticket),
    /// Bring the journal up to date with [`Attempt::record`]; nothing waits for it.
    Note,
    /// Renew the session, because the platform called it invalid. The write is not sent again.
    RenewSession,
    /// Read the order and the operation's records, together, and report with this number.
    Read(u32),
    WakeAt(Mono),
    /// The attempt has ended: bring everything shown up to date.
    Conclude,
}

impl Attempt {
    pub fn begin(intent: Intent, patience: Patience, now: Mono) -> (Self, Vec<Effect>) {
        let attempt = Self {
            intent,
            patience,
            stage: Stage::Recording { since: now },
            reads: 0,
        };
        (attempt, vec![Effect::Record])
    }

    /// Takes up an attempt that another page of this browser left behind: it is verified, and never sent again.
    ///
    /// What that page had watched of the settle window counts, by its own monotonic clock. Without any, the window
    /// begins now: no wall clock is trusted to say how long ago the request left.
    pub fn resume(record: Record, patience: Patience, now: Mono) -> (Self, Vec<Effect>) {
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
        (attempt, vec![Effect::Note, read])
    }

    /// How it stands, to be written down. `answered` is the order as a 2xx answer gave it.
    pub fn record(&self, owner: &TabId, answered: Option<&Order>, now: Mono) -> Record {
        Record {
            intent: self.intent.clone(),
            owner: owner.clone(),
            stage: match &self.stage {
                Stage::Recording { .. } | Stage::Sending => journal::Stage::Opened,
                Stage::Verifying(verifying) => journal::Stage::Doubt {
                    reply: verifying.reply.clone(),
                    watched_ms: self.patience.settle_ms.saturating_sub(now.until(verifying.settles_at)),
                },
                Stage::Concluded(end) => journal::Stage::Ended(Ending::of(&self.intent, end, answered)),
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
            Stage::Recording { .. } | Stage::Sending | Stage::Verifying(_) => None,
        }
    }

    /// It ended without anybody knowing how.
    pub fn is_unknown(&self) -> bool {
        self.conclusion()
            .is_some_and(|end| end.verdict == Verdict::StillUnknown)
    }

    pub fn step(&mut self, event: Event, now: Mono) -> Vec<Effect> {
        match (&mut self.stage, event) {
            (Stage::Recording { since }, Event::Writing) => {
                *since = now;
                Vec::new()
            }
            (Stage::Recording { since }, Event::Recorded(stored)) => {
                let took = since.until(now);
                self.recorded(stored, took)
            }
            // Before it was written down, the only reply there can be is that it was not sent.
            (Stage::Recording { .. }, Event::Replied(Reply::NotSent(why))) => self.unsent(why, false),
            (Stage::Sending, Event::Replied(reply)) => self.replied(reply, now),
            (Stage::Verifying(verifying), Event::ReadBack(read, evidence))
                if verifying.reading && read == self.reads =>
            {
                verifying.reading = false;
                self.weigh(evidence, now)
            }
            (Stage::Verifying(verifying), Event::ReadFailed { read, counts })
                if verifying.reading && read == self.reads =>
            {
                verifying.reading = false;
                if counts && verifying.read_began >= verifying.settles_at {
                    verifying.failures += 1;
                }
                if verifying.failures >= PATIENCE {
                    return self.conclude(Verdict::StillUnknown);
                }
                vec![Effect::WakeAt(self.next_read(now))]
            }
            (Stage::Verifying(verifying), Event::Woke) if !verifying.reading => {
                verifying.reading = true;
                verifying.read_began = now;
                vec![Effect::Note, self.read()]
            }
            (Stage::Concluded(conclusion), Event::WatchOn) if conclusion.verdict == Verdict::StillUnknown => {
                let reply = conclusion.reply.clone();
                let last = conclusion.evidence.take().map(Box::new);
                // It became "still unknown" when the window was over: it is not waited for again.
                vec![Effect::Note, self.verify(reply, now, now, last)]
            }
            // An event that belongs to an earlier stage or reading: late, and without meaning now.
            _ => Vec::new(),
        }
    }

    fn recorded(&mut self, stored: Stored, took_ms: u64) -> Vec<Effect> {
        match stored {
            Stored::Yes if took_ms <= RECORDING_MS => {
                self.stage = Stage::Sending;
                vec![Effect::Send(Ticket(self.intent.id.clone()))]
            }
            Stored::Yes => self.unsent(NotSent::Unrecorded, true),
            Stored::Busy => self.unsent(NotSent::Busy, false),
            Stored::No => self.unsent(NotSent::Unrecorded, false),
        }
    }

    /// Ends it unsent. What was never written down leaves no trace in the journal either.
    fn unsent(&mut self, why: NotSent, recorded: bool) -> Vec<Effect> {
        self.stage = Stage::Concluded(Box::new(Conclusion {
            verdict: Verdict::NotDone(Proof::NotSent),
            reply: Reply::NotSent(why),
            evidence: None,
        }));
        if recorded {
            vec![Effect::Note, Effect::Conclude]
        } else {
            vec![Effect::Conclude]
        }
    }

    fn replied(&mut self, reply: Reply, now: Mono) -> Vec<Effect> {
        // From the reply, not from the press: the session may have been renewed first, and until the reply the browser
        // itself may have sent the request once more.
        let settles_at = now.plus(self.patience.settle_ms);
        let verdict = match meaning(&reply) {
            Meaning::Done => Verdict::Done(How::Answered),
            Meaning::NotSent => Verdict::NotDone(Proof::NotSent),
            Meaning::Refused => Verdict::NotDone(Proof::Refused),
            Meaning::Unauthorised => {
                let read = self.verify(reply, now, settles_at, None);
                return vec![Effect::Note, Effect::RenewSession, read];
            }
            Meaning::Conflict | Meaning::Doubt => {
                return vec![Effect::Note, self.verify(reply, now, settles_at, None)];
            }
        };
        self.stage = Stage::Concluded(Box::new(Conclusion {
            verdict,
            reply,
            evidence: None,
        }));
        vec![Effect::Note, Effect::Conclude]
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

    fn weigh(&mut self, evidence: Evidence, now: Mono) -> Vec<Effect> {
        let Stage::Verifying(verifying) = &mut self.stage else {
            return Vec::new();
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
            None => vec![Effect::WakeAt(self.next_read(now))],
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

    fn conclude(&mut self, verdict: Verdict) -> Vec<Effect> {
        if let Stage::Verifying(verifying) = &mut self.stage {
            let conclusion = Conclusion {
                verdict,
                reply: verifying.reply.clone(),
                evidence: verifying.last.take().map(|evidence| *evidence),
            };
            self.stage = Stage::Concluded(Box::new(conclusion));
        }
        vec![Effect::Note, Effect::Conclude]
    }
}

impl Verifying {
    /// The platform itself refused this send, so it cannot be carried out later.
    pub fn was_refused(&self) -> bool {
        matches!(self.reply, Reply::Answered(Answer { status: 401 | 409, .. }))
    }
}
