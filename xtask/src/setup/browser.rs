//! The browser that the tests drive. Only tests need it.

use std::path::PathBuf;

use anyhow::{Result, ensure};

use super::system::{Mend, apt_install};
use crate::process::find;
use crate::progress::detail;

/// Names a browser that is somewhere unusual.
const OVERRIDE: &str = "OMNIVAL_CHROMIUM";

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Chromium\Application\chrome.exe",
];

const MEND: Mend = Mend {
    debian: "sudo apt-get update && sudo apt-get install chromium",
    macos: "brew install --cask google-chrome",
    windows: "winget install Google.Chrome",
};

pub fn browser() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(OVERRIDE).map(PathBuf::from) {
        ensure!(
            named.is_file(),
            "{OVERRIDE} names {}, which is no file",
            named.display()
        );
        return Ok(named);
    }
    let browser = match present() {
        Some(browser) => browser,
        None => {
            apt_install(&["chromium"]);
            present().ok_or_else(|| MEND.sentence("Chromium or Chrome is missing"))?
        }
    };
    detail(&browser.display().to_string());
    Ok(browser)
}

fn present() -> Option<PathBuf> {
    let in_path = NAMES.iter().find_map(|name| find(name));
    in_path.or_else(|| PLACES.iter().map(PathBuf::from).find(|it| it.is_file()))
}
