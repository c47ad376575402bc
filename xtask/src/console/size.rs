//! What the browser must fetch before the queue shows, in brotli, and whether that is too much. What it fetches later is
//! told, and not judged.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::assets::{Dist, Entry};

/// Above this the build warns. Both in bytes of brotli; a kB is 1,000 bytes.
const WISHED: u64 = 160_000;
/// Above this the build fails.
const ALLOWED: u64 = 200_000;

const FILE: &str = "size.json";

#[derive(Debug, Serialize, Deserialize)]
pub struct Report {
    files: Vec<Weight>,
    later: Vec<Weight>,
}

/// One fetched file; sizes in bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Weight {
    role: String,
    path: String,
    raw: u64,
    brotli: u64,
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Good,
    OverWish,
    OverBudget,
}

impl Report {
    /// A release build, with its compressed copies in place.
    pub fn weigh(dist: &Dist) -> Result<Self> {
        let size = |path: &str| -> Result<u64> {
            let file = dist.folder().join(path);
            let metadata = fs::metadata(&file).with_context(|| file.display().to_string())?;
            Ok(metadata.len())
        };
        let weigh = |entry: &Entry| -> Result<Weight> {
            Ok(Weight {
                role: entry.role.to_owned(),
                path: entry.path.clone(),
                raw: size(&entry.path)?,
                brotli: size(&format!("{}.br", entry.path))?,
            })
        };
        Ok(Self {
            files: dist.first_load().iter().map(weigh).collect::<Result<_>>()?,
            later: dist.later().iter().map(weigh).collect::<Result<_>>()?,
        })
    }

    pub fn read(dist: &Path) -> Result<Self> {
        let text = fs::read_to_string(dist.join(FILE))
            .context("there is no release build to weigh; run `cargo xtask build`")?;
        serde_json::from_str(&text).context("dist/size.json is not what the build wrote")
    }

    pub fn write(&self, dist: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        fs::write(dist.join(FILE), text).context(FILE)
    }

    pub fn print(&self) {
        println!("      Fetched before the queue shows    raw kB  brotli kB");
        for file in &self.files {
            line(&file.role, file.raw, file.brotli);
        }
        let raw = self.files.iter().map(|file| file.raw).sum();
        line("in all", raw, self.brotli());
        println!("      Fetched when the queue rests");
        for file in &self.later {
            line(&file.role, file.raw, file.brotli);
        }
        if self.verdict() == Verdict::OverWish {
            println!("      WARNING: more than the {} wished for", kb(WISHED));
        }
    }

    pub fn judge(&self) -> Result<()> {
        if self.verdict() == Verdict::OverBudget {
            bail!(
                "the console is too heavy: {} of brotli before the queue shows, {} are allowed",
                kb(self.brotli()),
                kb(ALLOWED)
            );
        }
        Ok(())
    }

    fn brotli(&self) -> u64 {
        self.files.iter().map(|file| file.brotli).sum()
    }

    fn verdict(&self) -> Verdict {
        match self.brotli() {
            weight if weight > ALLOWED => Verdict::OverBudget,
            weight if weight > WISHED => Verdict::OverWish,
            _ => Verdict::Good,
        }
    }
}

fn line(role: &str, raw: u64, brotli: u64) {
    println!("        {role:<28} {:>9} {:>10}", tenths(raw), tenths(brotli));
}

fn kb(bytes: u64) -> String {
    format!("{} kB", tenths(bytes))
}

/// Thousands of bytes to one digit, rounded up: a report must not look better than the budget's
/// judgement.
fn tenths(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn report(brotli: [u64; 2]) -> Report {
        let files = brotli.map(|brotli| Weight {
            role: "app.js".to_owned(),
            path: "assets/app-1.js".to_owned(),
            raw: 3 * brotli,
            brotli,
        });
        let later = vec![Weight {
            role: "screens.wasm".to_owned(),
            path: "assets/screens-1.wasm".to_owned(),
            raw: 3_000_000,
            brotli: 1_000_000,
        }];
        Report {
            files: files.into(),
            later,
        }
    }

    #[test]
    fn the_budget_is_judged_by_the_sum_to_the_byte() {
        assert_eq!(report([150_000, 10_000]).verdict(), Verdict::Good);
        assert_eq!(report([150_000, 10_001]).verdict(), Verdict::OverWish);
        assert_eq!(report([150_000, 50_000]).verdict(), Verdict::OverWish);
        assert_eq!(report([150_000, 50_001]).verdict(), Verdict::OverBudget);
    }

    #[test]
    fn only_a_broken_budget_fails_and_says_by_how_much() {
        assert!(report([150_000, 50_000]).judge().is_ok());
        let said = report([150_000, 50_001]).judge().unwrap_err().to_string();
        assert!(said.contains("200.1 kB") && said.contains("200.0 kB"), "{said}");
    }

    #[test]
    fn a_report_is_read_back_as_it_was_written() {
        let folder = std::env::temp_dir().join(format!("xtask-size-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(Report::read(&folder).is_err(), "nothing is built yet");
        report([7, 8]).write(&folder).unwrap();
        assert_eq!(Report::read(&folder).unwrap().brotli(), 15);
        fs::remove_dir_all(&folder).unwrap();
    }
}
