//! What each part of the test command runs.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::fuzz;
use super::runner::{self, Runner};
use super::tally::{self, Tally};
use super::trace;
use crate::arguments::Profile;
use crate::console::size::Report;
use crate::console::{self, files_below};
use crate::part::Part;
use crate::process::run;
use crate::progress::Progress;
use crate::project::{CONSOLE, Project, SANDBOX};
use crate::{licences, sandbox, setup, tidy};

/// So many steps a part takes.
pub fn count(part: Part) -> usize {
    match part {
        Part::Build => console::STEPS + 1,
        _ => 1,
    }
}

pub fn take(part: Part, project: &Project, progress: &mut Progress) -> Result<Tally> {
    let (step, work): (&str, fn(&Project) -> Result<Tally>) = match part {
        Part::Build => return build(project, progress),
        Part::Format => ("fmt: is everything formatted?", format),
        Part::Tidy => ("tidy: layers, circles, lengths, and who may name what", tidy),
        Part::Licences => (
            "licences: what every dependency allows, and where it comes from",
            licences,
        ),
        Part::Clippy => ("clippy: the whole workspace, warnings denied", clippy),
        Part::Xtask => ("xtask: unit tests", |project| {
            cargo_test(Part::Xtask, project, &["xtask"])
        }),
        Part::Core => ("core: the rules and the wire", |project| {
            cargo_test(Part::Core, project, &["omnival-core", "omnival-wire"])
        }),
        Part::Headless => (
            "headless: the console without its pixels, in a world without a browser",
            |project| cargo_test(Part::Headless, project, &["omnival-headless"]),
        ),
        Part::Proof => (
            "proof: the production rules in a model checker, and the bugs that it must catch",
            |project| cargo_test(Part::Proof, project, &["omnival-proof"]),
        ),
        Part::Fuzz => ("fuzz: hostile bytes for every decoder", fuzz::run_all),
        Part::App => ("app: the console's native tests", |project| {
            cargo_test(Part::App, project, &[CONSOLE])
        }),
        Part::Sandbox => ("sandbox: the API server", |project| {
            cargo_test(Part::Sandbox, project, &[SANDBOX])
        }),
        Part::Size => ("size: what is fetched before the queue shows", size),
        Part::Trace => ("trace: the same seeds, natively and in WebAssembly", trace::compare),
        Part::Contract => (
            "contract: the sandbox against the OpenAPI document, and the boot script's rules",
            contract,
        ),
        Part::Browser => ("browser: the console in Chromium against the sandbox", browser),
    };
    progress.step(step, || work(project))
}

fn build(project: &Project, progress: &mut Progress) -> Result<Tally> {
    console::build(project, Profile::Release, progress)?;
    sandbox::build(project, progress)?;
    Ok(Tally::SUCCESS)
}

fn cargo_test(part: Part, project: &Project, packages: &[&str]) -> Result<Tally> {
    let cargo = || {
        let mut cargo = project.cargo();
        cargo.args(["test", "--no-fail-fast"]);
        for package in packages {
            cargo.args(["--package", package]);
        }
        cargo
    };
    run(cargo().arg("--no-run"))?;
    let mut tests = cargo();
    // Each test by its name: that is what is counted.
    tests.env_remove("CARGO_TERM_QUIET");
    if part == Part::Proof {
        tests.args(["--", "--show-output"]);
    }
    counted(part, project, tests, tally::libtest)
}

fn contract(project: &Project) -> Result<Tally> {
    // Named one by one: what a folder means to `node --test` differs from version to version.
    let mut files = Vec::new();
    for folder in ["tests/boot", "tests/contract"] {
        let tests = files_below(&project.path(folder))?.into_iter();
        let before = files.len();
        files.extend(
            tests
                .filter(|file| file.ends_with(".test.mjs"))
                .map(|file| format!("{folder}/{file}")),
        );
        ensure!(files.len() > before, "{folder} holds no test");
    }
    let mut node = project.node();
    node.args(["--test", "--test-reporter=spec"])
        .args(files)
        .env("OMNIVAL_SANDBOX_BIN", project.sandbox_binary())
        .env("OMNIVAL_DIST", project.dist());
    counted(Part::Contract, project, node, tally::node)
}

fn browser(project: &Project) -> Result<Tally> {
    let chromium = setup::browser()?;
    let mut playwright = project.node_tool("playwright");
    playwright
        .args(["test", "--config", "tests/browser/playwright.config.ts"])
        .arg("--reporter=list")
        .env("OMNIVAL_CHROMIUM", chromium)
        .env("OMNIVAL_SANDBOX_BIN", project.sandbox_binary())
        .env("OMNIVAL_DIST", project.dist());
    counted(Part::Browser, project, playwright, tally::playwright)
}

fn counted(part: Part, project: &Project, command: Command, read: tally::Reader) -> Result<Tally> {
    let runner = Runner {
        command,
        read,
        log: &runner::log(project, &part.name())?,
    };
    runner.run()
}

fn format(project: &Project) -> Result<Tally> {
    setup::component(project, "fmt", "rustfmt")?;
    run(project.cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")?;
    Ok(Tally::SUCCESS)
}

fn tidy(project: &Project) -> Result<Tally> {
    let tidy::Verdict { kept, broken } = tidy::check(project)?;
    Ok(Tally {
        passed: kept,
        failed: broken,
    })
}

fn licences(project: &Project) -> Result<Tally> {
    let licences::Verdict { good, bad } = licences::check(project)?;
    Ok(Tally {
        passed: good,
        failed: bad,
    })
}

fn clippy(project: &Project) -> Result<Tally> {
    setup::component(project, "clippy", "clippy")?;
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    run(&mut cargo)?;
    Ok(Tally::SUCCESS)
}

fn size(project: &Project) -> Result<Tally> {
    let report = Report::read(&project.dist())?;
    report.print();
    report.judge()?;
    Ok(Tally::SUCCESS)
}
