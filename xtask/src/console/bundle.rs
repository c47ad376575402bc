//! esbuild: one minified file each for the binding JavaScript, the boot script, and the two sheets of style.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::run;
use crate::project::Project;

#[derive(Debug)]
pub struct Bundles {
    pub glue: PathBuf,
    pub boot: PathBuf,
    pub style: PathBuf,
}

/// The sheet of the screens behind the queue. Apart from the others, because the glue names it.
pub fn screens_style(project: &Project, work: &Path) -> Result<PathBuf> {
    one(
        project,
        &project.path("style/screens.css"),
        &work.join("bundled/screens.css"),
        None,
    )
}

pub fn bundle(project: &Project, glue: &Path, work: &Path) -> Result<Bundles> {
    let into = |name: &str| work.join("bundled").join(name);
    Ok(Bundles {
        // Injected: whatever its exports are called in the glue is taken from it.
        glue: one(project, glue, &into("app.js"), Some("./public/boot/chunk.js"))?,
        boot: one(project, &project.path("public/boot.js"), &into("boot.js"), None)?,
        style: one(project, &project.path("style/main.css"), &into("app.css"), None)?,
    })
}

fn one(project: &Project, from: &Path, into: &Path, inject: Option<&str>) -> Result<PathBuf> {
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(into);
    let mut esbuild = project.node_tool("esbuild");
    esbuild.arg(from).arg(outfile).args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--charset=utf8",
        "--loader:.svg=dataurl",
        "--log-level=warning",
    ]);
    esbuild.args(inject.map(|script| format!("--inject:{script}")));
    run(&mut esbuild).with_context(|| format!("bundling {}", into.display()))?;
    Ok(into.to_owned())
}
