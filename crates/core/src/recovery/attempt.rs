//! One write that is sent once, from its button to its verdict.
//!
//! `step(state, event) -> effects`: the shell carries effects out and reports back. Sending takes a [`Ticket`], and
//! [`Attempt::begin`] is the only place that makes one, so no sequence of events can send twice.

use super::evidence::{Baseline, Case, Evidence, Found, Goal, How, Proof, Verdict, judge};
use super::outcome::{Answer, Meaning, Reply, meaning};
use crate::ids::{IntentId, OrderRef, UserId};
use crate::time::{Mono, Timestamp};

/// How long the first doubtful reads wait for each other; they grow to the last and stay there.
const POLLS_MS: [u64; 5] = [500, 1_000, 2_000, 4_000, 6_000];
/// Reads that fail after the window before the verdict is "still unknown".
const PATIENCE: u32 = 3;

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
    pub asked: Vec<(&'static str, String)>,
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
#[derive(Debug)]
pub struct Ticket(IntentId);

impl Ticket {
    pub const fn intent(&self) -> &IntentId {
        &self.0
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// Renew the session, because the platform called it invalid. The write is not sent again.
    RenewSession,
    /// Read the order and the operation's records, together, and report with this number.
    Read(u32),
    WakeAt(Mono),
    /// The attempt has ended: bring everything shown up to date.
    Conclude,
}

impl Attempt {
    pub fn begin(intent: Intent, patience: Patience) -> (Self, Ticket) {
        let ticket = Ticket(intent.id.clone());
        let attempt = Self {
            intent,
            patience,
            stage: Stage::Sending,
            reads: 0,
        };
        (attempt, ticket)
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
            Stage::Sending | Stage::Verifying(_) => None,
        }
    }

    pub fn step(&mut self, event: Event, now: Mono) -> Vec<Effect> {
        match (&mut self.stage, event) {
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
                vec![self.read()]
            }
            (Stage::Concluded(conclusion), Event::WatchOn) if conclusion.verdict == Verdict::StillUnknown => {
                let reply = conclusion.reply.clone();
                // It became "still unknown" when the window was over: it is not waited for again.
                vec![self.verify(reply, now, now)]
            }
            // An event that belongs to an earlier stage or reading: late, and without meaning now.
            _ => Vec::new(),
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
            Meaning::Unauthorised => return vec![Effect::RenewSession, self.verify(reply, now, settles_at)],
            Meaning::Conflict | Meaning::Doubt => return vec![self.verify(reply, now, settles_at)],
        };
        self.stage = Stage::Concluded(Box::new(Conclusion {
            verdict,
            reply,
            evidence: None,
        }));
        vec![Effect::Conclude]
    }

    fn verify(&mut self, reply: Reply, now: Mono, settles_at: Mono) -> Effect {
        self.stage = Stage::Verifying(Verifying {
            reply,
            settles_at,
            reading: true,
            last: None,
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
        vec![Effect::Conclude]
    }
}

impl Verifying {
    /// The platform itself refused this send, so it cannot be carried out later.
    pub fn was_refused(&self) -> bool {
        matches!(self.reply, Reply::Answered(Answer { status: 401 | 409, .. }))
    }
}
