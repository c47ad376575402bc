//! `cargo xtask`: the one way from a fresh clone to a built, running and tested project.
//!
//! It sets up what is missing, says what it is doing and how long that took, and stops with one
//! sentence that names the mending command when it cannot go on. It must never fetch a tool from
//! anywhere but rustup, npm and the system's own package manager, and never do twice what is
//! already done.

mod arguments;
mod console;
mod fingerprint;
mod generate;
mod licences;
mod part;
mod process;
mod progress;
mod project;
mod sandbox;
mod setup;
mod test;
mod tidy;

use std::process::ExitCode;

use arguments::{CommandLine, Profile, Task};
use clap::{CommandFactory, Parser};
use console::size::Report;
use progress::Progress;
use project::Project;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => error.exit(),
    };
    let result = match line.task {
        Some(task) => run(task),
        None => CommandLine::command()
            .print_help()
            .map_err(Into::into)
            .map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    let project = Project::locate()?;
    if task.compiles() {
        setup::tell_compiler(&project);
    }
    match task {
        Task::Setup => setup::everything(&project)?,
        Task::Generate => generate::write(&project)?,
        Task::Build(options) => {
            let mut progress = Progress::new(console::STEPS);
            console::build(&project, options.profile(), &mut progress)?;
            progress.finish();
            if options.profile() == Profile::Release {
                weigh(&project)?;
            }
        }
        Task::Start(options) => sandbox::start(&project, &options)?,
        Task::Test { parts } => return test::run(&project, &parts),
        Task::Size => {
            weigh(&project)?;
            console::print_bytes(&project)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn weigh(project: &Project) -> anyhow::Result<()> {
    let report = Report::read(&project.dist())?;
    report.print();
    report.judge()
}
