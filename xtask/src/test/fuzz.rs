//! Hostile bytes for every decoder, for some seconds each: `tests/fuzz`, with libFuzzer.
//!
//! The instrumentation needs no nightly compiler: the flags that `cargo fuzz` passes without a sanitizer are stable.
//! They go to the target alone, so the host is named as one.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::tally::Tally;
use crate::process::{output, run};
use crate::progress::detail;
use crate::project::{Project, emptied};

const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing";
const EACH: Duration = Duration::from_secs(3);

pub fn run_all(project: &Project) -> Result<Tally> {
    if cfg!(windows) {
        detail("libFuzzer is not to be had here: skipped");
        return Ok(Tally::SUCCESS);
    }
    let target = project.target().join("fuzz");
    let program = build(project, &target)?;
    let decoders = output(&mut project.command(&program))?;
    ensure!(!decoders.is_empty(), "the fuzzer knows no decoder");
    decoders
        .lines()
        .map(|decoder| fuzz(project, &program, &target, decoder))
        .sum()
}

/// The fuzzer, compiled.
fn build(project: &Project, target: &Path) -> Result<PathBuf> {
    let host = host(project)?;
    let mut cargo = project.cargo();
    cargo
        .args(["build", "--locked", "--manifest-path", "tests/fuzz/Cargo.toml"])
        .args(["--target", &host])
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", FLAGS);
    run(&mut cargo)?;
    Ok(target.join(&host).join("debug/decoders"))
}

fn fuzz(project: &Project, program: &Path, target: &Path, decoder: &str) -> Result<Tally> {
    // What a run finds worth keeping goes into a folder of its own, and the seeds stay as they are.
    let corpus = emptied(target.join("corpus").join(decoder))?;
    let seed = project.path("tests/fuzz/seeds").join(decoder);
    fs::copy(&seed, corpus.join("seed")).with_context(|| format!("{decoder} has no seed"))?;
    let mut fuzzer = project.command(program);
    fuzzer
        .args(["-seed=1", "-max_len=8192", "-timeout=5", "-rss_limit_mb=1024"])
        .args(["-verbosity=0", "-print_final_stats=1"])
        .arg(format!("-max_total_time={}", EACH.as_secs()))
        .arg(format!("-artifact_prefix={}/", target.display()))
        .arg(&corpus)
        .env("OMNIVAL_FUZZ", decoder);
    let said = fuzzer.output().context("the fuzzer cannot be started")?;
    let text = String::from_utf8_lossy(&said.stderr);
    let runs = text
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    Ok(match (said.status.success(), runs) {
        (true, Some(runs)) => {
            detail(&format!("{decoder}: sound after {} inputs", runs.trim()));
            Tally::SUCCESS
        }
        _ => {
            eprintln!("{text}");
            detail(&format!("{decoder}: FAILED, see above"));
            Tally::FAILURE
        }
    })
}

fn host(project: &Project) -> Result<String> {
    let said = output(project.command("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .context("rustc does not say what it compiles for")
}
