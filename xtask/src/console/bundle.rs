//! esbuild: one minified file each for the binding JavaScript, the boot script and the style.

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

pub fn bundle(project: &Project, glue: &Path, work: &Path) -> Result<Bundles> {
    let one = |from: &Path, name: &str, inject: Option<&str>| -> Result<PathBuf> {
        let into = work.join("bundled").join(name);
        let mut outfile = std::ffi::OsString::from("--outfile=");
        outfile.push(&into);
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
        run(&mut esbuild).with_context(|| format!("bundling {name}"))?;
        Ok(into)
    };
    Ok(Bundles {
        // Injected: whatever its exports are called in the glue is taken from it.
        glue: one(glue, "app.js", Some("./public/boot/chunk.js"))?,
        boot: one(&project.path("public/boot.js"), "boot.js", None)?,
        style: one(&project.path("style/main.css"), "app.css", None)?,
    })
}
