//! A compiler for wasm32-unknown-unknown: rustup's where it can be had, else Debian's.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use super::debian_wasm;
use super::rustc::{TARGET, WasmCompiler, has_std, rustc};
use super::system::{Mend, is_debian};
use crate::process::{find, output, succeeds_within};
use crate::progress::detail;
use crate::project::Project;

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

fn fetched_by_rustup() -> Result<bool> {
    if find("rustup").is_none() {
        return Ok(false);
    }
    detail("rustup target add wasm32-unknown-unknown");
    let mut add = Command::new("rustup");
    Ok(succeeds_within(add.args(["target", "add", TARGET]), FETCH_LIMIT)?)
}
