//! The parts: what each one runs.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::fuzz;
use super::runner::{self, Runner};
use super::tally::{self, Tally};
use super::trace;
use crate::arguments::BuildOptions;
use crate::console::{self, files_below};
use crate::process::run;
use crate::progress::Progress;
use crate::project::{CONSOLE, Project, SANDBOX};
use crate::size::Report;
use crate::{sandbox, setup};

/// In the order they are run: what is quick and fails often comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Format,
    Clippy,
    Xtask,
    Core,
    Proof,
    Fuzz,
    App,
    Sandbox,
    Build,
    Size,
    Trace,
    Contract,
    Browser,
}

const ALL: [Part; 13] = [
    Part::Format,
    Part::Clippy,
    Part::Xtask,
    Part::Core,
    Part::Proof,
    Part::Fuzz,
    Part::App,
    Part::Sandbox,
    Part::Build,
    Part::Size,
    Part::Trace,
    Part::Contract,
    Part::Browser,
];

/// All parts if none is asked for, and the build before whatever runs against it.
pub fn with_prerequisites(asked: &[Part]) -> Vec<Part> {
    if asked.is_empty() {
        return ALL.into();
    }
    let wanted = |part: &Part| asked.contains(part) || asked.iter().any(|other| other.needs(*part));
    ALL.into_iter().filter(wanted).collect()
}

impl Part {
    pub fn named(name: &str) -> Option<Self> {
        ALL.into_iter().find(|part| part.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Clippy => "clippy",
            Self::Xtask => "xtask",
            Self::Core => "core",
            Self::Proof => "proof",
            Self::Trace => "trace",
            Self::Fuzz => "fuzz",
            Self::App => "app",
            Self::Sandbox => "sandbox",
            Self::Build => "build",
            Self::Size => "size",
            Self::Contract => "contract",
            Self::Browser => "browser",
        }
    }

    /// Whether this part can only be run when that one has succeeded.
    pub fn needs(self, other: Self) -> bool {
        matches!(self, Self::Size | Self::Trace | Self::Contract | Self::Browser) && other == Self::Build
    }

    pub fn steps(self) -> usize {
        match self {
            Self::Build => console::STEPS + 1,
            _ => 1,
        }
    }

    pub fn run(self, project: &Project, progress: &mut Progress) -> Result<Tally> {
        let step = match self {
            Self::Build => {
                console::build(project, &BuildOptions::default(), progress)?;
                sandbox::build(project, progress)?;
                return Ok(Tally::SUCCESS);
            }
            Self::Format => "fmt: is everything formatted?",
            Self::Clippy => "clippy: the whole workspace, warnings denied",
            Self::Xtask => "xtask: unit tests",
            Self::Core => "core: the rules and the wire",
            Self::Proof => "proof: the production rules in a model checker, and the bugs that it must catch",
            Self::Trace => "trace: the same seeds, natively and in WebAssembly",
            Self::Fuzz => "fuzz: hostile bytes for every decoder",
            Self::App => "app: the console's native tests",
            Self::Sandbox => "sandbox: the API server",
            Self::Size => "size: what is fetched before the queue shows",
            Self::Contract => "contract: the sandbox against the OpenAPI document",
            Self::Browser => "browser: the console in Chromium against the sandbox",
        };
        progress.step(step, || match self {
            Self::Format => format(project),
            Self::Clippy => clippy(project),
            Self::Xtask => self.cargo_test(project, &["xtask"]),
            Self::Core => self.cargo_test(project, &["omnival-core", "omnival-wire"]),
            Self::Proof => self.cargo_test(project, &["omnival-proof"]),
            Self::Trace => trace::compare(project),
            Self::Fuzz => fuzz::run_all(project),
            Self::App => self.cargo_test(project, &[CONSOLE]),
            Self::Sandbox => self.cargo_test(project, &[SANDBOX]),
            Self::Size => size(project),
            Self::Contract => self.contract(project),
            Self::Browser | Self::Build => self.browser(project),
        })
    }

    fn cargo_test(self, project: &Project, packages: &[&str]) -> Result<Tally> {
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
        if self == Self::Proof {
            tests.args(["--", "--show-output"]);
        }
        self.count(project, tests, tally::libtest)
    }

    fn contract(self, project: &Project) -> Result<Tally> {
        // Named one by one: what a folder means to `node --test` differs from version to version.
        let folder = "tests/contract";
        let mut files = files_below(&project.path(folder))?;
        files.retain(|file| file.ends_with(".test.mjs") || file.ends_with(".test.js"));
        ensure!(!files.is_empty(), "{folder} holds no test");
        let mut node = project.node();
        node.args(["--test", "--test-reporter=spec"])
            .args(files.iter().map(|file| format!("{folder}/{file}")))
            .env("OMNIVAL_SANDBOX_BIN", project.sandbox_binary())
            .env("OMNIVAL_DIST", project.dist());
        self.count(project, node, tally::node)
    }

    fn browser(self, project: &Project) -> Result<Tally> {
        let chromium = setup::browser()?;
        let mut playwright = project.node_tool("playwright");
        playwright
            .args(["test", "--config", "tests/browser/playwright.config.ts"])
            .arg("--reporter=list")
            .env("OMNIVAL_CHROMIUM", chromium)
            .env("OMNIVAL_SANDBOX_BIN", project.sandbox_binary())
            .env("OMNIVAL_DIST", project.dist());
        self.count(project, playwright, tally::playwright)
    }

    fn count(self, project: &Project, command: Command, read: tally::Reader) -> Result<Tally> {
        let runner = Runner {
            command,
            read,
            log: &runner::log(project, self.name())?,
        };
        runner.run()
    }
}

fn format(project: &Project) -> Result<Tally> {
    setup::component(project, "fmt", "rustfmt")?;
    run(project.cargo().args(["fmt", "--all", "--check"])).context("run `cargo fmt --all`")?;
    Ok(Tally::SUCCESS)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_found_by_its_name() {
        for part in ALL {
            assert_eq!(Part::named(part.name()), Some(part));
        }
        assert_eq!(Part::named("everything"), None);
    }

    #[test]
    fn what_runs_against_the_build_has_it_built_before() {
        assert_eq!(
            with_prerequisites(&[Part::Browser, Part::Core]),
            [Part::Core, Part::Build, Part::Browser]
        );
        assert_eq!(with_prerequisites(&[Part::Core]), [Part::Core]);
        assert_eq!(with_prerequisites(&[]), ALL);
    }
}
