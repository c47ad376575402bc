//! Two tabs, one journal, and every interleaving of what they do to it.

use std::collections::BTreeMap;

use omnival_core::ids::IntentId;
use omnival_core::recovery::attempt::{self, Attempt, Event};
use omnival_core::recovery::effect::{Effects, Interpreter, Ticket};
use omnival_core::recovery::evidence::{Evidence, Goal};
use omnival_core::recovery::journal::{Found, Record, Stage, Stored, TabId, admit, claim, replaces, spare};
use omnival_core::time::{Mono, Timestamp};
use proptest::prelude::*;

use super::tab;
use crate::attempt::{PATIENCE, SETTLE_MS};
use crate::given::{ME, answered, baseline_entry, intent, record as entry, unmoved};

/// What happens next, in one of the two tabs.
#[derive(Clone, Copy, Debug)]
enum Step {
    Press,
    /// The store answers to a press that waits for it.
    Record,
    Answer(u16),
    /// A read that proves it, one that shows nothing, one that fails.
    Proves,
    ShowsNothing,
    Fails,
    /// Nothing can be read until patience is at its end.
    StaysUnreadable,
    Wake,
    WatchOn,
    /// The operator says that they made sure.
    PutAway,
    /// The page dies, and another is loaded in its place.
    Crash,
    /// What no living page follows is taken up.
    TakeUp,
    /// What is still unknown is watched on from here, whoever followed it.
    WatchFromHere,
    Time(u64),
    /// An entry of the store becomes unreadable.
    Damage,
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let step = prop_oneof![
        4 => Just(Step::Press),
        4 => Just(Step::Record),
        3 => prop::sample::select(vec![200, 401, 409, 422, 500, 503]).prop_map(Step::Answer),
        1 => Just(Step::Proves),
        2 => Just(Step::ShowsNothing),
        2 => Just(Step::Fails),
        3 => Just(Step::StaysUnreadable),
        3 => Just(Step::Wake),
        2 => Just(Step::WatchOn),
        2 => Just(Step::PutAway),
        2 => Just(Step::Crash),
        2 => Just(Step::TakeUp),
        1 => Just(Step::WatchFromHere),
        3 => prop::sample::select(vec![100, 20_000, SETTLE_MS]).prop_map(Step::Time),
        1 => Just(Step::Damage),
    ];
    (0..2_usize, step)
}

struct Tab {
    id: TabId,
    attempt: Option<Attempt>,
    /// What the journal held when the button was pressed.
    known: Vec<IntentId>,
}

/// Both tabs and their store. All attempts are about one order.
struct Two {
    tabs: [Tab; 2],
    store: BTreeMap<String, Found>,
    now: Mono,
    pages: u32,
    intents: u32,
    sends: BTreeMap<String, u32>,
}

impl Two {
    fn new() -> Self {
        Self {
            tabs: ["page-0", "page-1"].map(|id| Tab {
                id: tab(id),
                attempt: None,
                known: Vec::new(),
            }),
            store: BTreeMap::new(),
            now: Mono(0),
            pages: 2,
            intents: 0,
            sends: BTreeMap::new(),
        }
    }

    fn record(&self, at: usize) -> Option<Record> {
        let Tab { id, attempt, .. } = &self.tabs[at];
        attempt.as_ref().map(|attempt| attempt.record(id, None, self.now))
    }

    fn put(&mut self, record: Record) {
        self.store
            .insert(record.id().as_str().to_owned(), Found::Record(Box::new(record)));
    }

    fn tell(&mut self, at: usize, event: impl FnOnce(&Attempt) -> Event) {
        if let Some(attempt) = &mut self.tabs[at].attempt {
            let effects = attempt.step(event(attempt), self.now);
            self.execute(at, effects);
        }
    }

    fn execute(&mut self, at: usize, effects: Effects) {
        effects.execute(&mut Page { two: self, at });
    }

    /// One transaction: the journal is asked, and the intent is written down if it may be.
    fn write_down(&mut self, at: usize) {
        let attempt = self.tabs[at].attempt.as_ref();
        if !attempt.is_some_and(|attempt| matches!(attempt.stage(), attempt::Stage::Recording { .. })) {
            return;
        }
        let stored = admit(self.store.values(), &self.tabs[at].known);
        if let Some(record) = self.record(at).filter(|_| stored == Stored::Yes) {
            self.put(record);
        }
        self.tell(at, |_| Event::Recorded(stored));
    }

    fn take_up(&mut self, at: usize, wanted: impl Fn(&Record, &[&TabId]) -> bool) {
        let alive = [&self.tabs[0].id, &self.tabs[1].id];
        let taken = self.store.values().find_map(|found| match found {
            Found::Record(held) if wanted(held, &alive) => claim(Some(found), &held.owner, &self.tabs[at].id),
            _ => None,
        });
        if let Some(record) = taken {
            self.put(record.clone());
            let (attempt, effects) = Attempt::resume(record, PATIENCE, self.now);
            self.tabs[at].attempt = Some(attempt);
            self.execute(at, effects);
        }
    }

    /// A page follows one attempt at a time about one order.
    fn press(&mut self, at: usize) {
        let is_busy = |attempt: &Attempt| attempt.conclusion().is_none();
        if self.tabs[at].attempt.as_ref().is_some_and(is_busy) {
            return;
        }
        self.intents += 1;
        let mut intent = intent(Goal::Hold);
        intent.id = IntentId::new(&self.intents.to_string());
        intent.pressed_at = Timestamp(i64::from(self.intents));
        let (attempt, effects) = Attempt::begin(intent, PATIENCE);
        let known = self.store.values().filter_map(|found| found.id().cloned()).collect();
        self.tabs[at] = Tab {
            id: self.tabs[at].id.clone(),
            attempt: Some(attempt),
            known,
        };
        self.execute(at, effects);
    }

    fn play(&mut self, at: usize, step: Step) {
        match step {
            Step::Press => self.press(at),
            Step::Record => self.write_down(at),
            Step::Answer(status) => self.tell(at, |_| Event::Replied(answered(status))),
            Step::Proves => self.tell(at, |attempt| {
                let evidence = Evidence {
                    history: vec![entry(&Goal::Hold, "evt-9", ME), baseline_entry()],
                    ..unmoved(&Goal::Hold)
                };
                Event::ReadBack(attempt.reads(), evidence)
            }),
            Step::ShowsNothing => self.tell(at, |attempt| Event::ReadBack(attempt.reads(), unmoved(&Goal::Hold))),
            Step::Fails => self.tell(at, |attempt| crate::attempt::read_failed(attempt, true)),
            Step::StaysUnreadable => {
                self.now = self.now.plus(SETTLE_MS);
                for _ in 0..4 {
                    self.tell(at, |attempt| crate::attempt::read_failed(attempt, true));
                    self.tell(at, |_| Event::Woke);
                }
            }
            Step::Wake => self.tell(at, |_| Event::Woke),
            Step::WatchOn => self.tell(at, |_| Event::WatchOn),
            Step::PutAway => self.store.values_mut().for_each(|found| match found {
                Found::Record(record) => record.put_away(),
                Found::Damaged(_) => {}
            }),
            Step::Crash => {
                let id = tab(&["page-", &self.pages.to_string()].concat());
                self.pages += 1;
                self.tabs[at] = Tab {
                    id,
                    attempt: None,
                    known: Vec::new(),
                };
            }
            Step::TakeUp => self.take_up(at, |held, alive| held.blocks() && !alive.contains(&&held.owner)),
            Step::WatchFromHere => self.take_up(at, |held, _| held.blocks() && !held.is_open()),
            Step::Time(ms) => self.now = self.now.plus(ms),
            Step::Damage => {
                if let Some(mut last) = self.store.last_entry() {
                    last.insert(Found::Damaged("�".into()));
                }
            }
        }
    }

    fn blocking(&self) -> Vec<&Found> {
        let blocks = |found: &&Found| match found {
            Found::Record(record) => record.blocks(),
            Found::Damaged(_) => true,
        };
        self.store.values().filter(blocks).collect()
    }
}

/// One of the two, at work for its attempt. What is to be recorded, read or waited for comes, or does not, by a step of
/// its own.
struct Page<'a> {
    two: &'a mut Two,
    at: usize,
}

impl Interpreter for Page<'_> {
    fn prepare(&mut self) {
        self.two.tell(self.at, |_| Event::Ready);
    }

    fn record(&mut self) {}

    fn send(&mut self, ticket: Ticket) {
        let id = ticket.intent().as_str().to_owned();
        *self.two.sends.entry(id).or_default() += 1;
    }

    fn note(&mut self) {
        let news = self.two.record(self.at).expect("an attempt that asked for it");
        if replaces(&news, self.two.store.get(news.id().as_str())) {
            self.two.put(news);
        }
    }

    fn refresh_session(&mut self) {}

    fn read(&mut self, _number: u32) {}

    fn wake_at(&mut self, _at: Mono) {}

    fn conclude(&mut self) {}
}

/// Does this change of one entry lose nothing?
fn keeps(before: &Found, after: Option<&Found>, step: Step) -> bool {
    let (before, after) = match (before, after) {
        (_, None) => return false,
        (Found::Damaged(_), Some(_)) => return true,
        (Found::Record(_), Some(Found::Damaged(_))) => return matches!(step, Step::Damage),
        (Found::Record(before), Some(Found::Record(after))) => (before, after),
    };
    let moves = match (&before.stage, &after.stage) {
        // An answer does not become another, and what was watched was watched.
        (
            Stage::Doubt { reply, watched_ms },
            Stage::Doubt {
                reply: still,
                watched_ms: since,
            },
        ) => reply == still && watched_ms <= since,
        (Stage::Doubt { .. }, Stage::Opened) => false,
        (Stage::Ended(was), Stage::Ended(is)) => was.unsettled || !is.unsettled,
        (Stage::Ended(was), Stage::Doubt { .. }) => was.unsettled,
        (Stage::Ended(_), Stage::Opened) => false,
        (Stage::Opened, _) | (_, Stage::Ended(_)) => true,
    };
    moves && before.intent == after.intent
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 2_000, ..crate::properties::config() })]

    #[test]
    fn at_most_one_is_unsettled_and_none_is_lost(
        damages in prop::bool::weighted(0.3),
        steps in prop::collection::vec(step(), 1..120),
    ) {
        let mut two = Two::new();
        for (at, step) in steps.into_iter().filter(|(_, step)| damages || !matches!(step, Step::Damage)) {
            let before = two.store.clone();
            two.play(at, step);
            let blocking = two.blocking();
            // A settled record may become unreadable beside an open one.
            prop_assert!(blocking.len() <= 1 || damages, "{:?}: {:?}", step, blocking);
            let open = blocking.iter().filter(|found| matches!(found, Found::Record(_))).count();
            prop_assert!(open <= 1, "{:?}: {:?}", step, blocking);
            for (key, before) in &before {
                let after = two.store.get(key);
                prop_assert!(keeps(before, after, step), "{:?}: {:?} became {:?}", step, before, after);
            }
            prop_assert!(two.sends.values().all(|count| *count == 1), "{:?}", two.sends);
            let held: Vec<_> = two.store.values().cloned().collect();
            prop_assert!(spare(&held).is_empty(), "few enough to keep all");
        }
    }
}
