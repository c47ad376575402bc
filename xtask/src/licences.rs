//! What every dependency allows, and where it comes from: over `cargo metadata` and `package-lock.json`.
//!
//! Known weaknesses are cargo-deny's to know: it is asked where it is installed, and where it is not, that is said.

mod packages;
mod spdx;

use anyhow::Result;

use crate::process::find;
use crate::progress::detail;
use crate::project::Project;
use packages::Package;

/// What may go into the program and its tools: licences that ask for their text to be kept, and for no more.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What a tool for tests may have too: nothing of these is changed here or handed on.
const ALLOWED_FOR_NODE_TOOLS: [&str; 1] = ["MPL-2.0"];

/// How many lists of packages are in order, and how many are not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    pub good: u32,
    pub bad: u32,
}

pub fn check(project: &Project) -> Result<Verdict> {
    let lists = [
        ("the workspace", packages::of_cargo(project, "Cargo.toml")?, &[][..]),
        ("the fuzzer", packages::of_cargo(project, "tests/fuzz/Cargo.toml")?, &[]),
        ("the Node tools", packages::of_node(project)?, &ALLOWED_FOR_NODE_TOOLS),
    ];
    let mut verdict = Verdict::default();
    for (whose, packages, also) in lists {
        let allowed = [&ALLOWED[..], also].concat();
        let problems: Vec<String> = packages
            .iter()
            .filter_map(|package| problem(package, &allowed))
            .collect();
        problems.iter().for_each(|problem| detail(problem));
        if problems.is_empty() {
            detail(&format!(
                "{whose}: {} packages, each allowed and from where it should be",
                packages.len()
            ));
            verdict.good += 1;
        } else {
            verdict.bad += 1;
        }
    }
    match advisories(project)? {
        Some(true) => verdict.good += 1,
        Some(false) => verdict.bad += 1,
        None => {}
    }
    Ok(verdict)
}

fn problem(package: &Package, allowed: &[&str]) -> Option<String> {
    let Package { name, licence, source } = package;
    if let Some(source) = source {
        return Some(format!(
            "{name} comes from {source}. Only the registry and this repository are allowed: their versions stay what they are"
        ));
    }
    let licence = licence.as_deref().unwrap_or("none");
    (!spdx::is_allowed(licence, allowed)).then(|| {
        format!("{name} has the licence `{licence}`, which is not allowed. Take another one, or allow it in xtask/src/licences.rs")
    })
}

/// Whether no known weakness was found; nothing where nobody could look.
fn advisories(project: &Project) -> Result<Option<bool>> {
    if find("cargo-deny").is_none() {
        detail("advisories were NOT checked: cargo-deny is not installed here");
        return Ok(None);
    }
    let answer = project.cargo().args(["deny", "check", "advisories"]).output()?;
    let said = String::from_utf8_lossy(&answer.stderr);
    if answer.status.success() {
        detail("advisories: none that concerns these packages, says cargo-deny");
        return Ok(Some(true));
    }
    if said.contains("failed to fetch") {
        detail("advisories were NOT checked: cargo-deny cannot fetch its database here");
        return Ok(None);
    }
    said.lines().for_each(detail);
    Ok(Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(licence: Option<&str>, source: Option<&str>) -> Package {
        Package {
            name: "some 1.0.0".to_owned(),
            licence: licence.map(str::to_owned),
            source: source.map(str::to_owned),
        }
    }

    #[test]
    fn an_allowed_package_is_no_problem() {
        assert_eq!(problem(&package(Some("MIT OR GPL-3.0-only"), None), &ALLOWED), None);
    }

    #[test]
    fn a_licence_or_a_source_that_is_not_allowed_is_told_with_its_package() {
        for (licence, source, says) in [
            (Some("GPL-3.0-only"), None, "some 1.0.0 has the licence `GPL-3.0-only`"),
            (None, None, "some 1.0.0 has the licence `none`"),
            (
                Some("MIT"),
                Some("git+https://host/x"),
                "some 1.0.0 comes from git+https://host/x",
            ),
        ] {
            let told = problem(&package(licence, source), &ALLOWED).unwrap_or_default();
            assert!(told.starts_with(says), "{told}");
        }
    }
}
