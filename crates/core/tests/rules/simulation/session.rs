//! One operator at one order, in one or two tabs: presses, a network that fails in every way, pages that die and come
//! back, colleagues, reads, verdicts.

mod driver;
mod network;
mod page;
mod reading;
mod store;

use std::collections::BTreeMap;

use omnival_core::ids::{ClientId, IntentId, LoanId, UserId, VendorId};
use omnival_core::order::{Order, Status};
use omnival_core::recovery::evidence::{Baseline, Goal, Verdict};
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::Record;
use omnival_core::recovery::outcome::Reply;
use omnival_core::recovery::snapshot::Snapshot;
use omnival_core::time::Timestamp;

use super::server::{Act, Server};
use super::{Crossings, Faults, LONGEST_LAG_MS, PROMISE_MS};
use crate::given;
use crate::prng::Prng;
use page::{At, Page};

/// Reads fail and colleagues act for at most this long after a press.
const FAULTS_END_MS: u64 = PROMISE_MS + 60_000;
/// By then every attempt has its verdict, unless nothing could ever give it one.
const BOUND_MS: u64 = 2 * PROMISE_MS + 600_000;

/// What is under way: inside a page, or in the world, which goes on whichever page lives.
enum Happening {
    At(usize, At),
    World(World),
}

enum World {
    /// A copy of the request that this page sent.
    Arrives {
        page: usize,
        answers: bool,
    },
    ChargesAndBreaks,
    Colleague(Act),
    PaymentsSettle,
    /// The operator presses in this tab; with the same in view, if it is the same press in two tabs.
    Press {
        slot: usize,
        same: Option<Box<(Goal, Seen)>>,
    },
    PutAway,
    Crash {
        slot: usize,
    },
    /// The page in this slot, if one lives, hears that the other has died.
    Heard {
        slot: usize,
    },
    Load {
        slot: usize,
    },
}

/// One attempt and how it ended, as one page told it.
pub struct Ended {
    pub intent: Intent,
    pub verdict: Verdict,
    pub reply: Reply,
    /// When the baseline was taken.
    pub seen_at: u64,
}

struct Press {
    intent: Intent,
    at: u64,
    seen_at: u64,
    sends: u32,
}

pub struct Session {
    pub server: Server,
    pub ended: Vec<Ended>,
    pub trace: Option<Vec<String>>,
    pub crossings: Crossings,
    faults: Faults,
    settle_ms: u64,
    rng: Prng,
    now: u64,
    queue: Vec<Due>,
    presses: Vec<Press>,
    /// Every page that ever was, and which of them is in which tab.
    pages: Vec<Page>,
    tabs: [Option<usize>; 2],
    journal: BTreeMap<String, Record>,
    crashes: u64,
    lag: u64,
    creates: bool,
    /// So many were begun.
    readings: u32,
}

/// Something that is going to happen, on account of a press.
struct Due {
    at: u64,
    press: usize,
    what: Happening,
}

/// What the operator's page showed when the button was pressed.
#[derive(Clone)]
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
        let mut session = Self {
            server: Server::new(status, rng.percent(50)),
            ended: Vec::new(),
            trace: traced.then(Vec::new),
            crossings: Crossings::default(),
            faults,
            settle_ms,
            creates: rng.percent(10),
            rng,
            now: 1_000_000,
            queue: Vec::new(),
            presses: Vec::new(),
            pages: Vec::new(),
            tabs: [None; 2],
            journal: BTreeMap::new(),
            crashes: faults.crashes,
            lag,
            readings: 0,
        };
        session.load(0);
        if faults.two_tabs {
            session.now += session.rng.up_to(5_000);
            session.load(1);
        }
        session
    }

    /// How often this attempt was carried out.
    pub fn executions(&self, intent: &str) -> usize {
        let of_it = |done: &&super::server::Execution| done.intent == intent;
        self.server.executions.iter().filter(of_it).count()
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>8} ms  {}", self.now - 1_000_000, what()));
        }
    }

    fn after(&mut self, ms: u64, press: usize, what: Happening) {
        self.queue.push(Due {
            at: self.now + ms,
            press,
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
        for _ in 0..=self.rng.up_to(self.faults.presses - 1) {
            let began = self.now;
            self.round();
            while self.has_open() {
                if self.now > began + BOUND_MS {
                    return Err("no verdict long after all faults".into());
                }
                let due = self.next().ok_or("hangs: nothing is under way")?;
                self.happen(due)?;
            }
            let pause = self.rng.up_to(4_000);
            self.now += pause;
        }
        while let Some(due) = self.next() {
            self.happen(due)?;
        }
        self.examine()
    }

    /// A press; perhaps the same one in both tabs at once, and perhaps another one before it is known how that ended.
    fn round(&mut self) {
        let slot = if self.faults.two_tabs { self.rng.up_to(1) } else { 0 } as usize;
        let seen = self.look();
        if self.rng.percent(30) {
            // A colleague is quicker than the operator's page.
            let act = self.act();
            self.colleague(&act);
        }
        if let Some(goal) = self.goal(&seen) {
            let press = |slot| World::Press {
                slot,
                same: Some(Box::new((goal.clone(), seen.clone()))),
            };
            let twice = self.faults.two_tabs && self.rng.percent(30);
            self.after(0, 0, Happening::World(press(slot)));
            if twice {
                let wait = self.rng.up_to(30);
                self.after(wait, 0, Happening::World(press(1 - slot)));
            }
        }
        if self.faults.two_tabs && self.rng.percent(20) {
            let (wait, slot) = (self.rng.up_to(PROMISE_MS), self.rng.up_to(1) as usize);
            self.after(wait, 0, Happening::World(World::Press { slot, same: None }));
        }
    }

    /// Is a press still to come, or is anybody waiting to hear of one?
    fn has_open(&self) -> bool {
        let to_come = |due: &Due| matches!(due.what, Happening::World(World::Press { .. }));
        let follows = |page: &Page| page.following.iter().any(|one| one.attempt.conclusion().is_none());
        self.queue.iter().any(to_come)
            || self.pages.iter().any(|page| page.alive && follows(page))
            || self.journal.values().any(Record::blocks)
    }

    fn happen(&mut self, due: Due) -> Result<(), String> {
        let press = due.press;
        match due.what {
            Happening::At(page, what) => return self.inside(page, press, what),
            Happening::World(what) => match what {
                World::Arrives { page, answers } => self.arrive(page, press, answers),
                World::ChargesAndBreaks => self.charge_alone(press),
                World::Colleague(act) => self.colleague(&act),
                World::PaymentsSettle => self.server.settle_payments(),
                World::Press { slot, same } => return self.press(slot, same.map(|same| *same)),
                World::PutAway => self.put_away(press),
                World::Crash { slot } => return self.crash(slot),
                World::Heard { slot } => {
                    if let Some(page) = self.tabs[slot] {
                        self.look_for_orphans(page);
                    }
                }
                World::Load { slot } => self.load(slot),
            },
        }
        Ok(())
    }

    fn look(&mut self) -> Seen {
        let order = self.server.order();
        Seen {
            at: self.now,
            baseline: Baseline {
                order: Some(Snapshot::of(&order)),
                newest: self.server.history(self.now).first().map(|entry| entry.id.clone()),
                payments: self.server.payment_ids(self.now),
                records: Vec::new(),
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
    fn goal(&mut self, seen: &Seen) -> Option<Goal> {
        if self.creates {
            return Some(Goal::Create {
                client: ClientId::new("cli-1"),
                loan: LoanId::new("loan-1"),
                client_reference: String::new(),
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

    /// A press, if there is a page in this tab to press on.
    fn press(&mut self, slot: usize, same: Option<(Goal, Seen)>) -> Result<(), String> {
        let Some(page) = self.tabs[slot] else {
            return Ok(());
        };
        let (mut goal, seen) = match same {
            Some(same) => same,
            None => {
                let seen = self.look();
                match self.goal(&seen) {
                    Some(goal) => (goal, seen),
                    None => return Ok(()),
                }
            }
        };
        let press = self.presses.len();
        let id = ["int-", &press.to_string()].concat();
        if let Goal::Create { client_reference, .. } = &mut goal {
            client_reference.clone_from(&id);
        }
        let is_new = matches!(goal, Goal::Create { .. });
        let intent = Intent {
            id: IntentId::new(&id),
            at: (!is_new).then(given::at),
            user: UserId::new(given::ME),
            user_name: "Mia Operator".into(),
            asked: Vec::new(),
            baseline: seen.baseline,
            // A wall clock of any kind: nothing may depend on it.
            pressed_at: Timestamp(0),
            endpoint: String::new(),
            goal,
        };
        self.note(|| {
            format!(
                "{id} on page {page}: {:?}, order seen {:?}",
                intent.goal, seen.order.status
            )
        });
        self.presses.push(Press {
            intent,
            at: self.now,
            seen_at: seen.at,
            sends: 0,
        });
        for _ in 0..self.rng.up_to(3) {
            let (when, act) = (self.rng.up_to(PROMISE_MS), self.act());
            self.after(when, press, Happening::World(World::Colleague(act)));
        }
        let within = *self.rng.pick(&[30, 80, 30_000, PROMISE_MS]);
        self.maybe_crash(page, 50, within);
        self.begin(page, press)
    }

    /// When all is over: nothing was carried out twice or without a record, and every record tells its end.
    fn examine(&self) -> Result<(), String> {
        for press in &self.presses {
            let id = press.intent.id.as_str();
            let (executed, recorded) = (self.executions(id), self.journal.get(id));
            let wrong = if executed > 1 && !self.faults.resends {
                "carried out twice"
            } else if recorded.is_none() && (executed > 0 || press.sends > 0) {
                "sent without a record"
            } else if recorded.is_some_and(|record| record.blocks()) {
                "recorded, and without an end"
            } else {
                continue;
            };
            return Err(format!("{id}: {wrong}"));
        }
        Ok(())
    }
}
