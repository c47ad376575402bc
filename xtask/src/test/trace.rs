//! The same seed gives the same session natively and in WebAssembly: `crates/core/examples/trace.rs`, run as both.

use std::iter::zip;

use anyhow::{Context, Result, ensure};

use super::tally::Tally;
use crate::console::wasm;
use crate::process::{output, run};
use crate::progress::detail;
use crate::project::Project;
use crate::setup;

const FIRST: &str = "0";
const SEEDS: &str = "2000";
const EXAMPLE: [&str; 4] = ["--package", "omnival-core", "--example", "trace"];
const PROFILE: &str = "wasm-dev";

pub fn compare(project: &Project) -> Result<Tally> {
    run(project.cargo().arg("build").args(EXAMPLE))?;
    let compiler = setup::wasm_compiler(project)?;
    run(wasm::cargo_build(project, &compiler, PROFILE).args(EXAMPLE))?;

    let native = project.target().join("debug/examples").join(program());
    let native = output(project.command(native).args([FIRST, SEEDS]))?;
    let module = wasm::folder(project, PROFILE).join("examples/trace.wasm");
    let mut node = project.node();
    node.arg("tests/trace.mjs").arg(module).args([FIRST, SEEDS]);
    let compiled = output(&mut node)?;

    let sessions = native.lines().count();
    ensure!(
        sessions.to_string() == SEEDS,
        "{sessions} sessions were played natively"
    );
    ensure!(
        compiled.lines().count() == sessions,
        "not every session was played in WebAssembly"
    );
    let other = zip(native.lines(), compiled.lines()).find(|(native, compiled)| native != compiled);
    if let Some((native, _)) = other {
        let seed = native.split(' ').next().context("a line without a seed")?;
        detail(&format!(
            "seed {seed}: another session in WebAssembly. Play it with OMNIVAL_SEED={seed}"
        ));
        return Ok(Tally::FAILURE);
    }
    detail(&format!("{sessions} sessions, event by event the same"));
    Ok(Tally::SUCCESS)
}

fn program() -> String {
    ["trace", std::env::consts::EXE_SUFFIX].concat()
}
