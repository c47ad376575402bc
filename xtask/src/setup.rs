//! What must be on the machine: the wasm target, Node and its packages, a browser for the tests.
//!
//! Each part looks first and installs only what is missing.

mod browser;
mod components;
mod debian_wasm;
mod node;
mod rustc;
mod system;
mod tested;
mod wasm;

use anyhow::Result;

use crate::progress::Progress;
use crate::project::Project;

pub use browser::browser;
pub use components::component;
pub use rustc::WasmCompiler;
pub use tested::compiler as tell_compiler;
pub use wasm::compiler as wasm_compiler;

/// What building the console needs.
pub const BUILD_STEPS: usize = 2;

pub fn for_build(project: &Project, progress: &mut Progress) -> Result<WasmCompiler> {
    let compiler = progress.step("WebAssembly target", || wasm::compiler(project))?;
    progress.step("Node packages", || node::packages(project))?;
    Ok(compiler)
}

/// What building and testing needs.
pub fn everything(project: &Project) -> Result<()> {
    let _alone = project.lock()?;
    let mut progress = Progress::new(BUILD_STEPS + 1);
    for_build(project, &mut progress)?;
    progress.step("Browser for the tests", browser)?;
    progress.finish();
    Ok(())
}
