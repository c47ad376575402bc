//! From Rust to a small wasm file and the JavaScript that binds it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::bytes::without_names;
use super::short_names::ShortNames;
use crate::arguments::Profile;
use crate::process::run;
use crate::progress::detail;
use crate::project::{CONSOLE, Project};
use crate::setup::WasmCompiler;

const TARGET: &str = "wasm32-unknown-unknown";

/// The stem of what wasm-bindgen writes.
pub const GLUE: &str = "app";

/// What rustc emits by default and every browser of the last years reads.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The wasm file as cargo leaves it.
pub fn compile(project: &Project, compiler: &WasmCompiler, profile: Profile) -> Result<PathBuf> {
    let profile = match profile {
        Profile::Release => "wasm",
        Profile::Dev => "wasm-dev",
    };
    let mut cargo = cargo_build(project, compiler, profile);
    run(cargo.args(["--package", CONSOLE, "--bin", CONSOLE]))?;
    Ok(folder(project, profile).join(CONSOLE).with_extension("wasm"))
}

/// `cargo build` for WebAssembly; what is to be built is still to be said.
pub fn cargo_build(project: &Project, compiler: &WasmCompiler, profile: &str) -> Command {
    let mut cargo = project.cargo();
    cargo
        .args(["build", "--target", TARGET, "--profile", profile])
        .env("CARGO_TARGET_DIR", project.wasm_target())
        .env("CARGO_ENCODED_RUSTFLAGS", rustflags(project, compiler))
        .env_remove("LD_LIBRARY_PATH")
        .envs(compiler.environment.iter().cloned());
    cargo
}

/// Where cargo leaves what it built for WebAssembly.
pub fn folder(project: &Project, profile: &str) -> PathBuf {
    project.wasm_target().join(TARGET).join(profile)
}

/// Flags joined as cargo wants them, with the folders of the machine that builds cut out of what
/// is deployed.
fn rustflags(project: &Project, compiler: &WasmCompiler) -> OsString {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let registry = cargo_home.map(|home| home.join("registry/src"));
    let mut flags = compiler.flags.clone();
    // Leptos then compiles each component once instead of once for each place that uses it.
    flags.push("--cfg=erase_components".into());
    // Cutting the program needs to know what refers to what.
    flags.push("-Clink-arg=--emit-relocs".into());
    for folder in registry.iter().map(PathBuf::as_path).chain([project.root()]) {
        let mut flag = OsString::from("--remap-path-prefix=");
        flag.push(folder);
        flag.push("=");
        flags.push(flag);
    }
    flags.join(std::ffi::OsStr::new("\u{1f}"))
}

#[derive(Debug)]
pub struct Bound {
    pub glue: PathBuf,
    pub wasm: PathBuf,
}

/// Where wasm-bindgen leaves the first part of the program.
pub fn bound(work: &Path) -> PathBuf {
    work.join(format!("{GLUE}_bg.wasm"))
}

/// wasm-bindgen, as a library: its version is the one in `Cargo.lock`, as it must be. `main` is the first part of the
/// program; the chunks find in its exports what they share with it.
pub fn bind(main: &Path, work: &Path, profile: Profile) -> Result<Bound> {
    let release = profile == Profile::Release;
    let mut output = Bindgen::new()
        .input_path(main)
        .web(true)?
        .out_name(GLUE)
        .demangle(false)
        .keep_lld_exports(true)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(false)
        .remove_producers_section(release)
        .generate_output()
        .context("wasm-bindgen")?;
    let mut names = ShortNames::default();
    if release {
        let module = output.wasm_mut();
        for import in module.imports.iter_mut() {
            import.name = names.of_import(&import.name);
        }
        for export in module.exports.iter_mut() {
            export.name = names.of_export(&export.name);
        }
    }
    output.emit(work).context("wasm-bindgen")?;
    let bound = Bound {
        glue: work.join(GLUE).with_extension("js"),
        wasm: bound(work),
    };
    let glue = fs::read_to_string(&bound.glue)?;
    fs::write(&bound.glue, names.in_glue(&glue)?)?;
    Ok(bound)
}

/// The same program with the names of its functions, which say where its bytes are.
pub fn named(wasm: &Path) -> PathBuf {
    wasm.with_extension("named.wasm")
}

/// wasm-opt, as small as it can. The names change nothing in what it makes, and are taken out of what is deployed.
pub fn optimise(project: &Project, wasm: &Path) -> Result<()> {
    let before = fs::metadata(wasm)?.len();
    let named = named(wasm);
    let mut wasm_opt = project.node_tool("wasm-opt");
    wasm_opt.args(["-Oz", "--debuginfo"]).args(FEATURES);
    run(wasm_opt.arg(wasm).arg("-o").arg(&named))?;
    fs::write(wasm, without_names(&fs::read(&named)?)?)?;
    let after = fs::metadata(wasm)?.len();
    let name = wasm.file_stem().unwrap_or_default().to_string_lossy();
    detail(&format!(
        "wasm-opt: {name} from {} kB to {} kB",
        before / 1000,
        after / 1000
    ));
    Ok(())
}
