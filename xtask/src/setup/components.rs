//! rustfmt and clippy, which a minimal toolchain lacks.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::system::Mend;
use crate::process::{output, succeeds_within};
use crate::progress::detail;
use crate::project::Project;

const FETCH_LIMIT: Duration = Duration::from_secs(120);

const MEND: Mend = Mend {
    debian: "rustup component add clippy rustfmt",
    macos: "rustup component add clippy rustfmt",
    windows: "rustup component add clippy rustfmt",
};

pub fn component(project: &Project, subcommand: &str, component: &str) -> Result<()> {
    let present = || output(project.cargo().args([subcommand, "--version"])).is_ok();
    if present() {
        return Ok(());
    }
    detail(&format!("rustup component add {component}"));
    let mut add = Command::new("rustup");
    add.args(["component", "add", component]);
    if succeeds_within(&mut add, FETCH_LIMIT).unwrap_or(false) && present() {
        return Ok(());
    }
    Err(MEND.sentence(&format!("{component} is missing")))
}
