//! A compiler for wasm32-unknown-unknown: rustup's where it can be had, else Debian's.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::debian_wasm;
use super::system::{Mend, is_debian};
use crate::process::{find, output, succeeds_within};
use crate::progress::detail;
use crate::project::Project;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// rustup fetches some 20 MB; where nothing can be fetched it may wait for ever.
const FETCH_LIMIT: Duration = Duration::from_secs(120);

const WITH_RUSTUP: Mend = Mend {
    debian: "rustup target add wasm32-unknown-unknown",
    macos: "rustup target add wasm32-unknown-unknown",
    windows: "rustup target add wasm32-unknown-unknown",
};

const WITHOUT_RUSTUP: Mend = Mend {
    debian: "sudo apt-get install rustup && rustup default stable",
    macos: "brew install rustup && rustup default stable",
    windows: "winget install Rustlang.Rustup && rustup default stable",
};

/// How cargo is to be called to compile for the browser.
#[derive(Debug, Default)]
pub struct WasmCompiler {
    pub environment: Vec<(&'static str, OsString)>,
    pub flags: Vec<OsString>,
}

pub fn compiler(project: &Project) -> Result<WasmCompiler> {
    if has_target() {
        detail("already there, by rustup");
        return Ok(WasmCompiler::default());
    }
    if let Some(compiler) = debian_wasm::present(project) {
        detail("already there, built from Debian's rust-web-src");
        return Ok(compiler);
    }
    if fetched_by_rustup()? && has_target() {
        return Ok(WasmCompiler::default());
    }
    if is_debian() {
        detail("rustup cannot fetch it here; building it from Debian's rust-web-src");
        return debian_wasm::build(project);
    }
    let mend = match find("rustup") {
        Some(_) => WITH_RUSTUP,
        None => WITHOUT_RUSTUP,
    };
    Err(mend.sentence("the Rust target wasm32-unknown-unknown is missing"))
}

fn has_target() -> bool {
    let libraries = output(rustc().args(["--print", "target-libdir", "--target", TARGET]));
    libraries.is_ok_and(|folder| has_std(Path::new(&folder)))
}

pub fn has_std(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn fetched_by_rustup() -> Result<bool> {
    if find("rustup").is_none() {
        return Ok(false);
    }
    detail("rustup target add wasm32-unknown-unknown");
    let mut add = Command::new("rustup");
    Ok(succeeds_within(add.args(["target", "add", TARGET]), FETCH_LIMIT)?)
}

/// The native compiler: the same that cargo uses.
pub fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
