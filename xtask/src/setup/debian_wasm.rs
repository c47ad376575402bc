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

use super::system::{Mend, apt_install};
use super::wasm::{TARGET, WasmCompiler, has_std, rustc};
use crate::console::fingerprint::Fingerprint;
use crate::process::{output, run};
use crate::project::Project;

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
    if !has_source() {
        apt_install(&PACKAGES);
    }
    if !has_source() {
        return Err(MEND.sentence("the Rust target wasm32-unknown-unknown is missing"));
    }
    let sysroot = sysroot(project)?;
    let compiled = compile_std(project)?;
    // Moved into place whole, so that a folder that exists is complete.
    let unfinished = sysroot.with_extension("unfinished");
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

fn has_source() -> bool {
    let sysroot = output(Command::new(RUSTC).args(["--print", "sysroot"]));
    sysroot.is_ok_and(|it| Path::new(&it).join("lib/rustlib/src/rust/library/std").is_dir())
}

/// Compiles the standard library as the dependency of an empty crate; where its parts are.
fn compile_std(project: &Project) -> Result<PathBuf> {
    let krate = project.scratch().join("wasm-std");
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
