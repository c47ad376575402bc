//! The compiler that all of this was tested with, against the one that is here. Another one is no fault, and is told.

use anyhow::{Context, Result};
use serde_json::Value;

use super::rustc::rustc;
use crate::process::output;
use crate::progress::detail;
use crate::project::Project;

/// Where the version is written down: `[workspace.metadata.tested]` in Cargo.toml.
const POINTER: &str = "/metadata/tested/rustc";

pub fn compiler(project: &Project) {
    match versions(project) {
        Ok((tested, here)) => warning(&tested, &here).iter().for_each(|sentence| detail(sentence)),
        Err(error) => detail(&format!(
            "WARNING: whether this compiler was tested cannot be found out: {error:#}"
        )),
    }
}

fn versions(project: &Project) -> Result<(String, String)> {
    let said = output(project.cargo().args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Value = serde_json::from_str(&said).context("cargo metadata")?;
    let tested = metadata.pointer(POINTER).and_then(Value::as_str);
    let tested = tested.context("Cargo.toml does not say with which compiler it was tested")?;
    let said = output(rustc().arg("-vV"))?;
    let here = said.lines().find_map(|line| line.strip_prefix("release: "));
    Ok((
        tested.to_owned(),
        here.context("rustc does not say its version")?.to_owned(),
    ))
}

fn warning(tested: &str, here: &str) -> Option<String> {
    (tested != here).then(|| {
        format!(
            "WARNING: this was tested with rustc {tested}, and here is {here}. If something fails, try the tested one first: \
             `rustup run {tested} cargo xtask …`"
        )
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn another_compiler_is_told_and_the_same_one_is_not() {
        assert_eq!(warning("1.95.0", "1.95.0"), None);
        let told = warning("1.95.0", "1.97.0-nightly").unwrap();
        assert!(
            told.contains("tested with rustc 1.95.0, and here is 1.97.0-nightly"),
            "{told}"
        );
    }

    #[test]
    fn both_versions_are_found() {
        let (tested, here) = versions(&Project::locate().unwrap()).unwrap();
        for version in [tested, here] {
            assert!(version.split('.').count() >= 3, "{version}");
        }
    }
}
