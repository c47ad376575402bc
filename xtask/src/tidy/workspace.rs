//! The project as the rules read it: every tracked text, the Rust in it, and the imports of each crate.

use std::collections::BTreeSet;

use super::code::Code;
use super::graph::Graph;

/// A tracked file.
#[derive(Debug)]
pub struct Text {
    /// From the project's root, with forward slashes.
    pub path: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Workspace {
    pub texts: Vec<Text>,
    /// What is compiled into a crate, without what is compiled for tests only.
    pub code: Vec<Code>,
    pub graphs: Vec<Graph>,
}

impl Workspace {
    pub fn new(texts: Vec<Text>) -> Self {
        let sources = texts.iter().filter(|text| root_of(&text.path).is_some());
        let code: Vec<Code> = sources.map(|text| Code::new(&text.path, &text.text)).collect();
        let code = without_tests(code);
        let roots: BTreeSet<&str> = code.iter().filter_map(|code| root_of(&code.path)).collect();
        let graph = |root: &&str| {
            let inside = |code: &&Code| root_of(&code.path) == Some(*root);
            Graph::new(root, &code.iter().filter(inside).collect::<Vec<_>>())
        };
        let graphs = roots.iter().map(graph).collect();
        Self { texts, code, graphs }
    }

    pub fn text(&self, path: &str) -> Option<&str> {
        let found = self.texts.iter().find(|text| text.path == path)?;
        Some(&found.text)
    }

    pub fn code(&self, path: &str) -> Option<&Code> {
        self.code.iter().find(|code| code.path == path)
    }
}

/// The folder of sources that a Rust file belongs to: `src`, `xtask/src`, `crates/core/src`.
fn root_of(path: &str) -> Option<&str> {
    let folder = path.strip_prefix("crates/").and_then(|rest| rest.split('/').next());
    let length = match folder {
        Some(name) => "crates/".len() + name.len() + "/src".len(),
        None if path.starts_with("xtask/src/") => "xtask/src".len(),
        None => "src".len(),
    };
    let (root, rest) = path.split_at_checked(length)?;
    (root.ends_with("src") && rest.starts_with('/') && rest.ends_with(".rs")).then_some(root)
}

fn without_tests(code: Vec<Code>) -> Vec<Code> {
    let modules: Vec<String> = code.iter().flat_map(test_modules).collect();
    let is_test = |path: &str| {
        let place = path.trim_end_matches(".rs");
        modules.iter().any(|module| is_below(place, module))
    };
    code.into_iter().filter(|code| !is_test(&code.path)).collect()
}

/// Where the files of a file's test modules lie, without their ending.
fn test_modules(code: &Code) -> impl Iterator<Item = String> {
    let place = code.path.trim_end_matches(".rs");
    let folder = match place.rsplit_once('/') {
        Some((folder, "lib" | "main" | "mod")) => folder,
        _ => place,
    };
    code.test_modules.iter().map(move |name| format!("{folder}/{name}"))
}

/// Whether a path is `place` or lies below it; the ending of a file may be left out in both.
pub fn is_below(path: &str, place: &str) -> bool {
    let rest = path.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/') || place.ends_with('/'))
}

#[cfg(test)]
pub mod given {
    use super::*;

    /// A project of these files.
    pub fn project(files: &[(&str, &str)]) -> Workspace {
        let text = |(path, text): &(&str, &str)| Text {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Workspace::new(files.iter().map(text).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::given::project;
    use super::*;

    #[test]
    fn a_source_belongs_to_its_crate() {
        assert_eq!(root_of("src/order/page.rs"), Some("src"));
        assert_eq!(root_of("crates/core/src/lib.rs"), Some("crates/core/src"));
        assert_eq!(root_of("xtask/src/main.rs"), Some("xtask/src"));
        for path in [
            "crates/core/tests/rules/main.rs",
            "tests/fuzz/decoders.rs",
            "src/page.css",
            "srcs/a.rs",
        ] {
            assert_eq!(root_of(path), None, "{path}");
        }
    }

    #[test]
    fn files_of_test_modules_are_left_out() {
        let workspace = project(&[
            ("src/main.rs", "mod a; #[cfg(test)] mod given;"),
            ("src/given.rs", "mod more;"),
            ("src/given/more.rs", ""),
            ("src/givens.rs", ""),
            ("src/a.rs", "#[cfg(test)] mod tests;"),
            ("src/a/tests.rs", ""),
        ]);
        let paths: Vec<&str> = workspace.code.iter().map(|code| code.path.as_str()).collect();
        assert_eq!(paths, ["src/main.rs", "src/givens.rs", "src/a.rs"]);
    }

    #[test]
    fn each_crate_has_a_graph_of_its_own() {
        let workspace = project(&[
            ("src/main.rs", "mod a; fn f() { a::b() }"),
            ("src/a.rs", ""),
            ("crates/core/src/lib.rs", ""),
        ]);
        let roots: Vec<(&str, usize)> = workspace
            .graphs
            .iter()
            .map(|graph| (graph.root.as_str(), graph.imports.len()))
            .collect();
        assert_eq!(roots, [("crates/core/src", 0), ("src", 1)]);
    }

    #[test]
    fn a_place_is_a_file_a_folder_or_both() {
        assert!(is_below("src/api.rs", "src/api"));
        assert!(is_below("src/api/client.rs", "src/api"));
        assert!(is_below("src/api.rs", "src/api.rs"));
        assert!(!is_below("src/apis.rs", "src/api"));
        assert!(!is_below("src/api.rs", "src/api/client"));
    }
}
