//! Short names for what the wasm imports from the glue. The names that wasm-bindgen gives end in the 16 digits of a hash,
//! which nothing compresses, once in each of the two files.

use anyhow::{Result, ensure};

/// Each name that was replaced, with what stands in its place.
#[derive(Debug, Default)]
pub struct ShortNames(Vec<(String, String)>);

impl ShortNames {
    pub fn instead_of(&mut self, name: &str) -> String {
        if !ends_in_hash(name) {
            return name.to_owned();
        }
        if let Some((_, short)) = self.0.iter().find(|(known, _)| known == name) {
            return short.clone();
        }
        let short = format!("i{}", self.0.len());
        self.0.push((name.to_owned(), short.clone()));
        short
    }

    pub fn in_glue(&self, glue: &str) -> Result<String> {
        let mut glue = glue.to_owned();
        for (name, short) in &self.0 {
            let key = format!(" {name}: ");
            ensure!(glue.matches(&key).count() == 1, "the glue does not define {name} once");
            glue = glue.replace(&key, &format!(" {short}: "));
        }
        Ok(glue)
    }
}

fn ends_in_hash(name: &str) -> bool {
    let hash = name.rsplit('_').next().unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const NAME: &str = "__wbg_tagName_775bb05619a5c52f";

    #[test]
    fn names_that_end_in_a_hash_become_short_in_wasm_and_glue() {
        let mut names = ShortNames::default();
        assert_eq!(names.instead_of(NAME), "i0");
        assert_eq!(names.instead_of("__wbg_tagName_0000000000000001"), "i1");
        assert_eq!(names.instead_of(NAME), "i0", "imported twice");
        let glue = format!("{{\n  {NAME}: a,\n  __wbg_tagName_0000000000000001: b,\n}}");
        assert_eq!(names.in_glue(&glue).unwrap(), "{\n  i0: a,\n  i1: b,\n}");
    }

    #[test]
    fn other_names_stay() {
        let mut names = ShortNames::default();
        for name in ["__wasm_split_load_screens", "__wbindgen_init_externref_table"] {
            assert_eq!(names.instead_of(name), name);
        }
        assert_eq!(names.in_glue("{ a: b }").unwrap(), "{ a: b }");
    }

    #[test]
    fn a_name_that_the_glue_does_not_define_stops_the_build() {
        let mut names = ShortNames::default();
        names.instead_of(NAME);
        let said = names.in_glue("{}").unwrap_err().to_string();
        assert!(said.contains(NAME), "{said}");
    }
}
