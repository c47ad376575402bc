//! The wasm target where rustup cannot fetch one: Debian's newest rustc, and a standard library
//! built from the source that Debian ships beside it.
//!
//! Debian's rustc can emit WebAssembly, but has neither a library nor a linker for it. The
//! library is built here once for each version of that rustc; the linker is the one that every
//! rustup toolchain carries.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::rustc::{TARGET, WasmCompiler, has_std, rustc};
use super::system::{Mend, apt_install};
use crate::fingerprint::Fingerprint;
use crate::process::{output, run};
use crate::project::{Project, emptied};

const RUSTC: &str = "/usr/bin/rustc";
const PACKAGES: [&str; 2] = ["rustc-web", "rust-web-src"];

const MEND: Mend = Mend {
    debian: "sudo apt-get update && sudo apt-get install rustc-web rust-web-src",
    macos: "rustup target add wasm32-unknown-unknown",
    windows: "rustup target add wasm32-unknown-unknown",
};

/// An earlier run's work, if it belongs to the rustc that is installed now.
pub fn present(project: &Project) -> Option<WasmCompiler> {
    let sysroot = sysroot(project).ok()?;
    let complete = has_std(&libraries(&sysroot));
    complete.then(|| compiler(&sysroot).ok())?
}

pub fn build(project: &Project) -> Result<WasmCompiler> {
    if !usable() {
        apt_install(&PACKAGES);
    }
    if !usable() {
        return Err(MEND.sentence("the Rust target wasm32-unknown-unknown is missing"));
    }
    let sysroot = sysroot(project)?;
    let compiled = compile_std(project)?;
    // Moved into place whole, so that a folder that exists is complete.
    let unfinished = emptied(sysroot.with_extension("unfinished"))?;
    let into = libraries(&unfinished);
    fs::create_dir_all(&into)?;
    for entry in fs::read_dir(&compiled).context("the compiled standard library")? {
        let file = entry?.path();
        if file.extension().is_some_and(|it| it == "rlib") {
            fs::copy(&file, into.join(file.file_name().unwrap_or_default()))?;
        }
    }
    if sysroot.exists() {
        fs::remove_dir_all(&sysroot)?;
    }
    fs::rename(&unfinished, &sysroot)?;
    fs::remove_dir_all(workshop(project))?;
    compiler(&sysroot)
}

/// The folder is named after the compiler, since a library fits only the rustc that built it.
fn sysroot(project: &Project) -> Result<PathBuf> {
    let version = output(Command::new(RUSTC).arg("-vV"))?;
    let name = Fingerprint::of(version.as_bytes());
    Ok(project.target().join("wasm-sysroot").join(name.short()))
}

fn libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

/// A Debian rustc that is new enough, with its source.
fn usable() -> bool {
    let ask = |question: &[&str]| output(Command::new(RUSTC).args(question)).unwrap_or_default();
    let version = ask(&["--version"]);
    let new_enough = minor(&version) >= minor(env!("CARGO_PKG_RUST_VERSION"));
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"]));
    new_enough && sysroot.join("lib/rustlib/src/rust/library/std").is_dir()
}

/// The 95 of `1.95` or `rustc 1.95.0 (…)`.
fn minor(version: &str) -> Option<u32> {
    version.split('.').nth(1)?.parse().ok()
}

fn workshop(project: &Project) -> PathBuf {
    project.scratch().join("wasm-std")
}

/// Compiles the standard library as the dependency of an empty crate; where its parts are.
fn compile_std(project: &Project) -> Result<PathBuf> {
    // Two builds of one library side by side would be ambiguous, so nothing old may be left.
    let krate = emptied(workshop(project))?;
    fs::create_dir_all(krate.join("src"))?;
    fs::write(krate.join("src/lib.rs"), "#![no_std]\n")?;
    let manifest = "[package]\nname = \"wasm-std\"\nedition = \"2024\"\n\n[workspace]\n";
    fs::write(krate.join("Cargo.toml"), manifest)?;
    let target = krate.join("target");
    let mut cargo = project.cargo();
    cargo
        .current_dir(&krate)
        .args(["build", "--release", "--target", TARGET])
        .args(["-Z", "build-std=std,panic_abort"])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC", RUSTC)
        // `-Z` on a stable compiler.
        .env("RUSTC_BOOTSTRAP", "1")
        // The console is linked with LTO, which reads bitcode.
        .env("CARGO_ENCODED_RUSTFLAGS", "-Cembed-bitcode=yes")
        .env_remove("LD_LIBRARY_PATH");
    run(&mut cargo).context("the standard library for WebAssembly could not be built")?;
    Ok(target.join(TARGET).join("release/deps"))
}

fn compiler(sysroot: &Path) -> Result<WasmCompiler> {
    let linker = linker()?;
    Ok(WasmCompiler {
        environment: vec![
            ("RUSTC", RUSTC.into()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker.into()),
        ],
        flags: vec!["--sysroot".into(), sysroot.into()],
    })
}

fn linker() -> Result<PathBuf> {
    let sysroot = output(rustc().args(["--print", "sysroot"]))?;
    let version = output(rustc().arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let linker = Path::new(&sysroot)
        .join("lib/rustlib")
        .join(host.context("rustc names no host")?)
        .join("bin/rust-lld");
    if linker.is_file() {
        return Ok(linker);
    }
    let mend = Mend {
        debian: "rustup toolchain install stable",
        ..MEND
    };
    Err(mend.sentence("rust-lld, the linker of a rustup toolchain, is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rustc_is_judged_by_its_minor_version() {
        assert_eq!(minor("rustc 1.96.0 (ac68faa20 2026-05-25)"), Some(96));
        assert!(minor("rustc 1.63.0") < minor(env!("CARGO_PKG_RUST_VERSION")));
        assert_eq!(minor(""), None, "no rustc at all");
        assert!(minor("") < minor(env!("CARGO_PKG_RUST_VERSION")));
    }
}
