//! What is being done, how far it is, and how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// A count of the steps of one task. The total is known before the first step begins.
#[derive(Debug)]
pub struct Progress {
    at: usize,
    total: usize,
    started: Instant,
}

impl Progress {
    pub fn new(total: usize) -> Self {
        Self {
            at: 0,
            total,
            started: Instant::now(),
        }
    }

    /// Announces a step, does it, and says how long it took.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.at += 1;
        println!("[{}/{}] {what}", self.at, self.total);
        let started = Instant::now();
        let result = work();
        let verdict = if result.is_ok() { "done" } else { "FAILED" };
        detail(&format!("{verdict} in {}", seconds(started.elapsed())));
        result
    }

    /// Counts steps that were not done because one that they need has failed.
    pub fn skip_to(&mut self, at: usize) {
        self.at = at;
    }

    pub fn at(&self) -> usize {
        self.at
    }

    pub fn finish(&self) {
        println!("All done in {}.", seconds(self.started.elapsed()));
    }
}

/// One line below the step it belongs to.
pub fn detail(line: &str) {
    println!("      {line}");
}

pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f32())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_times_are_told_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_249)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn a_failing_step_hands_its_error_on_and_is_counted() {
        let mut progress = Progress::new(2);
        let result: Result<()> = progress.step("fails", || anyhow::bail!("because"));
        assert_eq!(result.map_err(|e| e.to_string()), Err("because".to_owned()));
        assert_eq!(progress.at(), 1);
    }
}
