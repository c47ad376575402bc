//! The sandbox server: built, and started with the console that it serves.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::arguments::StartOptions;
use crate::console;
use crate::process::run;
use crate::progress::Progress;
use crate::project::{Project, SANDBOX};

const STEPS: usize = console::STEPS + 1;

pub fn start(project: &Project, options: &StartOptions) -> Result<()> {
    let mut progress = Progress::new(STEPS);
    console::build(project, options.build.profile(), &mut progress)?;
    build(project, &mut progress)?;
    progress.finish();

    let data = project.target().join("sandbox");
    fs::create_dir_all(&data)?;
    let mut server = project.command(project.sandbox_binary());
    server
        .args(["--port", &options.port.to_string()])
        .args(["--orders", &options.orders.to_string()])
        .arg("--dist")
        .arg(project.dist())
        .arg("--data")
        .arg(data.join("sandbox.sqlite"));
    if options.reset {
        server.arg("--reset");
    }
    serve(server)
}

pub fn build(project: &Project, progress: &mut Progress) -> Result<()> {
    progress.step("Compiling the sandbox server", || {
        run(project.cargo().args(["build", "--package", SANDBOX, "--bin", SANDBOX]))
    })
}

/// Becomes the server, so that whoever stops this process stops the server.
#[cfg(unix)]
fn serve(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec()).context("the sandbox server cannot be started")
}

#[cfg(not(unix))]
fn serve(mut server: Command) -> Result<()> {
    run(&mut server)
}
