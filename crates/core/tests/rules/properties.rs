//! Laws that hold for every input, tried on many.

mod dates;
mod merging;
mod queue;
mod retrying;
mod text;

use proptest::test_runner::Config;

/// No files beside the sources: a failure prints its smallest input, which then becomes a case of its own.
pub fn config() -> Config {
    Config {
        cases: 512,
        failure_persistence: None,
        ..Config::default()
    }
}
