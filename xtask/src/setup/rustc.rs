//! The Rust compiler, and what it needs to compile for the browser.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// How cargo is to be called to compile for the browser.
#[derive(Debug, Default)]
pub struct WasmCompiler {
    pub environment: Vec<(&'static str, OsString)>,
    pub flags: Vec<OsString>,
}

/// Whether a folder of libraries holds a standard library.
pub fn has_std(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else {
        return false;
    };
    entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

/// The native compiler: the same that cargo uses.
pub fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
