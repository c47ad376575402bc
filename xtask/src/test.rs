//! Everything that must pass, in parts that can be run alone.
//!
//! All parts are run even after one has failed. The last line counts the tests as their runners
//! told them; a part without a single test has failed, since it has proved nothing.

mod fuzz;
mod runner;
mod steps;
mod tally;
mod trace;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::part::{Part, with_prerequisites};
use crate::progress::{Progress, seconds};
use crate::project::Project;

use tally::Tally;

struct Row {
    part: Part,
    tally: Tally,
    time: Duration,
    note: String,
}

pub fn run(project: &Project, asked: &[Part]) -> Result<ExitCode> {
    let parts = with_prerequisites(asked);
    let mut progress = Progress::new(parts.iter().map(|part| steps::count(*part)).sum());
    let mut rows: Vec<Row> = Vec::new();
    for part in parts {
        let blocked = rows.iter().any(|row| row.tally.failed > 0 && part.needs(row.part));
        let started = Instant::now();
        let end = progress.at() + steps::count(part);
        let (tally, note) = if blocked {
            (Tally::FAILURE, "not run: the build failed".to_owned())
        } else {
            match steps::take(part, project, &mut progress) {
                Ok(tally) => (tally, String::new()),
                Err(error) => (Tally::FAILURE, format!("{error:#}")),
            }
        };
        progress.skip_to(end);
        rows.push(Row {
            part,
            tally,
            time: started.elapsed(),
            note,
        });
    }
    progress.finish();
    Ok(summary(&rows))
}

fn summary(rows: &[Row]) -> ExitCode {
    println!("\n{:<10} {:>7} {:>7}  {:<12}", "part", "passed", "failed", "time");
    for row in rows {
        let Tally { passed, failed } = row.tally;
        let (name, time) = (row.part.name(), seconds(row.time));
        let line = format!("{name:<10} {passed:>7} {failed:>7}  {time:<12} {}", row.note);
        println!("{}", line.trim_end());
    }
    let all: Tally = rows.iter().map(|row| row.tally).sum();
    println!("\n{} passed, {} failed", all.passed, all.failed);
    if all.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
