//! The proof, as a test: the sound protocol has no counterexample, and every seeded mistake has one.
#![allow(clippy::panic)]

use omnival_proof::attempts::properties::holds_across_partitions;
use omnival_proof::attempts::setup::Setup;
use omnival_proof::attempts::state::State;
use omnival_proof::attempts::world::Action;
use omnival_proof::{report, runs};
use stateright::{Model, Property};

#[test]
fn the_production_core_holds_in_more_than_a_million_distinct_states() {
    let outcomes = report::sound(false);
    println!("{}", report::properties_table(&outcomes));
    for outcome in &outcomes {
        assert_eq!(outcome.broken, None, "{}", outcome.name);
    }
    // The largest runs stop at a bound. In the others every state was seen, those where faults have stopped among them.
    assert!(outcomes.iter().filter(|outcome| outcome.complete).count() >= 40);
    assert!(report::distinct(&outcomes) >= 1_000_000);
}

#[test]
fn every_seeded_mistake_is_caught_and_the_same_run_without_it_holds() {
    let pairs = report::mistakes();
    println!("{}", report::mistakes_table(&pairs));
    for (caught, control) in &pairs {
        assert!(caught.broken.is_some(), "{} is not caught", caught.name);
        assert_eq!(control.broken, None, "{}", control.name);
    }
    assert!(pairs.len() >= 12);
}

/// A run with one promise more than the platform's abilities allow.
struct Overclaimed(Setup);

impl Model for Overclaimed {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        self.0.init_states()
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.0.actions(state, actions);
    }

    fn next_state(&self, state: &State, action: Action) -> Option<State> {
        self.0.next_state(state, action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always(
            "nothing twice in all partitions",
            |_, state: &State| state.truths.iter().all(|truth| !truth.duplicated),
        )]
    }
}

/// The two partitions share no journal: without a fence, two presses can do the same twice, and the key does not help.
#[test]
fn between_two_partitions_only_the_platform_arbitrates() {
    for setup in runs::attempts(false) {
        if setup.name == "two partitions" {
            let holds = holds_across_partitions(&setup);
            let name = format!("{:?} {:?}", setup.aim, setup.abilities);
            let outcome = report::check(name, Overclaimed(setup), 400_000);
            assert_eq!(outcome.broken.is_none(), holds, "{}", outcome.name);
        }
    }
}
