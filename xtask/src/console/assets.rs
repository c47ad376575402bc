//! The folder that is deployed: pages and public files under their own names, assets under names
//! that change with their content, so that a server may let them be cached for ever.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::fingerprint::Fingerprint;

/// The boot script lies in `public/`, but is bundled and not copied: its entry and its modules.
const BUNDLED: [&str; 2] = ["boot.js", "boot/"];

/// A file that the browser fetches.
#[derive(Debug)]
pub struct Entry {
    pub role: &'static str,
    /// Relative to the folder, with forward slashes.
    pub path: String,
}

#[derive(Debug)]
pub struct Dist {
    folder: PathBuf,
    first_load: Vec<Entry>,
    later: Vec<Entry>,
}

impl Dist {
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            first_load: Vec::new(),
            later: Vec::new(),
        }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What must arrive before the queue can show.
    pub fn first_load(&self) -> &[Entry] {
        &self.first_load
    }

    /// What is fetched after that.
    pub fn later(&self) -> &[Entry] {
        &self.later
    }

    /// Writes `app.js` as `assets/app-<hash>.js`, which is also its address, relative to the page.
    pub fn add_asset(&mut self, name: &'static str, content: Vec<u8>) -> Result<String> {
        let entry = self.write_asset(name, &content)?;
        let address = entry.path.clone();
        self.first_load.push(entry);
        Ok(address)
    }

    /// The same for what the queue does not need.
    pub fn add_later(&mut self, name: &'static str, content: Vec<u8>) -> Result<String> {
        let entry = self.write_asset(name, &content)?;
        let address = entry.path.clone();
        self.later.push(entry);
        Ok(address)
    }

    pub fn add_page(&mut self, name: &'static str, content: String) -> Result<()> {
        let entry = self.write(name, name.to_owned(), content.as_bytes())?;
        self.first_load.push(entry);
        Ok(())
    }

    /// For whoever deploys the folder: no browser asks for it.
    pub fn add_notice(&self, name: &'static str, content: &str) -> Result<()> {
        self.write(name, name.to_owned(), content.as_bytes()).map(drop)
    }

    pub fn copy_public(&self, public: &Path) -> Result<()> {
        for file in files_below(public)? {
            if BUNDLED.iter().any(|it| file.starts_with(it)) {
                continue;
            }
            let to = self.folder.join(&file);
            create_parent(&to)?;
            fs::copy(public.join(&file), to).with_context(|| format!("cannot copy {file}"))?;
        }
        Ok(())
    }

    fn write_asset(&self, name: &'static str, content: &[u8]) -> Result<Entry> {
        self.write(name, format!("assets/{}", hashed_name(name, content)), content)
    }

    fn write(&self, role: &'static str, path: String, content: &[u8]) -> Result<Entry> {
        let file = self.folder.join(&path);
        create_parent(&file)?;
        fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Entry { role, path })
    }
}

fn hashed_name(name: &str, content: &[u8]) -> String {
    let hash = Fingerprint::of(content);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{}.{extension}", hash.short()),
        None => format!("{name}-{}", hash.short()),
    }
}

fn create_parent(file: &Path) -> Result<()> {
    match file.parent() {
        Some(folder) => Ok(fs::create_dir_all(folder)?),
        None => Ok(()),
    }
}

/// Every file below a folder, relative to it, with forward slashes, in one stable order.
pub fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_path_buf(), String::new())];
    while let Some((path, prefix)) = folders.pop() {
        let entries = fs::read_dir(&path);
        for entry in entries.with_context(|| format!("cannot read {}", path.display()))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                files.push(name);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content_alone() {
        assert_eq!(hashed_name("app.js", b""), "app-e3b0c44298fc.js");
        assert_ne!(hashed_name("app.js", b"1"), hashed_name("app.js", b"2"));
    }
}
