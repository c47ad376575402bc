//! Running other programs: a failure names the program and what it answered.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::progress::{detail, seconds};

/// How often somebody who cannot see a program at work is told that it is.
pub const HEARTBEAT: Duration = Duration::from_secs(60);

/// Runs a program that talks to the terminal itself; anything but success is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = watched(command, &name).with_context(|| format!("cannot run {name}"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

fn watched(command: &mut Command, name: &str) -> io::Result<ExitStatus> {
    if io::stdout().is_terminal() {
        return command.status();
    }
    let mut child = command.spawn()?;
    let mut told = Instant::now();
    let started = told;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if told.elapsed() >= HEARTBEAT {
            told = Instant::now();
            detail(&format!("{name}: at work for {}", seconds(started.elapsed())));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Runs a program for what it prints.
pub fn output(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {name}"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{name} failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program in silence, for at most `limit`; whether it succeeded in that time.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> io::Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if Instant::now() >= deadline {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The first program of that name in PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let extensions: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| extensions.iter().map(move |e| folder.join(format!("{program}{e}"))))
        .find(|file| file.is_file())
}

/// `cargo build`, `npm ci`: the program and what it was asked to do.
fn name(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let mut name = program.file_stem().unwrap_or_default().to_os_string();
    if let Some(task) = command.get_args().next()
        && !task.as_encoded_bytes().starts_with(b"-")
    {
        name.push(" ");
        name.push(task);
    }
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn cargo() -> Command {
        Command::new(crate::project::cargo())
    }

    #[test]
    fn a_failure_names_the_program_and_its_reason() {
        let error = output(cargo().arg("no-such-subcommand")).unwrap_err();
        let said = format!("{error:#}");
        assert!(said.starts_with("cargo no-such-subcommand failed"), "{said}");
        assert!(said.contains("no such command"), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_overruns_its_limit_is_ended_and_has_not_succeeded() {
        let started = Instant::now();
        let limit = Duration::from_millis(50);
        assert!(!succeeds_within(Command::new("sleep").arg("60"), limit).unwrap());
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_program_that_ends_in_time_is_judged_by_its_answer() {
        let limit = Duration::from_secs(60);
        assert!(succeeds_within(cargo().arg("--version"), limit).unwrap());
        assert!(!succeeds_within(cargo().arg("no-such-subcommand"), limit).unwrap());
    }
}
