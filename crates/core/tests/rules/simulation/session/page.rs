//! A page of the console: its own clock, the attempts that it follows, its death, and the page that is loaded in its place.

use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{Attempt, Event, Patience};
use omnival_core::recovery::effect::{Effect, Effects};
use omnival_core::recovery::evidence::Verdict;
use omnival_core::recovery::journal::{self, Record, Stored, TabId};
use omnival_core::recovery::outcome::{Loss, NotSent, Reply};
use omnival_core::time::Mono;

use super::super::{Broken, LONGEST_PROCESSING_MS, PROMISE_MS};
use super::reading::{Part, Reading};
use super::{BOUND_MS, Ended, Happening, Session, World};

/// What happens inside a page, if it still lives.
pub(super) enum At {
    /// All that a send needs is at hand, or cannot be had.
    Prepared(Event),
    /// The transaction that asks the journal, and writes the intent down if it may be.
    Write,
    Written(Stored),
    /// The journal is brought up to date.
    Note(Box<Record>),
    /// What another page left behind, or could not find out, is taken up.
    Claim {
        of: TabId,
    },
    Reply(Reply),
    Reads {
        id: u32,
        part: Part,
    },
    ReadEnds {
        id: u32,
        read: u32,
        failure: Option<bool>,
    },
    Wake,
    WatchOn,
}

pub(super) struct Following {
    pub press: usize,
    pub attempt: Attempt,
    pub reading: Reading,
    /// What the journal held when the button was pressed.
    pub known: Vec<IntentId>,
}

pub(super) struct Page {
    pub id: TabId,
    pub slot: usize,
    pub alive: bool,
    /// Its monotonic clock began then.
    born: u64,
    pub following: Vec<Following>,
    /// Its transactions come one after another.
    pub last_write: u64,
}

impl Session {
    pub(super) fn clock(&self, page: usize) -> Mono {
        Mono(self.now - self.pages[page].born)
    }

    const fn patience(&self) -> Patience {
        Patience {
            settle_ms: self.settle_ms,
        }
    }

    pub(super) fn following(&mut self, page: usize, press: usize) -> Option<&mut Following> {
        self.pages[page].following.iter_mut().find(|one| one.press == press)
    }

    pub(super) fn is_alive(&self, id: &TabId) -> bool {
        self.pages.iter().any(|page| page.alive && page.id == *id)
    }

    /// The operator presses the button on this page.
    pub(super) fn begin(&mut self, page: usize, press: usize) -> Result<(), String> {
        let intent = self.presses[press].intent.clone();
        let (attempt, effects) = Attempt::begin(intent, self.patience());
        self.follow(page, press, attempt, effects)
    }

    fn follow(&mut self, page: usize, press: usize, attempt: Attempt, effects: Effects) -> Result<(), String> {
        self.pages[page].following.push(Following {
            press,
            attempt,
            reading: Reading::default(),
            known: self.journal.values().map(|held| held.id().clone()).collect(),
        });
        self.execute(page, press, effects)
    }

    pub(super) fn reply(&mut self, wait: u64, page: usize, press: usize, reply: Reply) {
        self.after(wait, press, Happening::At(page, At::Reply(reply)));
    }

    pub(super) fn inside(&mut self, page: usize, press: usize, what: At) -> Result<(), String> {
        if !self.pages[page].alive {
            return Ok(());
        }
        let event = match what {
            At::Write => return self.write_down(page, press),
            At::Note(record) => return self.bring_up_to_date(page, press, *record),
            At::Claim { of } => return self.take_up(page, press, &of),
            At::Reads { id, part } => {
                self.read_part(page, press, id, part);
                return Ok(());
            }
            At::Prepared(event) => event,
            At::Written(stored) => Event::Recorded(stored),
            At::Reply(reply) => Event::Replied(reply),
            At::Wake => Event::Woke,
            At::WatchOn => Event::WatchOn,
            At::ReadEnds { id, read, failure } => match self.read_ended(page, press, (id, read), failure) {
                Some(event) => event,
                None => return Ok(()),
            },
        };
        self.note(|| [describe(&event).as_str(), " on page ", &page.to_string()].concat());
        let clock = self.clock(page);
        let Some(following) = self.following(page, press) else {
            return Ok(());
        };
        let effects = following.attempt.step(event, clock);
        self.execute(page, press, effects)
    }

    /// A transaction of this page, after those that it began before.
    pub(super) fn write(&mut self, page: usize, press: usize, what: At) {
        let begins = self.pages[page].last_write.max(self.now);
        let ends = begins + self.rng.up_to(40);
        self.pages[page].last_write = ends;
        self.after(ends - self.now, press, Happening::At(page, what));
    }

    pub(super) fn concluded(&mut self, page: usize, press: usize) {
        let Some(end) = self.following(page, press).and_then(|one| one.attempt.conclusion()) else {
            return;
        };
        let (verdict, reply) = (end.verdict.clone(), end.reply.clone());
        self.note(|| format!("verdict on page {page}: {verdict:?}"));
        let Reply::NotSent(why) = reply else {
            if verdict == Verdict::StillUnknown && self.now < self.presses[press].at + BOUND_MS / 2 {
                return self.watch_on(page, press);
            }
            return self.tell(press, verdict, reply);
        };
        self.crossings.busy += u32::from(why == NotSent::Busy);
        self.crossings.unrecorded += u32::from(why == NotSent::Unrecorded);
        self.tell(press, verdict, reply);
    }

    fn tell(&mut self, press: usize, verdict: Verdict, reply: Reply) {
        if verdict == Verdict::StillUnknown {
            self.after(1_000, press, Happening::World(World::PutAway));
        }
        let pressed = &self.presses[press];
        self.ended.push(Ended {
            intent: pressed.intent.clone(),
            verdict,
            reply,
            seen_at: pressed.seen_at,
        });
    }

    /// The operator wants to know, here or in the other tab.
    fn watch_on(&mut self, page: usize, press: usize) {
        let wait = 5_000 + self.rng.up_to(25_000);
        let other = self.tabs[1 - self.pages[page].slot];
        match other {
            Some(other) if self.rng.percent(20) && self.following(other, press).is_none() => {
                let of = self.pages[page].id.clone();
                self.after(wait, press, Happening::At(other, At::Claim { of }));
                // Sooner or later this page's own button is pressed too.
                self.after(wait + 20_000, press, Happening::At(page, At::WatchOn));
            }
            _ => self.after(wait, press, Happening::At(page, At::WatchOn)),
        }
    }

    /// What a dead page left behind is followed on by this one.
    fn take_up(&mut self, page: usize, press: usize, of: &TabId) -> Result<(), String> {
        if self.following(page, press).is_some() {
            return Ok(());
        }
        let Some(mut record) = self.claim(page, press, of) else {
            return Ok(());
        };
        self.note(|| format!("page {page} takes up {:?}", record.stage));
        self.crossings.resumed += 1;
        if self.presses[press].sends == 0 {
            self.crossings.unsent += 1;
        }
        if self.faults.broken == Some(Broken::NoWindowAfterReload) {
            record.stage = journal::Stage::Doubt {
                reply: Reply::Lost(Loss::Interrupted),
                watched_ms: self.settle_ms,
            };
        }
        let (attempt, effects) = Attempt::resume(record, self.patience(), self.clock(page));
        if effects
            .as_slice()
            .iter()
            .any(|effect| matches!(effect, Effect::Send(_)))
        {
            return Err("sent again after it was taken up".into());
        }
        self.maybe_crash(page, 25, PROMISE_MS);
        self.follow(page, press, attempt, effects)
    }

    /// A page is loaded in this slot: it looks for what others left behind before anything else.
    pub(super) fn load(&mut self, slot: usize) {
        let page = self.pages.len();
        self.pages.push(Page {
            id: TabId::new(&["page-", &page.to_string()].concat()),
            slot,
            alive: true,
            born: self.now,
            following: Vec::new(),
            last_write: self.now,
        });
        self.tabs[slot] = Some(page);
        self.look_for_orphans(page);
    }

    pub(super) fn look_for_orphans(&mut self, page: usize) {
        let orphans: Vec<_> = self
            .journal
            .values()
            .filter(|record| record.blocks() && !self.is_alive(&record.owner))
            .map(|record| (record.id().clone(), record.owner.clone(), record.is_open()))
            .collect();
        for (id, of, open) in orphans {
            let Some(press) = self.presses.iter().position(|press| press.intent.id == id) else {
                continue;
            };
            // What is followed by nobody is taken up at once; "still unknown", when the operator says so.
            let wait = if open { 0 } else { 5_000 } + self.rng.up_to(50);
            self.after(wait, press, Happening::At(page, At::Claim { of }));
        }
    }

    /// Perhaps the page dies within this time.
    pub(super) fn maybe_crash(&mut self, page: usize, chance: u64, within: u64) {
        if self.crashes > 0 && self.rng.percent(chance) {
            self.crashes -= 1;
            let (wait, slot) = (self.rng.up_to(within), self.pages[page].slot);
            self.after(wait, 0, Happening::World(World::Crash { slot }));
        }
    }

    /// The page in this slot dies, with everything that it had in mind.
    pub(super) fn crash(&mut self, slot: usize) -> Result<(), String> {
        let Some(page) = self.tabs[slot].take() else {
            return Ok(());
        };
        self.note(|| format!("page {page} dies"));
        self.count_crash(page);
        // Of the transactions under way, the first ones may still be carried through, in their order.
        let writes = |due: &super::Due| matches!(due.what, Happening::At(at, At::Write | At::Note(_)) if at == page);
        let mut aborted = false;
        while let Some(index) = (0..self.queue.len())
            .filter(|index| writes(&self.queue[*index]))
            .min_by_key(|index| self.queue[*index].at)
        {
            let due = self.queue.remove(index);
            aborted = aborted || due.at > self.now + 40 || self.rng.percent(50);
            if let (false, Happening::At(page, what)) = (aborted, due.what) {
                self.inside(page, due.press, what)?;
            }
        }
        if self.faults.broken == Some(Broken::JournalDiesWithThePage) {
            self.journal.clear();
        }
        self.pages[page].alive = false;
        self.pages[page].following.clear();
        // The browser does not repeat the requests of a page that is gone.
        let latest = self.now + LONGEST_PROCESSING_MS;
        self.queue.retain(|due| {
            !matches!(due.what, Happening::World(World::Arrives { page: at, .. }) if at == page && due.at > latest)
        });
        let back = *self.rng.pick(&[200, 3_000, 40_000]);
        let (heard, back) = (self.rng.up_to(500), self.rng.up_to(back));
        self.after(heard, 0, Happening::World(World::Heard { slot: 1 - slot }));
        self.after(back, 0, Happening::World(World::Load { slot }));
        Ok(())
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
            let payments = evidence.payments.len();
            format!("read: {order:?}, history {history:?}, payments {payments}")
        }
        Event::Replied(reply) => match reply.status() {
            Some(status) => format!("answer {status}"),
            None => format!("{reply:?}"),
        },
        other => format!("{other:?}"),
    }
}
