//! The packages that are used, as cargo and npm list them.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use crate::process::output;
use crate::project::Project;

/// Cargo's word for a registry; there is one, and the lock file has the sum of each package in it.
const REGISTRY: &str = "registry+";

#[derive(Debug, PartialEq, Eq)]
pub struct Package {
    /// With its version.
    pub name: String,
    pub licence: Option<String>,
    /// Where it comes from, if that is neither the registry nor this repository.
    pub source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
}

pub fn of_cargo(project: &Project, manifest: &str) -> Result<Vec<Package>> {
    let mut cargo = project.cargo();
    cargo.args([
        "metadata",
        "--format-version=1",
        "--locked",
        "--manifest-path",
        manifest,
    ]);
    read_cargo(&output(&mut cargo)?)
}

fn read_cargo(text: &str) -> Result<Vec<Package>> {
    let listed: Metadata = serde_json::from_str(text).context("cargo metadata has another form")?;
    let registries = listed.packages.iter().filter_map(|package| package.source.clone());
    let registry = registries.into_iter().find(|source| source.starts_with(REGISTRY));
    let package = |listed: Listed| Package {
        name: format!("{} {}", listed.name, listed.version),
        licence: listed.license,
        source: listed.source.filter(|source| Some(source) != registry.as_ref()),
    };
    Ok(listed.packages.into_iter().map(package).collect())
}

pub fn of_node(project: &Project) -> Result<Vec<Package>> {
    const LOCK: &str = "package-lock.json";
    read_node(&fs::read_to_string(project.path(LOCK)).context(LOCK)?).context(LOCK)
}

/// Each entry but the first, which is the project itself.
fn read_node(text: &str) -> Result<Vec<Package>> {
    let lock: Value = serde_json::from_str(text)?;
    let entries = lock
        .get("packages")
        .and_then(Value::as_object)
        .context("it lists no packages")?;
    let package = |(path, entry): (&String, &Value)| {
        let text = |key: &str| entry.get(key).and_then(Value::as_str);
        let source = text("resolved").filter(|address| !address.starts_with("https://"));
        Package {
            name: format!(
                "{} {}",
                path.trim_start_matches("node_modules/"),
                text("version").unwrap_or("?")
            ),
            licence: text("license").map(str::to_owned),
            source: source.map(str::to_owned),
        }
    };
    Ok(entries
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(package)
        .collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn sources(packages: &[Package]) -> Vec<(&str, Option<&str>)> {
        packages
            .iter()
            .map(|package| (package.name.as_str(), package.source.as_deref()))
            .collect()
    }

    #[test]
    fn a_crate_comes_from_the_one_registry_or_from_here() {
        let listed = |name: &str, source: &str| {
            format!(r#"{{"name":"{name}","version":"1.0.0","license":"MIT","source":{source}}}"#)
        };
        let packages = [
            listed("own", "null"),
            listed("usual", r#""registry+https://host/index""#),
            listed("other", r#""registry+https://elsewhere/index""#),
            listed("git", r#""git+https://host/x#1""#),
        ];
        let packages = read_cargo(&format!(r#"{{"packages":[{}]}}"#, packages.join(","))).unwrap();
        let expected = [
            ("own 1.0.0", None),
            ("usual 1.0.0", None),
            ("other 1.0.0", Some("registry+https://elsewhere/index")),
            ("git 1.0.0", Some("git+https://host/x#1")),
        ];
        assert_eq!(sources(&packages), expected);
        assert_eq!(packages[0].licence.as_deref(), Some("MIT"));
        assert!(read_cargo("{}").is_err());
    }

    #[test]
    fn a_node_package_is_named_without_its_folder() {
        let lock = r#"{"packages":{
            "": {"name":"this"},
            "node_modules/@a/b": {"version":"1.2.3","license":"ISC"},
            "node_modules/c": {"version":"2.0.0","resolved":"git+ssh://host/c"}
        }}"#;
        let packages = read_node(lock).unwrap();
        assert_eq!(
            sources(&packages),
            [("@a/b 1.2.3", None), ("c 2.0.0", Some("git+ssh://host/c"))]
        );
        assert_eq!(packages[0].licence.as_deref(), Some("ISC"));
        assert_eq!(packages[1].licence, None);
        assert!(read_node("{}").is_err());
    }
}
