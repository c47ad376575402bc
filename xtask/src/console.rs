//! The console from its sources to a deployable `dist/`: compile, cut, bind to JavaScript, optimise,
//! bundle, name by content, compress, weigh.
//!
//! `dist/` is replaced whole. It is weighed here, and judged by whoever asked for it.

mod assets;
mod bundle;
mod bytes;
mod chunks;
mod compress;
mod page;
mod policy;
mod short_names;
pub mod size;
mod stamp;
pub mod wasm;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::arguments::Profile;
use crate::progress::{Progress, detail};
use crate::project::{Project, emptied};
use crate::setup;
use assets::Dist;
pub use assets::files_below;
use bytes::Bytes;
use size::Report;
use stamp::Stamp;

/// Set-up, compile, package.
pub const STEPS: usize = setup::BUILD_STEPS + 2;

pub fn build(project: &Project, profile: Profile, progress: &mut Progress) -> Result<()> {
    let _alone = project.lock()?;
    let compiler = setup::for_build(project, progress)?;
    let name = match profile {
        Profile::Release => "release",
        Profile::Dev => "development",
    };
    let compiled = progress.step(&format!("Compiling the console ({name})"), || {
        wasm::compile(project, &compiler, profile)
    })?;
    progress.step("Packaging it into dist/", || package(project, profile, &compiled))
}

fn package(project: &Project, profile: Profile, compiled: &Path) -> Result<()> {
    let stamp = Stamp::of_build(project, profile, compiled)?;
    if stamp.stands(&project.dist()) {
        detail("nothing has changed");
        return Ok(());
    }
    let dist = assemble(project, profile, compiled)?;
    if profile == Profile::Release {
        Report::weigh(&dist)?.write(dist.folder())?;
    }
    replace(project, dist.folder())?;
    stamp.write(&project.dist())
}

fn assemble(project: &Project, profile: Profile, compiled: &Path) -> Result<Dist> {
    let work = emptied(work(project))?;
    let parts = chunks::cut(compiled, &work)?;
    let bound = wasm::bind(&parts.main, &work, profile)?;
    if profile == Profile::Release {
        wasm::optimise(project, &bound.wasm)?;
        wasm::optimise(project, &parts.chunk)?;
    }

    let mut dist = Dist::new(emptied(project.path("dist.next"))?);
    let screens_wasm = dist.add_later("screens.wasm", fs::read(&parts.chunk)?)?;
    let style = bundle::screens_style(project, &work)?;
    let screens_css = dist.add_later("screens.css", fs::read(&style)?)?;
    parts.load_from(&screens_wasm, &screens_css)?;
    let bundles = bundle::bundle(project, &bound.glue, &work)?;
    let links = page::Links {
        app_js: dist.add_asset("app.js", fs::read(&bundles.glue)?)?,
        app_wasm: dist.add_asset("app.wasm", fs::read(&bound.wasm)?)?,
        boot_js: dist.add_asset("boot.js", fs::read(&bundles.boot)?)?,
        app_css: dist.add_asset("app.css", fs::read(&bundles.style)?)?,
        screens_wasm,
        screens_css,
        base_path_js: fs::read_to_string(&bundles.base_path)?,
    };
    let source = fs::read_to_string(project.path("index.html")).context("index.html")?;
    let page = page::render(&source, &links)?;
    dist.add_notice(policy::FILE, &policy::of(&page)?)?;
    dist.add_page("index.html", page)?;
    dist.copy_public(&project.path("public"))?;
    if profile == Profile::Release {
        compress::beside(&dist)?;
    }
    Ok(dist)
}

fn work(project: &Project) -> PathBuf {
    project.scratch().join("work")
}

/// Where the bytes of both parts of the program are, as last built for release.
pub fn print_bytes(project: &Project) -> Result<()> {
    let work = work(project);
    for (title, wasm) in [
        ("Where the bytes of app.wasm are", wasm::bound(&work)),
        ("Where the bytes of screens.wasm are", chunks::chunk(&work)),
    ] {
        Bytes::read(&wasm::named(&wasm))?.print(title);
    }
    Ok(())
}

/// The old folder makes way at the last moment, so that a server reading it misses nothing.
fn replace(project: &Project, next: &Path) -> Result<()> {
    let dist = project.dist();
    let old = project.path("dist.old");
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    if dist.exists() {
        fs::rename(&dist, &old).context("the old dist/ cannot be moved away")?;
    }
    fs::rename(next, &dist).context("the new dist/ cannot be moved into place")?;
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}
