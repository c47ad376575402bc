//! Node, and the packages of `package-lock.json` exactly as locked.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::system::{Mend, apt_install};
use crate::fingerprint::Fingerprint;
use crate::process::{find, output, run};
use crate::progress::detail;
use crate::project::Project;

/// The oldest Node that every locked package accepts.
const OLDEST: u32 = 20;

/// A newer Node out of npm itself, for a Debian whose own is too old.
const NEWER: &str = "22.23.3";

const MEND: Mend = Mend {
    debian: "sudo apt-get update && sudo apt-get install nodejs npm",
    macos: "brew install node",
    windows: "winget install OpenJS.NodeJS.LTS",
};

/// Lies in `node_modules` and names the lock file that was installed.
const STAMP: &str = "node_modules/.installed-lock";

pub fn packages(project: &Project) -> Result<()> {
    node(project)?;
    let lock = fs::read(project.path("package-lock.json")).context("package-lock.json")?;
    let wanted = Fingerprint::of(&lock);
    if fs::read_to_string(project.path(STAMP)).is_ok_and(|it| it == wanted.as_str()) {
        detail("already there");
        return Ok(());
    }
    // Nothing here needs a package's install script, so none is run.
    let arguments = ["ci", "--ignore-scripts", "--no-fund", "--no-audit"];
    run(npm(project).args(arguments))
        .context("the Node packages could not be fetched; see that the npm registry can be reached")?;
    fs::write(project.path(STAMP), wanted.as_str()).context(STAMP)
}

fn node(project: &Project) -> Result<()> {
    if version(project) >= OLDEST && find("npm").is_some() {
        return Ok(());
    }
    if version(project) == 0 || find("npm").is_none() {
        apt_install(&["nodejs", "npm"]);
    }
    if (1..OLDEST).contains(&version(project)) && find("npm").is_some() {
        newer_node(project)?;
    }
    ensure!(
        version(project) >= OLDEST && find("npm").is_some(),
        MEND.sentence(&format!("Node.js {OLDEST} or newer, with npm, is missing"))
    );
    Ok(())
}

fn newer_node(project: &Project) -> Result<()> {
    let Some(package) = project.node_package() else {
        return Ok(());
    };
    detail("Node is too old; a newer one for this project alone comes from npm");
    let folder = project.local_node();
    fs::create_dir_all(&folder)?;
    let arguments = ["install", "--no-save", "--no-fund", "--no-audit", "--prefix"];
    let mut install = npm(project);
    install.args(arguments).arg(&folder);
    run(install.arg(format!("{package}@{NEWER}")))
}

/// Zero when there is no Node at all.
fn version(project: &Project) -> u32 {
    let said = output(project.node().arg("--version")).unwrap_or_default();
    major(&said).unwrap_or_default()
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn npm(project: &Project) -> Command {
    project.node_command(find("npm").unwrap_or_else(|| "npm".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_and_nothing_else_is_taken_for_one() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("command not found"), None);
        assert_eq!(major(""), None);
    }
}
