//! The stamp of `dist/`, which tells whether packaging would change anything.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::assets::files_below;
use crate::arguments::Profile;
use crate::fingerprint::Fingerprint;
use crate::project::Project;

/// What `dist/` was made from and which files it consists of.
#[derive(Debug)]
pub struct Stamp {
    file: PathBuf,
    inputs: Fingerprint,
}

impl Stamp {
    pub fn of_build(project: &Project, profile: Profile, compiled: &Path) -> Result<Self> {
        let mut inputs = Sha256::new();
        let mut add = |name: &str, content: &[u8]| {
            // Lengths keep two neighbouring inputs from being read as one.
            inputs.update(name.len().to_le_bytes());
            inputs.update(name);
            inputs.update(content.len().to_le_bytes());
            inputs.update(content);
        };
        add("profile", format!("{profile:?}").as_bytes());
        add("xtask", own_version()?.as_bytes());
        add("compiled", &fs::read(compiled)?);
        for file in ["index.html", "package-lock.json"] {
            add(file, &fs::read(project.path(file)).context(file)?);
        }
        for folder in ["public", "style"] {
            let folder = project.path(folder);
            for file in files_below(&folder)? {
                add(&file, &fs::read(folder.join(&file))?);
            }
        }
        Ok(Self {
            file: project.scratch().join("dist.stamp"),
            inputs: inputs.into(),
        })
    }

    /// Whether `dist` was made from these very inputs and still has all its files.
    pub fn stands(&self, dist: &Path) -> bool {
        let Ok(stamp) = fs::read_to_string(&self.file) else {
            return false;
        };
        let mut lines = stamp.lines();
        lines.next() == Some(self.inputs.as_str()) && lines.all(|it| dist.join(it).is_file())
    }

    pub fn write(&self, dist: &Path) -> Result<()> {
        let mut lines = vec![self.inputs.as_str().to_owned()];
        lines.extend(files_below(dist)?);
        fs::write(&self.file, lines.join("\n"))?;
        Ok(())
    }
}

/// Another xtask may package otherwise.
fn own_version() -> Result<String> {
    let metadata = fs::metadata(std::env::current_exe()?)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH)?;
    Ok(format!("{} {}", metadata.len(), modified.as_nanos()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_stamp_stands_until_an_input_changes_or_an_output_goes() {
        let folder = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let dist = folder.join("dist");
        fs::create_dir_all(dist.join("assets")).unwrap();
        fs::write(dist.join("assets/app.js"), "1").unwrap();
        let stamp = |input: &str| Stamp {
            file: folder.join("stamp"),
            inputs: Fingerprint::of(input.as_bytes()),
        };

        assert!(!stamp("a").stands(&dist), "never written");
        stamp("a").write(&dist).unwrap();
        assert!(stamp("a").stands(&dist));
        assert!(!stamp("b").stands(&dist), "other inputs");
        fs::remove_file(dist.join("assets/app.js")).unwrap();
        assert!(!stamp("a").stands(&dist), "an output is gone");
        fs::remove_dir_all(&folder).unwrap();
    }
}
