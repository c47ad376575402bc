//! The files that are made from the Rust side: the boot script's constants, and the table of `config.json`.
//!
//! They lie in the repository, so that a reader and a bundler find them; tidy fails when one is stale.

mod constants;
mod deployment;

use std::fs;

use anyhow::{Context, Result};

use crate::progress::detail;
use crate::project::Project;

/// The command that writes them, for whoever finds one stale.
pub const COMMAND: &str = "cargo xtask generate";

/// A generated file, from the project's root, and how it is made from what it holds now.
pub struct Output {
    pub path: &'static str,
    pub made: fn(&str) -> Result<String>,
}

pub const OUTPUTS: [Output; 2] = [
    Output {
        path: "public/boot/constants.js",
        made: |_| Ok(constants::script()),
    },
    Output {
        path: "docs/deployment.md",
        made: deployment::with_table,
    },
];

pub fn write(project: &Project) -> Result<()> {
    for output in OUTPUTS {
        let path = project.path(output.path);
        let now = fs::read_to_string(&path).unwrap_or_default();
        let made = (output.made)(&now).context(output.path)?;
        if made == now {
            detail(&format!("{}: as it was", output.path));
        } else {
            fs::write(&path, made).with_context(|| path.display().to_string())?;
            detail(&format!("{}: written", output.path));
        }
    }
    Ok(())
}
