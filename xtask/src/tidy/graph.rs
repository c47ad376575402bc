//! Which file of a crate imports which other.
//!
//! Every name is followed through `pub use` to the file that gives it: a re-export is no import. A whole module is none
//! either, what is named in it is.

use std::collections::BTreeMap;

use super::code::Code;
use super::imports::{Names, Path, names};

/// A crate's modules that lie in files, and what they import of each other.
#[derive(Debug)]
pub struct Graph {
    /// The crate's folder of sources: `crates/core/src`.
    pub root: String,
    pub files: Vec<File>,
    pub imports: Vec<Import>,
}

#[derive(Debug)]
pub struct File {
    /// From the project's root.
    pub path: String,
    pub names: Names,
    /// Where it stands in the crate; the crate's root has none.
    module: Vec<String>,
    /// `main.rs` beside `lib.rs`: nothing can name what is in it.
    apart: bool,
}

#[derive(Debug)]
pub struct Import {
    pub from: usize,
    pub to: usize,
    pub name: String,
    pub line: usize,
    /// Only handed on.
    pub public: bool,
}

/// How many re-exports one name may go through.
const DEEPEST: usize = 8;

impl Graph {
    /// `sources`: everything below `root`, without tests.
    pub fn new(root: &str, sources: &[&Code]) -> Self {
        let has_library = sources.iter().any(|code| code.path == format!("{root}/lib.rs"));
        let file = |code: &&Code| File {
            path: code.path.clone(),
            names: names(&code.tokens()),
            module: module_of(root, &code.path),
            apart: has_library && code.path == format!("{root}/main.rs"),
        };
        let files: Vec<File> = sources.iter().map(file).collect();
        let resolver = Resolver::new(&files);
        let mut imports = Vec::new();
        for (from, code) in sources.iter().enumerate() {
            imports.extend(resolver.imports_of(from, code));
        }
        Self {
            root: root.to_owned(),
            files,
            imports,
        }
    }

    /// What files import, re-exports left out.
    pub fn uses(&self) -> impl Iterator<Item = &Import> {
        self.imports.iter().filter(|import| !import.public)
    }

    /// A file's place below the root without its ending: `order/page`.
    pub fn place(&self, file: usize) -> &str {
        let path = &self.files[file].path;
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.trim_start_matches('/').trim_end_matches(".rs")
    }
}

/// The modules that a path names: `src/a/b.rs` and `src/a/b/mod.rs` are `a::b`.
fn module_of(root: &str, path: &str) -> Vec<String> {
    let inside = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
    let inside = inside.trim_end_matches(".rs").trim_end_matches("/mod");
    match inside {
        "lib" | "main" => Vec::new(),
        inside => inside.split('/').map(str::to_owned).collect(),
    }
}

struct Resolver<'a> {
    files: &'a [File],
    modules: BTreeMap<&'a [String], usize>,
    /// What a module hands on, by its name there.
    exports: BTreeMap<(Vec<String>, String), Vec<String>>,
}

/// What a path names: a file, and what of it; nothing of it if the file's module itself is meant.
struct Target {
    file: usize,
    name: Option<String>,
}

impl<'a> Resolver<'a> {
    fn new(files: &'a [File]) -> Self {
        let addressable = files.iter().enumerate().filter(|(_, file)| !file.apart);
        let mut resolver = Self {
            files,
            modules: addressable.map(|(at, file)| (file.module.as_slice(), at)).collect(),
            exports: BTreeMap::new(),
        };
        let mut exports = BTreeMap::new();
        for file in files.iter().filter(|file| !file.apart) {
            for it in file.names.uses.iter().filter(|it| it.public) {
                if let Some(path) = resolver.absolute(file, &it.path, &BTreeMap::new()) {
                    let scope = [file.module.as_slice(), &it.path.inside].concat();
                    exports.insert((scope, it.name().to_owned()), path);
                }
            }
        }
        resolver.exports = exports;
        resolver
    }

    fn imports_of(&self, from: usize, code: &Code) -> Vec<Import> {
        let file = &self.files[from];
        let aliases = self.aliases(file);
        let mut imports = Vec::new();
        let mut add = |path: &Path, public: bool, itself: bool| {
            let Some(target) = self.absolute(file, path, &aliases).and_then(|path| self.find(&path, 0)) else {
                return;
            };
            let name = if itself { Some("self".to_owned()) } else { target.name };
            if let Some(name) = name.filter(|_| target.file != from) {
                imports.push(Import {
                    from,
                    to: target.file,
                    name,
                    line: code.line(path.at),
                    public,
                });
            }
        };
        for it in &file.names.uses {
            add(&it.path, it.public, it.itself);
        }
        for path in &file.names.mentions {
            add(path, false, false);
        }
        imports
    }

    /// The modules that a file imports whole, by their names there.
    fn aliases(&self, file: &File) -> BTreeMap<String, Vec<String>> {
        let none = BTreeMap::new();
        let mut aliases = BTreeMap::new();
        for it in &file.names.uses {
            let path = self.absolute(file, &it.path, &none);
            let target = path.as_ref().and_then(|path| self.find(path, 0));
            if let Some(Target {
                file: module,
                name: None,
            }) = target
            {
                aliases.insert(it.name().to_owned(), self.files[module].module.clone());
            }
        }
        aliases
    }

    /// From the crate's root; nothing for what belongs to another crate.
    fn absolute(&self, file: &File, path: &Path, aliases: &BTreeMap<String, Vec<String>>) -> Option<Vec<String>> {
        let scope = [file.module.as_slice(), &path.inside].concat();
        let (first, rest) = path.segments.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([&scope, rest].concat()),
            "super" => {
                let ups = path.segments.iter().take_while(|segment| *segment == "super").count();
                let base = scope.len().checked_sub(ups)?;
                Some([&scope[..base], &path.segments[ups..]].concat())
            }
            first => {
                let child = [scope.as_slice(), &[first.to_owned()]].concat();
                if self.modules.contains_key(child.as_slice()) {
                    return Some([&child, rest].concat());
                }
                aliases.get(first).map(|module| [module, rest].concat())
            }
        }
    }

    fn find(&self, path: &[String], depth: usize) -> Option<Target> {
        for length in (0..=path.len()).rev() {
            let Some(&file) = self.modules.get(&path[..length]) else {
                continue;
            };
            let Some((name, rest)) = path[length..].split_first() else {
                return Some(Target { file, name: None });
            };
            if let Some(given) = self.exports.get(&(path[..length].to_vec(), name.clone()))
                && depth < DEEPEST
            {
                return self.find(&[given, rest].concat(), depth + 1);
            }
            return Some(Target {
                file,
                name: Some(name.clone()),
            });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a/b -> c: Name`, sorted.
    fn imports(sources: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Code> = sources.iter().map(|(path, text)| Code::new(path, text)).collect();
        let graph = Graph::new("src", &sources.iter().collect::<Vec<_>>());
        let shown = |it: &Import| format!("{} -> {}: {}", graph.place(it.from), graph.place(it.to), it.name);
        let mut imports: Vec<String> = graph.uses().map(shown).collect();
        imports.sort();
        imports
    }

    #[test]
    fn every_way_to_name_another_file_is_followed() {
        let found = imports(&[
            ("src/main.rs", "mod a; mod b; fn main() { a::run() }"),
            (
                "src/a.rs",
                "mod c; use crate::b::{B, inner}; fn run() { c::C; inner::X; }",
            ),
            (
                "src/a/c.rs",
                "use super::A; use super::super::b::D; use crate::b; fn f() { b::E; self::own(); }",
            ),
            (
                "src/b.rs",
                "pub mod inner; use std::fmt::Debug; use leptos::prelude::*;",
            ),
            ("src/b/inner.rs", "use super::*;"),
        ]);
        assert_eq!(
            found,
            [
                "a -> a/c: C",
                "a -> b/inner: X",
                "a -> b: B",
                "a/c -> a: A",
                "a/c -> b: D",
                "a/c -> b: E",
                "b/inner -> b: *",
                "main -> a: run",
            ]
        );
    }

    #[test]
    fn a_name_is_followed_to_the_file_that_gives_it() {
        let found = imports(&[
            ("src/lib.rs", "mod face; mod user; pub use face::Deep;"),
            (
                "src/face.rs",
                "mod one; mod two; pub use one::{One, Deep as Other}; pub use two::Two;",
            ),
            ("src/face/one.rs", "use super::Two;"),
            ("src/face/two.rs", ""),
            (
                "src/user.rs",
                "use crate::face::{One, Other, Missing}; use crate::face as f; fn g() { f::Two::new() }",
            ),
        ]);
        assert_eq!(
            found,
            [
                "face/one -> face/two: Two",
                "user -> face/one: Deep",
                "user -> face/one: One",
                "user -> face/two: Two",
                "user -> face: Missing",
            ]
        );
    }

    #[test]
    fn a_program_beside_a_library_gives_nothing() {
        let found = imports(&[
            ("src/main.rs", "mod cli; use cli::Options;"),
            ("src/lib.rs", "pub mod cli; pub struct Root;"),
            ("src/cli.rs", "use crate::Root; use super::Root as Same;"),
        ]);
        assert_eq!(found, ["cli -> lib: Root", "cli -> lib: Root", "main -> cli: Options"]);
    }

    #[test]
    fn a_module_inside_of_a_file_starts_from_its_own_place() {
        let found = imports(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "mod inner { use super::super::b::B; use super::Own; }"),
            ("src/b.rs", ""),
        ]);
        assert_eq!(found, ["a -> b: B"]);
    }

    #[test]
    fn a_face_that_is_named_by_self_is_imported() {
        let found = imports(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "use crate::b::{self, B}; fn f() { b::c() }"),
            ("src/b.rs", ""),
        ]);
        assert_eq!(found, ["a -> b: B", "a -> b: c", "a -> b: self"]);
    }
}
