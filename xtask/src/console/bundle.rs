//! esbuild: one minified file each for the binding JavaScript, the boot script, the page's own script, and the two sheets
//! of style.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::run;
use crate::project::Project;

const MODULE: &str = "--format=esm";

#[derive(Debug)]
pub struct Bundles {
    pub glue: PathBuf,
    pub boot: PathBuf,
    /// The page's own script, no module: its text goes into the page.
    pub base_path: PathBuf,
    pub style: PathBuf,
}

/// The sheet of the screens behind the queue. Apart from the others, because the glue names it.
pub fn screens_style(project: &Project, work: &Path) -> Result<PathBuf> {
    one(
        project,
        &project.path("style/screens.css"),
        &work.join("bundled/screens.css"),
        &[],
    )
}

pub fn bundle(project: &Project, glue: &Path, work: &Path) -> Result<Bundles> {
    let into = |name: &str| work.join("bundled").join(name);
    Ok(Bundles {
        // Injected: whatever its exports are called in the glue is taken from it.
        glue: one(
            project,
            glue,
            &into("app.js"),
            &[MODULE, "--inject:./public/boot/chunk.js"],
        )?,
        boot: one(project, &project.path("public/boot.js"), &into("boot.js"), &[MODULE])?,
        base_path: one(
            project,
            &project.path("public/boot/base_path.js"),
            &into("base_path.js"),
            &["--format=iife"],
        )?,
        style: one(project, &project.path("style/main.css"), &into("app.css"), &[])?,
    })
}

fn one(project: &Project, from: &Path, into: &Path, how: &[&str]) -> Result<PathBuf> {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(into);
    let mut esbuild = project.node_tool("esbuild");
    esbuild.arg(from).arg(outfile).args(how).args([
        "--bundle",
        "--minify",
        "--charset=utf8",
        "--loader:.svg=dataurl",
        "--log-level=warning",
    ]);
    run(&mut esbuild).with_context(|| format!("bundling {}", into.display()))?;
    Ok(into.to_owned())
}
