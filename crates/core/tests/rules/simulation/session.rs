//! One operator at one order: presses, a network that fails in every way, colleagues, reads, verdicts.

mod network;
mod reading;

use omnival_core::ids::{ClientId, IntentId, LoanId, UserId, VendorId};
use omnival_core::order::{Order, Status};
use omnival_core::recovery::attempt::{Attempt, Effect, Event, Intent, Patience};
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::outcome::Reply;
use omnival_core::time::{Mono, Timestamp};

use super::server::{Act, Server};
use super::{Faults, LONGEST_LAG_MS, PROMISE_MS};
use crate::given::{self, answered};
use crate::prng::Prng;
use reading::Reading;

/// Reads fail and colleagues act for at most this long after a press.
const FAULTS_END_MS: u64 = PROMISE_MS + 60_000;
/// By then every attempt has its verdict, unless nothing could ever give it one.
const BOUND_MS: u64 = 2 * PROMISE_MS + 600_000;

/// What is under way in the world.
enum Happening {
    Arrives { answers: bool },
    ChargesAndBreaks,
    Reply(Reply),
    Colleague(Act),
    PaymentsSettle,
    ReadOrder,
    ReadHistory,
    ReadPayments,
    ReadEnds { read: u32, failure: Option<bool> },
    Wake,
    WatchOn,
}

/// One attempt and how it ended.
pub struct Ended {
    pub intent: Intent,
    pub verdict: Verdict,
    pub reply: Reply,
    /// When the baseline was taken.
    pub seen_at: u64,
}

pub struct Session {
    pub server: Server,
    pub ended: Vec<Ended>,
    pub trace: Option<Vec<String>>,
    faults: Faults,
    settle_ms: u64,
    rng: Prng,
    now: u64,
    queue: Vec<Due>,
    /// Every press so far; the last one may be open.
    intents: Vec<Intent>,
    reading: Reading,
    lag: u64,
}

/// Something that is going to happen, on account of a press.
struct Due {
    at: u64,
    press: usize,
    what: Happening,
}

/// What the operator's page showed when the button was pressed.
struct Seen {
    at: u64,
    order: Order,
    baseline: Baseline,
}

impl Session {
    pub fn new(seed: u64, faults: Faults, settle_ms: u64, traced: bool) -> Self {
        let mut rng = Prng::new(seed);
        let statuses = [Status::Draft, Status::Unassigned, Status::Assigned, Status::OnHold];
        let status = *rng.pick(&statuses);
        let lag = if rng.percent(30) { 0 } else { rng.up_to(LONGEST_LAG_MS) };
        Self {
            server: Server::new(status, rng.percent(50)),
            ended: Vec::new(),
            trace: traced.then(Vec::new),
            faults,
            settle_ms,
            rng,
            now: 1_000_000,
            queue: Vec::new(),
            intents: Vec::new(),
            reading: Reading::default(),
            lag,
        }
    }

    /// Was this attempt carried out, once or by the browser's doing more often?
    pub fn executed(&self, intent: &str) -> bool {
        self.server.executions.iter().any(|done| done.intent == intent)
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>8} ms  {}", self.now - 1_000_000, what()));
        }
    }

    fn after(&mut self, ms: u64, what: Happening) {
        self.queue.push(Due {
            at: self.now + ms,
            press: self.intents.len() - 1,
            what,
        });
    }

    fn next(&mut self) -> Option<Due> {
        let first = (0..self.queue.len()).min_by_key(|index| self.queue[*index].at)?;
        let due = self.queue.remove(first);
        self.now = self.now.max(due.at);
        Some(due)
    }

    fn lag(&mut self) -> u64 {
        self.rng.up_to(self.lag)
    }

    /// Presses, each judged by the one before, then whatever is still on its way.
    pub fn run(&mut self) -> Result<(), String> {
        let creates = self.rng.percent(10);
        for number in 0..=self.rng.up_to(self.faults.presses - 1) {
            let seen = self.look();
            if self.rng.percent(30) {
                // A colleague is quicker than the operator's page.
                let act = self.act();
                self.colleague(&act);
            }
            let Some(goal) = self.goal(creates, &seen) else {
                break;
            };
            self.press(number, goal, seen)?;
            let pause = self.rng.up_to(4_000);
            self.now += pause;
        }
        while let Some(due) = self.next() {
            self.world(due);
        }
        Ok(())
    }

    fn look(&mut self) -> Seen {
        let order = self.server.order();
        Seen {
            at: self.now,
            baseline: Baseline {
                order: Some(order.clone()),
                newest: self.server.history(self.now).first().map(|entry| entry.id.clone()),
                payments: self.server.payment_ids(self.now),
            },
            order,
        }
    }

    /// A vendor who does not have the order already.
    fn vendor(&mut self, held_by: &str) -> Goal {
        let others: Vec<_> = ["ven-1", "ven-2"].into_iter().filter(|id| *id != held_by).collect();
        let id = *self.rng.pick(&others);
        Goal::Assign {
            vendor: VendorId::new(id),
            name: id.into(),
        }
    }

    /// Something that the page offers in the status that it shows.
    fn goal(&mut self, creates: bool, seen: &Seen) -> Option<Goal> {
        if creates {
            return Some(Goal::Create {
                client: ClientId::new("cli-1"),
                loan: LoanId::new("loan-1"),
                client_reference: self.rng.next().to_string(),
            });
        }
        let held_by = seen.order.vendor.as_ref().map_or("", |vendor| vendor.id.as_str());
        let assign = self.vendor(held_by);
        let cancel = self.rng.percent(10);
        match seen.order.status {
            Status::Draft => Some(Goal::Activate),
            Status::OnHold if !cancel => Some(Goal::Reactivate),
            Status::Cancelled => None,
            _ if cancel => Some(Goal::Cancel),
            _ if self.rng.percent(50) => Some(Goal::Hold),
            _ => Some(assign),
        }
    }

    fn act(&mut self) -> Act {
        let assign = self.vendor("");
        let acts = [
            Act::Goal(assign),
            Act::Goal(Goal::Hold),
            Act::Goal(Goal::Reactivate),
            Act::Goal(Goal::Activate),
            Act::Accept,
            Act::Update,
            Act::Comment,
            Act::Comment,
            Act::Goal(Goal::Cancel),
        ];
        self.rng.pick(&acts).clone()
    }

    fn colleague(&mut self, act: &Act) {
        let lag = self.lag();
        if self.server.colleague(act, self.now, lag) {
            self.note(|| format!("a colleague: {act:?}, in history after {lag} ms"));
        }
    }

    fn press(&mut self, number: u64, goal: Goal, seen: Seen) -> Result<(), String> {
        let id = ["int-", &number.to_string()].concat();
        let is_new = matches!(goal, Goal::Create { .. });
        let intent = Intent {
            id: IntentId::new(&id),
            at: (!is_new).then(given::at),
            user: UserId::new(given::ME),
            user_name: "Mia Operator".into(),
            asked: Vec::new(),
            baseline: seen.baseline,
            pressed_at: Timestamp(0),
            endpoint: String::new(),
            goal,
        };
        self.note(|| format!("press {id}: {:?}, order seen {:?}", intent.goal, seen.order.status));
        let patience = Patience {
            settle_ms: self.settle_ms,
        };
        let (mut attempt, _ticket) = Attempt::begin(intent, patience);
        let (pressed, press) = (self.now, self.intents.len());
        self.intents.push(attempt.intent.clone());
        self.send(&attempt.intent.goal);
        for _ in 0..self.rng.up_to(3) {
            let (when, act) = (self.rng.up_to(PROMISE_MS), self.act());
            self.after(when, Happening::Colleague(act));
        }
        while self.now < pressed + BOUND_MS {
            let Some(due) = self.next() else {
                return Err(format!("{id} hangs: nothing is under way"));
            };
            let event = match due.what {
                // What is left of an earlier attempt finds nobody who listens.
                _ if due.press != press => None,
                Happening::Reply(ref reply) => Some(Event::Replied(reply.clone())),
                Happening::Wake => Some(Event::Woke),
                Happening::WatchOn => Some(Event::WatchOn),
                Happening::ReadEnds { read, failure } => Some(self.read_ended(read, failure)),
                _ => None,
            };
            let Some(event) = event else {
                self.world(due);
                continue;
            };
            self.note(|| describe(&event));
            let effects = attempt.step(event, Mono(self.now));
            self.carry_out(&effects, pressed);
            let Some(end) = attempt.conclusion() else {
                continue;
            };
            if end.verdict == Verdict::StillUnknown && self.now < pressed + BOUND_MS / 2 {
                let wait = 5_000 + self.rng.up_to(25_000);
                if !self.queue.iter().any(|due| matches!(due.what, Happening::WatchOn)) {
                    self.after(wait, Happening::WatchOn);
                }
                continue;
            }
            let (verdict, reply) = (end.verdict.clone(), end.reply.clone());
            self.note(|| format!("verdict on {id}: {verdict:?}"));
            self.ended.push(Ended {
                intent: attempt.intent,
                verdict,
                reply,
                seen_at: seen.at,
            });
            return Ok(());
        }
        Err(format!("{id} has no verdict long after all faults"))
    }

    /// What happens whether or not an attempt listens.
    fn world(&mut self, due: Due) {
        match due.what {
            Happening::Arrives { answers } => self.arrive(due.press, answers),
            Happening::ChargesAndBreaks => {
                let (lag, status) = (self.lag(), *self.rng.pick(&["pending", "succeeded"]));
                let id = self.intents[due.press].id.clone();
                self.server.charge(id.as_str(), status, self.now, lag);
                self.note(|| format!("a charge ({status}) is recorded, then the platform breaks"));
            }
            Happening::Colleague(act) => self.colleague(&act),
            Happening::PaymentsSettle => self.server.settle_payments(),
            Happening::ReadOrder => self.reading.found = Some(self.server.found(&self.intents[due.press].goal)),
            Happening::ReadHistory => self.reading.history = self.server.history(self.now),
            Happening::ReadPayments if self.intents[due.press].goal.operation().may_move_money() => {
                self.reading.payments = self.server.payments(self.now);
            }
            Happening::ReadPayments
            | Happening::Reply(_)
            | Happening::ReadEnds { .. }
            | Happening::Wake
            | Happening::WatchOn => {}
        }
    }

    fn arrive(&mut self, press: usize, answers: bool) {
        let (intent, lag) = (self.intents[press].clone(), self.lag());
        let id = intent.id.as_str();
        let expected = intent.baseline.order.as_ref().and_then(|order| order.version);
        let status = self.server.receive(&intent.goal, id, expected, self.now, lag);
        self.note(|| format!("the platform receives {id}: {status}, in history after {lag} ms"));
        if status == 201 && intent.goal.operation().may_move_money() && self.rng.percent(30) {
            let pending = self.rng.percent(50);
            let payment = if pending { "pending" } else { "succeeded" };
            self.server.charge(id, payment, self.now, lag);
            self.after(60_000, Happening::PaymentsSettle);
        }
        if answers {
            let at = self.now + self.rng.up_to(300);
            self.queue.push(Due {
                at,
                press,
                what: Happening::Reply(answered(status)),
            });
        }
    }

    fn carry_out(&mut self, effects: &[Effect], pressed: u64) {
        for effect in effects {
            // Exhaustive on purpose: the core has no way to ask for a second send.
            match effect {
                Effect::RenewSession | Effect::Conclude => {}
                Effect::WakeAt(at) => {
                    let wait = Mono(self.now).until(*at);
                    self.after(wait, Happening::Wake);
                }
                Effect::Read(read) => self.read(*read, pressed),
            }
        }
    }
}

fn describe(event: &Event) -> String {
    match event {
        Event::ReadBack(_, evidence) => {
            let history: Vec<_> = evidence
                .history
                .iter()
                .map(|entry| (entry.id.as_str(), entry.kind.as_str()))
                .collect();
            let order = evidence.order().map(|order| (order.status, order.version));
            format!(
                "read: {order:?}, history {history:?}, payments {}",
                evidence.payments.len()
            )
        }
        Event::Replied(reply) => match reply.status() {
            Some(status) => format!("answer {status}"),
            None => format!("{reply:?}"),
        },
        other => format!("{other:?}"),
    }
}
