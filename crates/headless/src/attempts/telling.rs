//! What the operator is told of attempts outside their own screens: in passing, by a notice that stands until it was read,
//! and in the tray.

use omnival_core::ids::IntentId;
use omnival_core::recovery::intent::Intent;
use omnival_core::recovery::journal::Found;

use super::notice::{Damaged, Notice, Unsettled};
use super::orphans::is_elsewhere;
use super::place::Place;
use super::state::{Life, State};
use super::support;
use super::tracked::Tracked;
use super::{Attempts, earlier};
use crate::journal::Entry;
use crate::platform::{Platform, Topic};

/// How long an end stands on its own screen before it counts as told.
const NOTICED_MS: u32 = 1_500;

impl<P: Platform> Attempts<P> {
    /// It has ended: the call and its token are not needed any more, and the operator is to be told.
    pub(super) fn ended(&self, life: Life) {
        self.with(|state| {
            let Some(followed) = state.of_life(life) else { return };
            followed.outgoing = None;
            let id = followed.id().clone();
            state.untold.push(id);
            say_in_passing(state);
        });
    }

    /// Where the operator is now. To be called whenever they go somewhere else.
    pub fn is_at(&self, place: Option<Place>) {
        let is_news = self.with(|state| {
            let is_news = state.place != place;
            state.place = place;
            say_in_passing(state);
            is_news
        });
        if is_news {
            self.changed(Topic::Attempts);
        }
    }

    /// What is to be said in passing, each sentence once.
    pub fn in_passing(&self) -> Vec<String> {
        self.with(|state| std::mem::take(&mut state.passing))
    }

    pub(super) fn say(&self, sentence: String) {
        self.with(|state| state.passing.push(sentence));
        self.changed(Topic::Attempts);
    }

    /// How it ended stands on its own screen. That counts as told once it stood there for a moment: who goes on before is
    /// told where they are.
    pub fn stands(&self, id: &IntentId) {
        let (attempts, id) = (self.clone(), id.clone());
        self.platform().spawn(Box::pin(async move {
            attempts.platform().sleep(NOTICED_MS).await;
            let stands = attempts.with(|state| {
                let followed = state.of_intent(&id);
                followed.is_some_and(|followed| !followed.tracked.is_open() && is_shown(state, &followed.tracked))
            });
            if stands {
                attempts.saw(&id);
            }
        }));
    }

    /// The operator was told how it ended. False if they had been before.
    pub fn saw(&self, id: &IntentId) -> bool {
        let is_news = self.with(|state| {
            let before = state.untold.len();
            state.untold.retain(|untold| untold != id);
            state.untold.len() < before
        });
        if is_news {
            self.changed(Topic::Attempts);
        }
        is_news
    }

    /// What stands on this screen until it was read.
    pub fn notices(&self) -> Vec<Notice> {
        self.with(|state| {
            let untold = state.tracked().filter(|tracked| is_untold(state, tracked));
            let ended = untold.filter(|tracked| !is_shown(state, tracked));
            let ended = ended.filter_map(|tracked| notice(tracked, earlier(state, &tracked.attempt.intent)));
            ended.chain(state.failed.iter().cloned()).collect()
        })
    }

    /// The operator has read this one.
    pub fn has_read(&self, notice: &Notice) {
        match &notice.attempt {
            Some(id) => {
                self.saw(id);
            }
            None => {
                self.with(|state| state.failed.retain(|failed| failed != notice));
                self.changed(Topic::Attempts);
            }
        }
    }

    pub(super) fn add_notice(&self, notice: Notice) {
        self.with(|state| state.failed.push(notice));
        self.changed(Topic::Attempts);
    }

    /// Everything without a known end: what this page follows, then what others do or nobody does.
    pub fn unsettled(&self) -> Vec<Unsettled> {
        self.with(|state| {
            let here = state
                .tracked()
                .filter(|tracked| has_no_known_end(tracked))
                .map(|tracked| {
                    let is = if tracked.is_open() { CHECKED } else { UNKNOWN };
                    unsettled(&tracked.attempt.intent, is)
                });
            let elsewhere = state.kept.iter().filter(|entry| is_elsewhere(state, entry));
            here.chain(elsewhere.map(unsettled_elsewhere)).collect()
        })
    }

    /// How many of them this page follows: leaving it asks first.
    pub fn followed(&self) -> usize {
        self.with(|state| state.tracked().filter(|tracked| tracked.is_open()).count())
    }
}

const CHECKED: &str = "being checked";
const UNKNOWN: &str = "outcome unknown";

fn is_untold(state: &State, tracked: &Tracked) -> bool {
    state.untold.contains(&tracked.attempt.intent.id)
}

/// Does the screen where the operator is show how this attempt stands?
fn is_shown(state: &State, tracked: &Tracked) -> bool {
    let place = Place::of(&tracked.attempt.intent);
    place.is_some() && place == state.place
}

/// What went well is said in passing, unless its own screen says it. The rest stands until it is read.
fn say_in_passing(state: &mut State) {
    let said: Vec<(IntentId, String)> = state
        .tracked()
        .filter(|tracked| is_untold(state, tracked) && tracked.ended_well() && !is_shown(state, tracked))
        .filter_map(|tracked| {
            let intent = &tracked.attempt.intent;
            let sentence = [&title(intent), ": ", &tracked.message()?.happened].concat();
            Some((intent.id.clone(), sentence))
        })
        .collect();
    for (id, sentence) in said {
        state.untold.retain(|untold| *untold != id);
        state.passing.push(sentence);
    }
}

fn notice(tracked: &Tracked, earlier: usize) -> Option<Notice> {
    let intent = &tracked.attempt.intent;
    Some(Notice {
        attempt: Some(intent.id.clone()),
        tone: tracked.tone()?.0,
        title: title(intent),
        happened: tracked.message()?.happened,
        next: "Open it to see what is true now, and what can be done next.".to_owned(),
        place: Place::of(intent),
        details: support::of_attempt(tracked, earlier),
    })
}

fn has_no_known_end(tracked: &Tracked) -> bool {
    tracked.is_open() || (tracked.is_unknown() && !tracked.is_dismissed)
}

fn title(intent: &Intent) -> String {
    let order = intent.baseline.order.as_ref().map(|order| order.title.clone());
    order.unwrap_or_else(|| "New draft".to_owned())
}

fn unsettled(intent: &Intent, state: &str) -> Unsettled {
    Unsettled {
        title: title(intent),
        state: [intent.goal.operation().doing(), ", ", state].concat(),
        place: intent.at.as_ref().map(Place::order).or_else(|| Place::of(intent)),
        damaged: None,
    }
}

fn unsettled_elsewhere(entry: &Entry) -> Unsettled {
    match &entry.found {
        Found::Record(record) if record.is_open() => unsettled(&record.intent, "being checked in another tab"),
        Found::Record(record) => unsettled(&record.intent, UNKNOWN),
        Found::Damaged(_) => Unsettled {
            title: "Damaged record".to_owned(),
            state: "of an earlier attempt; check the history of what you changed last".to_owned(),
            place: None,
            damaged: entry.damage().map(|text| Damaged {
                text,
                key: entry.key.clone(),
            }),
        },
    }
}
