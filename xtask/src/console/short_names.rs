//! Short names for what wasm and glue call each other by. The names that wasm-bindgen gives end in the 16 digits of a
//! hash, or are the compiler's own for a closure: nothing compresses them, once in each of the two files.

use anyhow::{Result, ensure};

/// Each name that was replaced, with what stands in its place.
#[derive(Debug, Default)]
pub struct ShortNames {
    imports: Vec<(String, String)>,
    exports: Vec<(String, String)>,
}

impl ShortNames {
    /// Of what the wasm imports from the glue.
    pub fn of_import(&mut self, name: &str) -> String {
        if ends_in_hash(name) {
            shortened(&mut self.imports, "i", name)
        } else {
            name.to_owned()
        }
    }

    /// Of what the glue calls in the wasm.
    pub fn of_export(&mut self, name: &str) -> String {
        if is_mangled(name) {
            shortened(&mut self.exports, "e", name)
        } else {
            name.to_owned()
        }
    }

    pub fn in_glue(&self, glue: &str) -> Result<String> {
        let keys = self
            .imports
            .iter()
            .map(|(name, short)| (name, [" ", name, ": "], [" ", short, ": "]));
        let calls = self
            .exports
            .iter()
            .map(|(name, short)| (name, ["wasm.", name, "("], ["wasm.", short, "("]));
        let mut glue = glue.to_owned();
        for (name, long, short) in keys.chain(calls) {
            let long = long.concat();
            ensure!(glue.matches(&long).count() == 1, "the glue does not name {name} once");
            glue = glue.replace(&long, &short.concat());
        }
        Ok(glue)
    }
}

fn shortened(known: &mut Vec<(String, String)>, stem: &str, name: &str) -> String {
    if let Some((_, short)) = known.iter().find(|(long, _)| long == name) {
        return short.clone();
    }
    let short = [stem, &known.len().to_string()].concat();
    known.push((name.to_owned(), short.clone()));
    short
}

fn ends_in_hash(name: &str) -> bool {
    let hash = name.rsplit('_').next().unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// In either of the compiler's two schemes.
fn is_mangled(name: &str) -> bool {
    name.starts_with("_R") || name.starts_with("_ZN")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NAME: &str = "__wbg_tagName_775bb05619a5c52f";
    const CLOSURE: &str = "_RINvNvNtNtCs1If86EiR7Er_12wasm_bindgen7convert8closures";

    #[test]
    fn names_that_end_in_a_hash_become_short_in_wasm_and_glue() {
        let mut names = ShortNames::default();
        assert_eq!(names.of_import(NAME), "i0");
        assert_eq!(names.of_import("__wbg_tagName_0000000000000001"), "i1");
        assert_eq!(names.of_import(NAME), "i0", "imported twice");
        let glue = format!("{{\n  {NAME}: a,\n  __wbg_tagName_0000000000000001: b,\n}}");
        assert_eq!(names.in_glue(&glue).unwrap(), "{\n  i0: a,\n  i1: b,\n}");
    }

    #[test]
    fn closures_become_short_where_they_are_called() {
        let mut names = ShortNames::default();
        assert_eq!(names.of_export(CLOSURE), "e0");
        assert_eq!(
            names.of_export(&[CLOSURE, "_15"].concat()),
            "e1",
            "the first is the beginning of the second"
        );
        let glue = format!("wasm.{CLOSURE}_15(a); wasm.{CLOSURE}(b)");
        assert_eq!(names.in_glue(&glue).unwrap(), "wasm.e1(a); wasm.e0(b)");
    }

    #[test]
    fn other_names_stay() {
        let mut names = ShortNames::default();
        for name in ["__wasm_split_load_screens", "__wbindgen_init_externref_table"] {
            assert_eq!(names.of_import(name), name);
        }
        for name in ["main", "memory", "__wbindgen_malloc", "__wasm_split_shared0"] {
            assert_eq!(names.of_export(name), name);
        }
        assert_eq!(names.in_glue("{ a: b }").unwrap(), "{ a: b }");
    }

    #[test]
    fn a_name_that_the_glue_does_not_use_stops_the_build() {
        let mut names = ShortNames::default();
        names.of_import(NAME);
        let said = names.in_glue("{}").unwrap_err().to_string();
        assert!(said.contains(NAME), "{said}");
    }
}
