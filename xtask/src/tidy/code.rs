//! One Rust source as the rules read it: comments, the inside of texts, and what is compiled for tests only are blanked.

use super::lexer::{Literal, blanked};
use super::tokens::{Token, closing, find_outside, text, tokens};

#[derive(Debug)]
pub struct Code {
    /// From the project's root, with forward slashes.
    pub path: String,
    /// As it lies on the disk.
    pub source: String,
    pub plain: String,
    /// Those of tests are left out.
    pub literals: Vec<Literal>,
    /// Modules in files of their own that are compiled for tests only.
    pub test_modules: Vec<String>,
}

impl Code {
    pub fn new(path: &str, source: &str) -> Self {
        let (plain, mut literals) = blanked(source);
        let (items, test_modules) = test_items(&tokens(&plain), plain.len());
        let mut plain = plain.into_bytes();
        for (from, to) in items {
            literals.retain(|literal| !(from..to).contains(&literal.at));
            for byte in &mut plain[from..to] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
        }
        Self {
            path: path.to_owned(),
            source: source.to_owned(),
            plain: String::from_utf8_lossy(&plain).into_owned(),
            literals,
            test_modules,
        }
    }

    pub fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.plain)
    }

    /// The line of a place in the source, counted from one.
    pub fn line(&self, at: usize) -> usize {
        let before = &self.source.as_bytes()[..at.min(self.source.len())];
        1 + before.iter().filter(|byte| **byte == b'\n').count()
    }
}

/// From where to where each item under `#[cfg(test)]` stands, and the modules among them that lie in other files.
fn test_items(tokens: &[Token<'_>], length: usize) -> (Vec<(usize, usize)>, Vec<String>) {
    let (mut items, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let inner = usize::from(text(tokens, at + 1) == "!");
        if text(tokens, at) != "#" || text(tokens, at + 1 + inner) != "[" {
            at += 1;
            continue;
        }
        let open = at + 1 + inner;
        let close = closing(tokens, open).min(tokens.len());
        if !is_for_tests(&tokens[open + 1..close]) {
            at = close + 1;
            continue;
        }
        if inner == 1 {
            return (vec![(0, length)], modules);
        }
        let begin = behind_attributes(tokens, close + 1);
        let end = item_end(tokens, begin);
        if let Some(name) = file_module(&tokens[begin..end.min(tokens.len())], text(tokens, end)) {
            modules.push(name);
        }
        let to = tokens.get(end).map_or(length, |token| token.at + token.text.len());
        items.push((tokens[at].at, to));
        at = end + 1;
    }
    (items, modules)
}

fn is_for_tests(attribute: &[Token<'_>]) -> bool {
    let holds = |word: &str| attribute.iter().any(|token| token.text == word);
    text(attribute, 0) == "cfg" && holds("test") && !holds("not")
}

fn behind_attributes(tokens: &[Token<'_>], mut at: usize) -> usize {
    while text(tokens, at) == "#" && text(tokens, at + 1) == "[" {
        at = closing(tokens, at + 1) + 1;
    }
    at
}

/// Where an item ends: at its closing brace, or at its semicolon or comma.
fn item_end(tokens: &[Token<'_>], begin: usize) -> usize {
    let restricted = text(tokens, begin) == "pub" && text(tokens, begin + 1) == "(";
    let keyword = match text(tokens, begin) {
        "pub" if restricted => closing(tokens, begin + 1) + 1,
        "pub" => begin + 1,
        _ => begin,
    };
    let is_use = text(tokens, keyword) == "use";
    let wanted: &[&str] = if is_use { &[";"] } else { &[";", ",", "{"] };
    match find_outside(tokens, begin, wanted) {
        Some(at) if text(tokens, at) == "{" => closing(tokens, at),
        Some(at) => at,
        None => begin,
    }
}

/// The name in `mod name;`.
fn file_module(item: &[Token<'_>], end: &str) -> Option<String> {
    let at = item.iter().position(|token| token.text == "mod")?;
    let name = item.get(at + 1)?;
    (end == ";" && at + 2 == item.len()).then(|| name.text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> String {
        let code = Code::new("src/a.rs", source);
        code.plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_compiled_for_tests_only_is_left_out() {
        assert_eq!(words("a; #[cfg(test)] mod tests { use b; } c;"), "a; c;");
        assert_eq!(
            words("a; #[cfg(test)] #[allow(x)] fn f(a: [u8; 2]) -> u8 { { 1 } } c;"),
            "a; c;"
        );
        assert_eq!(words("#[cfg(test)] use a::{b, c}; d;"), "d;");
        assert_eq!(words("#[cfg(test)] pub(crate) use a::{b, c}; d;"), "d;");
        assert_eq!(words("#[cfg(all(test, unix))] const A: u8 = 1; d;"), "d;");
        assert_eq!(words("#![cfg(test)] a; b;"), "");
    }

    #[test]
    fn what_is_compiled_otherwise_stays() {
        let source = "#[cfg(not(test))] mod a { b; }";
        assert_eq!(words(source), source);
        assert_eq!(words("#[derive(Debug)] struct A;"), "#[derive(Debug)] struct A;");
    }

    #[test]
    fn a_module_of_tests_in_a_file_of_its_own_is_named() {
        let code = Code::new(
            "src/a.rs",
            "#[cfg(test)]\nmod given;\n#[cfg(test)]\nmod tests { mod inner; }",
        );
        assert_eq!(code.test_modules, ["given"]);
    }

    #[test]
    fn texts_in_tests_do_not_count_and_lines_are_kept() {
        let code = Code::new(
            "src/a.rs",
            "f(\"x\");\n#[cfg(test)]\nmod tests {\n f(\"y\");\n}\nf(\"z\");",
        );
        let texts: Vec<(usize, &str)> = code
            .literals
            .iter()
            .map(|it| (code.line(it.at), it.text.as_str()))
            .collect();
        assert_eq!(texts, [(1, "x"), (6, "z")]);
    }
}
