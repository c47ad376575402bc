//! Runs a test runner. Everything that it prints goes into a file; the terminal shows how far it is, what failed, and
//! what it has found.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::tally::{Reader, Tally, judged};
use crate::process::HEARTBEAT;
use crate::progress::{detail, seconds};
use crate::project::Project;

/// Of a long report, its beginning and its end: the first failure, and the list of all.
const REPORT_HEAD: usize = 60;
const REPORT_TAIL: usize = 40;

/// What is shown of a runner that has succeeded, up to the next empty line: what the proof held, what it caught, what
/// was measured, and which test passed at its second try only.
const SHOWN: [&str; 3] = ["property ", "mistake ", "Figures, "];

pub struct Runner<'a> {
    pub command: Command,
    pub read: Reader,
    pub log: &'a Path,
}

/// Where the whole output of a part is kept.
pub fn log(project: &Project, part: &str) -> Result<PathBuf> {
    let folder = project.scratch().join("test");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(part).with_extension("log"))
}

impl Runner<'_> {
    pub fn run(mut self) -> Result<Tally> {
        let mut log = File::create(self.log).with_context(|| format!("cannot write {}", self.log.display()))?;
        let mut child = self
            .command
            .env("NO_COLOR", "1")
            .env_remove("FORCE_COLOR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.try_clone()?)
            .spawn()
            .context("the test runner cannot be started")?;
        let output = child.stdout.take().context("the test runner is mute")?;
        let mut tally = Tally::default();
        let mut pulse = Pulse::new();
        let (mut shown, mut showing) = (Vec::new(), false);
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            writeln!(log, "{line}")?;
            tally = [tally, (self.read)(&line)].into_iter().sum();
            pulse.saw(&line);
            showing = !line.trim().is_empty() && (showing || begins_finding(&line));
            if showing {
                shown.push(line.into_owned());
            }
        }
        pulse.end();
        let tally = judged(tally, child.wait()?.success());
        if tally.failed == 0 {
            shown.iter().for_each(|line| detail(line));
        } else {
            let text = fs::read(self.log)?;
            report(&String::from_utf8_lossy(&text)).for_each(detail);
        }
        detail(&format!("{} passed, {} failed", tally.passed, tally.failed));
        if tally.failed > 0 {
            detail(&format!("everything it said: {}", self.log.display()));
        }
        Ok(tally)
    }
}

fn begins_finding(line: &str) -> bool {
    SHOWN.iter().any(|head| line.starts_with(head)) || line.trim_end().ends_with(" flaky")
}

/// What a failed runner says about it: from where it begins to tell of failures, or else its last words.
fn report(text: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = text.lines().collect();
    let begins = |line: &&str| {
        ["failures:", "  1) ", "✖ failing tests:", "error"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let from = lines.iter().position(begins).unwrap_or(0);
    let (head, tail) = (from + REPORT_HEAD, lines.len().saturating_sub(REPORT_TAIL));
    let is_told = move |at: usize| (from..head).contains(&at) || at >= tail.max(from);
    let told = lines.into_iter().enumerate();
    told.filter(move |(at, _)| is_told(*at)).map(|(_, line)| line)
}

/// How many tests have ended so far: one line that is written over, or a line a minute where none can be.
struct Pulse {
    ended: u32,
    started: Instant,
    told: Instant,
    terminal: bool,
}

impl Pulse {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            ended: 0,
            started: now,
            told: now,
            terminal: std::io::stdout().is_terminal(),
        }
    }

    fn saw(&mut self, line: &str) {
        if !is_test(line) {
            return;
        }
        self.ended += 1;
        let every = if self.terminal {
            Duration::from_millis(100)
        } else {
            HEARTBEAT
        };
        if self.told.elapsed() < every {
            return;
        }
        self.told = Instant::now();
        let so_far = format!("{} tests after {}", self.ended, seconds(self.started.elapsed()));
        if self.terminal {
            print!("\r      {so_far}   ");
            // What cannot be shown is no reason to stop.
            let _ = std::io::stdout().flush();
        } else {
            detail(&so_far);
        }
    }

    fn end(&self) {
        if self.terminal && self.ended > 0 {
            print!("\r{:60}\r", "");
        }
    }
}

/// Whether a line tells that one test has ended: libtest's, Node's or Playwright's way.
fn is_test(line: &str) -> bool {
    let line = line.trim_start();
    (line.starts_with("test ") && line.contains(" ... "))
        || ["✓", "✔", "✘", "✖"].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_that_ended_is_known_in_each_runners_words() {
        assert!(is_test("test merge::both_changed ... ok"));
        assert!(is_test("✔ an order is read (3ms)"));
        assert!(is_test("  ✓  12 [console] › main-way.spec.ts:3:1 › signs in (3s)"));
        assert!(!is_test("test result: ok. 3 passed; 0 failed"));
        assert!(!is_test("Compiling omnival-core"));
    }

    #[test]
    fn what_passed_at_the_second_try_only_is_shown() {
        assert!(begins_finding("  1 flaky"));
        assert!(begins_finding("  12 flaky"));
        assert!(!begins_finding("  501 passed (25.1m)"));
    }

    #[test]
    fn the_report_begins_where_failures_are_told() {
        let told: Vec<&str> = report("test a ... FAILED\nfailures:\n\n---- a stdout ----\nassertion").collect();
        assert_eq!(told.first(), Some(&"failures:"));
        assert_eq!(told.last(), Some(&"assertion"));
    }

    #[test]
    fn a_runner_that_dies_without_a_report_is_shown_by_its_last_words() {
        let text = "line\n".repeat(500) + "Killed";
        let told: Vec<&str> = report(&text).collect();
        assert_eq!(told.last(), Some(&"Killed"));
        assert!(told.len() <= REPORT_HEAD + REPORT_TAIL);
    }
}
