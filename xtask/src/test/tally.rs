//! How many tests passed and failed, read from what their runner prints while it runs.

use std::iter::Sum;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
}

impl Tally {
    pub const SUCCESS: Self = Self { passed: 1, failed: 0 };
    pub const FAILURE: Self = Self { passed: 0, failed: 1 };
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |sum, tally| Self {
            passed: sum.passed + tally.passed,
            failed: sum.failed + tally.failed,
        })
    }
}

/// Reads what one line of a runner's output adds to the tally.
pub type Reader = fn(&str) -> Tally;

/// A runner that fails without a failed test, or succeeds without any test, has failed.
pub fn judged(tally: Tally, success: bool) -> Tally {
    let proved = success && tally.passed > 0;
    if tally.failed == 0 && !proved {
        return [tally, Tally::FAILURE].into_iter().sum();
    }
    tally
}

/// `test result: FAILED. 3 passed; 1 failed; 0 ignored; …`, once for each test binary.
pub fn libtest(line: &str) -> Tally {
    let Some((_, counts)) = line
        .strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "))
    else {
        return Tally::default();
    };
    let after = |word: &str| {
        let mut counts = counts.split(';').map(str::trim);
        counts.find_map(|count| number(count.strip_suffix(word)?))
    };
    Tally {
        passed: after(" passed").unwrap_or_default(),
        failed: after(" failed").unwrap_or_default(),
    }
}

/// `ℹ pass 12`, `ℹ fail 1`, `ℹ cancelled 0`, at the end.
pub fn node(line: &str) -> Tally {
    let after = |word: &str| number(line.strip_prefix("ℹ ")?.strip_prefix(word)?);
    Tally {
        passed: after("pass ").unwrap_or_default(),
        failed: after("fail ").or(after("cancelled ")).unwrap_or_default(),
    }
}

/// `  12 passed (3.4s)`, `  1 failed`, at the end. A test that was never reached has not passed; one that passed at its
/// second try has, and stays named as flaky in the output.
pub fn playwright(line: &str) -> Tally {
    let Some((count, verdict)) = line.strip_prefix("  ").and_then(|it| it.split_once(' ')) else {
        return Tally::default();
    };
    let count = number(count).unwrap_or_default();
    let verdict = verdict.split(" (").next().unwrap_or_default();
    match verdict {
        "passed" | "flaky" => Tally {
            passed: count,
            failed: 0,
        },
        "failed" | "did not run" | "interrupted" => Tally {
            passed: 0,
            failed: count,
        },
        _ => Tally::default(),
    }
}

fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(reader: Reader, output: &str) -> (u32, u32) {
        let tally: Tally = output.lines().map(reader).sum();
        (tally.passed, tally.failed)
    }

    #[test]
    fn cargo_test_is_counted_over_all_its_binaries() {
        let output = "running 3 tests\n\
            test order::tests::it_says_2_passed ... ok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n\
            test result: FAILED. 1 passed; 2 failed; 4 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(total(libtest, output), (4, 2));
    }

    #[test]
    fn node_counts_cancelled_tests_as_failed() {
        let output = "✔ a test with pass 7 in its name (1ms)\nℹ tests 9\nℹ suites 0\nℹ pass 6\n\
            ℹ fail 2\nℹ cancelled 1\nℹ skipped 0\nℹ todo 0\nℹ duration_ms 99\n";
        assert_eq!(total(node, output), (6, 3));
    }

    #[test]
    fn playwright_counts_what_never_passed_as_failed() {
        let output = "Running 9 tests using 1 worker\n  ✓  1 main.spec.ts › 3 passed (2.1s)\n\
            \n  1 failed\n    [chromium] › main.spec.ts\n  1 flaky\n  2 did not run\n  3 skipped\n\
            \x20 5 passed (4.0m)\n";
        assert_eq!(total(playwright, output), (6, 3));
    }

    #[test]
    fn a_runner_that_proves_nothing_has_failed() {
        let none = Tally::default();
        let (passed, failed) = (Tally::SUCCESS, Tally::FAILURE);
        assert_eq!(judged(none, true), failed, "no test at all");
        assert_eq!(judged(none, false), failed, "did not even compile");
        assert_eq!(judged(failed, false), failed);
        assert_eq!(judged(passed, true), passed);
        let crashed = Tally { passed: 1, failed: 1 };
        assert_eq!(judged(passed, false), crashed, "crashed after a test");
    }
}
