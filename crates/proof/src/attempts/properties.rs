//! What must hold in every state, and what must be reachable so that it does not hold for want of occasion.

use stateright::Property;

use super::server::Fact;
use super::setup::{Aim, Setup};
use super::state::{State, Told, Truth};
use super::world;

pub const ONCE: &str = "an intent is carried out at most once";
pub const SENT_ONCE: &str = "an intent is sent at most once";
pub const NO_DUPLICATE: &str = "a goal is carried out once in a partition";
pub const NO_DUPLICATE_ANYWHERE: &str = "a goal is carried out once in all partitions";
pub const CHARGED_ONCE: &str = "an operator is charged once in a partition";
pub const NO_FALSE_DONE: &str = "no false \"done\"";
pub const NO_FALSE_NOT_DONE: &str = "no false \"not done\"";
pub const ONE_FOLLOWER: &str = "one page follows an open attempt";
pub const VERDICT: &str = "every intent ends in a verdict when faults stop";

pub fn of(setup: &Setup) -> Vec<Property<Setup>> {
    let mut all = vec![
        Property::always(ONCE, once),
        Property::always(NO_DUPLICATE, no_duplicate),
        Property::always(CHARGED_ONCE, charged_once),
        Property::always(NO_FALSE_DONE, |setup, state: &State| {
            numbered(state).all(|(intent, truth)| !is_false_done(setup, state, intent, truth))
        }),
        Property::always(NO_FALSE_NOT_DONE, |_, state: &State| {
            numbered(state).all(|(_, truth)| !is_false_denial(state, truth))
        }),
        Property::always(VERDICT, verdict),
    ];
    // A mistake is to be caught by the harm that it does, not by its shape.
    if setup.bug.is_none() {
        all.push(Property::always(SENT_ONCE, |_, state: &State| {
            state.truths.iter().all(|truth| truth.sends <= 1)
        }));
        all.push(Property::always(ONE_FOLLOWER, one_follower));
    }
    if holds_across_partitions(setup) {
        all.push(Property::always(NO_DUPLICATE_ANYWHERE, |_, state: &State| {
            state.truths.iter().all(|truth| !truth.duplicated)
        }));
    }
    all
}

/// Between two partitions only the platform arbitrates. It does with a fence; and where the order's state allows the
/// action only once. The idempotency key does not: two presses are two intents, and have two keys.
pub fn holds_across_partitions(setup: &Setup) -> bool {
    match setup.aim {
        Aim::Create => false,
        Aim::Assign => setup.abilities.fence,
        Aim::Activate => true,
    }
}

fn numbered(state: &State) -> impl Iterator<Item = (u8, &Truth)> {
    (0..).zip(&state.truths)
}

/// What the browser repeats is not of the program's making: then fence, key or the order's state have to help.
fn once(setup: &Setup, state: &State) -> bool {
    let helped =
        setup.abilities.key || setup.aim == Aim::Activate || (setup.abilities.fence && setup.aim.has_history());
    state.truths.iter().all(|truth| {
        let repeated = if helped { truth.repeated } else { 0 };
        truth.executed + repeated <= 1
    })
}

fn no_duplicate(_: &Setup, state: &State) -> bool {
    (0..2).all(|partition| {
        let mine = state.truths.iter().filter(|truth| truth.partition == partition);
        mine.filter(|truth| truth.executed + truth.repeated > 0).count() <= 1
    })
}

fn charged_once(_: &Setup, state: &State) -> bool {
    (0..2).all(|partition| {
        let mine = state.truths.iter().filter(|truth| truth.partition == partition);
        mine.map(|truth| truth.charged).sum::<u8>() <= 1
    })
}

/// "Done" by the platform's own word is about this very intent. By the history it is about an entry: this intent made
/// it, or one of the same operator in the other partition, which nothing here can tell apart.
fn is_false_done(_: &Setup, state: &State, intent: u8, truth: &Truth) -> bool {
    match truth.told {
        Some(Told::Done) => truth.executed + truth.repeated == 0,
        Some(Told::DoneBy(entry) | Told::Pending(entry)) => {
            match usize::from(entry)
                .checked_sub(1)
                .and_then(|index| state.server.log.get(index))
            {
                Some(Fact::Mine(by)) => *by != intent && state.truths[usize::from(*by)].partition == truth.partition,
                _ => true,
            }
        }
        _ => false,
    }
}

fn is_false_denial(state: &State, truth: &Truth) -> bool {
    let happened = truth.executed + truth.repeated + truth.charged > 0;
    match truth.told {
        Some(Told::ByOther(entry)) => {
            let told = usize::from(entry)
                .checked_sub(1)
                .and_then(|index| state.server.log.get(index));
            happened || told != Some(&Fact::Same)
        }
        Some(told) => told.denies() && happened,
        None => false,
    }
}

fn one_follower(_: &Setup, state: &State) -> bool {
    numbered(state).all(|(intent, _)| {
        let followers = state.tabs.iter().filter(|page| {
            let work = page.work.as_ref().filter(|work| work.intent == intent);
            work.is_some_and(|work| work.attempt.conclusion().is_none())
        });
        followers.count() <= 1
    })
}

fn verdict(setup: &Setup, state: &State) -> bool {
    let open = |partition| {
        state
            .records(partition)
            .any(omnival_core::recovery::journal::Record::is_open)
    };
    let follows = state
        .tabs
        .iter()
        .filter_map(|page| page.work.as_ref())
        .any(|work| work.attempt.conclusion().is_none());
    if !follows && !open(0) && !open(1) {
        return true;
    }
    let mut actions = Vec::new();
    world::possible(setup, state, &mut actions);
    !actions.is_empty()
}
