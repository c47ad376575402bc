//! The proof, as a test: the sound protocol has no counterexample, and every seeded mistake has one.
#![allow(clippy::panic)]

use omnival_proof::report;

#[test]
fn the_production_core_holds_in_more_than_a_million_distinct_states() {
    let outcomes = report::sound(false);
    println!("{}", report::sound_table(&outcomes));
    for outcome in &outcomes {
        assert_eq!(outcome.broken, None, "{}", outcome.name);
        assert!(outcome.complete, "{}: not every state was seen", outcome.name);
    }
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
