//! The system's package manager, and the one sentence that mends what xtask cannot.

use std::io::IsTerminal;
use std::path::Path;
use std::process::Command;

use anyhow::{Error, anyhow};

use crate::process::{find, run};
use crate::progress::detail;

/// How a user installs something that is missing, on each system.
#[derive(Debug, Clone, Copy)]
pub struct Mend {
    pub debian: &'static str,
    pub macos: &'static str,
    pub windows: &'static str,
}

impl Mend {
    pub fn sentence(self, missing: &str) -> Error {
        let (command, whose) = match std::env::consts::OS {
            "macos" => (self.macos, ""),
            "windows" => (self.windows, ""),
            _ if is_debian() => (self.debian, ""),
            _ => (self.debian, " or your system's counterpart of it"),
        };
        anyhow!("{missing}; run `{command}`{whose} and start again")
    }
}

/// Debian, Ubuntu and their kin.
pub fn is_debian() -> bool {
    cfg!(target_os = "linux") && Path::new("/etc/debian_version").exists()
}

/// Installs Debian packages as root or through sudo. Whether they are there afterwards; the
/// caller has the sentence for the case that they are not.
pub fn apt_install(packages: &[&str]) -> bool {
    if !is_debian() || find("apt-get").is_none() {
        return false;
    }
    detail(&format!("apt-get install {}", packages.join(" ")));
    let mut install = vec!["install", "--yes", "--quiet", "--no-install-recommends"];
    install.extend(packages);
    // Package lists may be absent (a bare image) or out of date: only then are they fetched.
    let installed = apt_get(&install) || (apt_get(&["update", "--quiet"]) && apt_get(&install));
    if !installed {
        detail("that did not work");
    }
    installed
}

fn apt_get(arguments: &[&str]) -> bool {
    let root = Command::new("id").arg("-u").output();
    let mut command = if root.is_ok_and(|id| id.stdout.trim_ascii() == b"0") {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        if !std::io::stdin().is_terminal() {
            // Nobody is there to type a password.
            sudo.arg("--non-interactive");
        }
        // sudo drops the environment.
        sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    };
    command
        .args(arguments)
        .args(["-o", "Dpkg::Use-Pty=0"])
        .env("DEBIAN_FRONTEND", "noninteractive");
    run(&mut command).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_comes_with_the_command_for_this_system() {
        let mend = Mend {
            debian: "the debian way",
            macos: "the macos way",
            windows: "the windows way",
        };
        let sentence = mend.sentence("Node is missing").to_string();
        let own = match std::env::consts::OS {
            "macos" | "windows" => std::env::consts::OS,
            _ => "debian",
        };
        assert!(sentence.starts_with(&format!("Node is missing; run `the {own} way`")));
        assert!(sentence.ends_with("start again"));
    }
}
