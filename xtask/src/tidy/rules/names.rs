//! Who may name what: the browser, a token, a macro of markup, a path of the API.

use crate::tidy::code::Code;
use crate::tidy::imports::{Names, names};
use crate::tidy::rooms::Reserved;
use crate::tidy::rule::Complaint;
use crate::tidy::tokens::{Token, text};
use crate::tidy::workspace::{Workspace, is_below};

pub fn check(workspace: &Workspace, reserved: &[Reserved]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for code in &workspace.code {
        let rules: Vec<&Reserved> = reserved.iter().filter(|rule| concerns(rule, &code.path)).collect();
        if !rules.is_empty() {
            complaints.extend(in_code(code, &rules));
        }
    }
    for script in workspace.texts.iter().filter(|text| text.path.ends_with(".js")) {
        for rule in reserved.iter().filter(|rule| concerns(rule, &script.path)) {
            complaints.extend(in_script(&script.path, &script.text, rule));
        }
    }
    complaints
}

fn concerns(rule: &Reserved, path: &str) -> bool {
    let lies_in = |places: &[&str]| places.iter().any(|place| is_below(path, place));
    lies_in(rule.within) && !lies_in(rule.except)
}

fn in_code(code: &Code, rules: &[&Reserved]) -> Vec<Complaint> {
    let tokens = code.tokens();
    let names = names(&tokens);
    let mut complaints = Vec::new();
    for rule in rules {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for name in rule.names {
            let places = match Kind::of(name) {
                Kind::Literal(needle) => literals(code, &needle),
                Kind::Path(path) => paths(&names, path),
                Kind::Macro(word) => words(&tokens, word, "!"),
                Kind::Word(word) => words(&tokens, word, ""),
            };
            found.extend(places.into_iter().map(|at| (code.line(at), *name)));
        }
        found.sort_unstable();
        found.dedup_by_key(|(line, _)| *line);
        let told = |(line, name)| complaint(rule, &code.path, line, name);
        complaints.extend(found.into_iter().map(told));
    }
    complaints
}

/// The boot script has no tokens worth reading apart: what stands in a line that is no comment counts.
fn in_script(path: &str, text: &str, rule: &Reserved) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let begin = line.trim_start();
        let is_comment = ["//", "/*", "*"].iter().any(|sign| begin.starts_with(sign));
        let quoted = |name: &&&str| match Kind::of(name) {
            Kind::Literal(needle) => begins_quoted(line, needle.text),
            Kind::Path(_) | Kind::Macro(_) | Kind::Word(_) => false,
        };
        if let Some(name) = rule.names.iter().find(quoted).filter(|_| !is_comment) {
            complaints.push(complaint(rule, path, at + 1, name));
        }
    }
    complaints
}

/// Behind a quote, or behind what a template puts in.
fn begins_quoted(line: &str, text: &str) -> bool {
    let before = ['\'', '"', '`', '}'];
    line.match_indices(text).any(|(at, _)| line[..at].ends_with(before))
}

fn complaint(rule: &Reserved, path: &str, line: usize, name: &str) -> Complaint {
    Complaint {
        rule: rule.rule,
        path: path.to_owned(),
        line,
        text: format!("`{name}` is named here. {}", rule.why),
    }
}

/// How a table names what is reserved.
enum Kind<'a> {
    /// `"/api/` begins a literal; `"…/api/` is anywhere in one.
    Literal(Needle<'a>),
    /// `std::time`, `rand::`: a path that begins like this.
    Path(&'a str),
    /// `view!`
    Macro(&'a str),
    /// `Credential`
    Word(&'a str),
}

struct Needle<'a> {
    text: &'a str,
    anywhere: bool,
}

impl<'a> Kind<'a> {
    fn of(name: &'a str) -> Self {
        if let Some(text) = name.strip_prefix('"') {
            let inside = text.strip_prefix('…');
            return Self::Literal(Needle {
                text: inside.unwrap_or(text),
                anywhere: inside.is_some(),
            });
        }
        match name.strip_suffix('!') {
            Some(word) => Self::Macro(word),
            None if name.contains("::") => Self::Path(name),
            None => Self::Word(name),
        }
    }
}

fn literals(code: &Code, needle: &Needle<'_>) -> Vec<usize> {
    let holds = |text: &str| text.starts_with(needle.text) || needle.anywhere && text.contains(needle.text);
    let found = code.literals.iter().filter(|literal| holds(&literal.text));
    found.map(|literal| literal.at).collect()
}

fn paths(names: &Names, path: &str) -> Vec<usize> {
    let wanted: Vec<&str> = path.split("::").filter(|segment| !segment.is_empty()).collect();
    let used = names.uses.iter().map(|it| &it.path).chain(&names.mentions);
    let begins = |segments: &[String]| segments.iter().zip(&wanted).filter(|(a, b)| a == *b).count() == wanted.len();
    used.filter(|path| begins(&path.segments)).map(|path| path.at).collect()
}

fn words(tokens: &[Token<'_>], word: &str, follows: &str) -> Vec<usize> {
    let is_it = |at: &usize| tokens[*at].text == word && (follows.is_empty() || text(tokens, at + 1) == follows);
    (0..tokens.len()).filter(is_it).map(|at| tokens[at].at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::rule::Rule;
    use crate::tidy::workspace::given::project;

    fn rule(names: &'static [&'static str]) -> Reserved {
        Reserved {
            rule: Rule::Browser,
            names,
            within: &["src", "public"],
            except: &["src/platform", "public/boot/constants.js"],
            why: "Why.",
        }
    }

    /// The places where the names are found in this source.
    fn found(names: &'static [&'static str], path: &str, source: &str) -> Vec<String> {
        let workspace = project(&[("src/main.rs", ""), (path, source)]);
        let complaints = check(&workspace, &[rule(names)]);
        complaints
            .iter()
            .map(|it| format!("{}:{} {}", it.path, it.line, it.text))
            .collect()
    }

    #[test]
    fn a_word_is_found_wherever_it_stands() {
        let source = "use web_sys::Node;\n// web_sys\nfn f(x: web_sys::Event) {}\n#[web_sys] struct A(my_web_sys);";
        let told = found(&["web_sys"], "src/a.rs", source);
        assert_eq!(
            told,
            [1, 3, 4].map(|line| format!("src/a.rs:{line} `web_sys` is named here. Why."))
        );
        assert_eq!(found(&["web_sys"], "src/platform/a.rs", source), [""; 0]);
        assert_eq!(found(&["web_sys"], "crates/core/src/a.rs", source), [""; 0]);
        assert_eq!(
            found(&["web_sys"], "src/a.rs", "#[cfg(test)] mod tests { use web_sys::A; }"),
            [""; 0]
        );
    }

    #[test]
    fn a_path_is_found_by_how_it_begins() {
        let source = "use std::{fmt, time::Duration};\nfn f() { std::time::now(); time::now(); std::fmt::x() }";
        let told = found(&["std::time"], "src/a.rs", source);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(found(&["rand::"], "src/a.rs", "fn f(rand: u8) { rand }"), [""; 0]);
        assert_eq!(found(&["rand::"], "src/a.rs", "fn f() { rand::random() }").len(), 1);
    }

    #[test]
    fn a_macro_is_more_than_its_word() {
        assert_eq!(
            found(
                &["view!"],
                "src/a.rs",
                "fn view() { view! { <p/> } }\nfn f() { view() }"
            )
            .len(),
            1
        );
    }

    #[test]
    fn a_literal_is_found_by_what_it_says() {
        let source = "fn f() { [\"/api/x\", \"a/api/x\"]; }";
        assert_eq!(found(&["\"/api/"], "src/a.rs", source).len(), 1);
        assert_eq!(found(&["\"…/api/"], "src/a.rs", "f(\"a/api/x\")").len(), 1);
        assert_eq!(
            found(
                &["\"/api/"],
                "src/a.rs",
                "// \"/api/x\"\n#[cfg(test)] mod t { f(\"/api/x\") }"
            ),
            [""; 0]
        );
    }

    #[test]
    fn scripts_are_read_too() {
        let source = "// '/api/x'\nsend('/api/x');\nsend(`${base}/api/x`);\nsend(\"x/api/\");";
        let told = found(&["\"/api/"], "public/boot/a.js", source);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(found(&["\"/api/"], "public/boot/constants.js", source), [""; 0]);
    }
}
