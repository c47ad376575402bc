//! No catch-all arm where operations are told apart: whoever adds an operation is asked at every such place.

use crate::tidy::code::Code;
use crate::tidy::rooms::Dispatch;
use crate::tidy::rule::{Complaint, Rule};
use crate::tidy::tokens::{Token, closing, find_outside, text};
use crate::tidy::workspace::{Workspace, is_below};

pub fn check(workspace: &Workspace, table: &Dispatch) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for code in &workspace.code {
        if table.within.iter().any(|place| is_below(&code.path, place)) {
            complaints.extend(catch_alls(code, table.enums).into_iter().map(|(line, name)| Complaint {
                rule: Rule::Dispatch,
                path: code.path.clone(),
                line,
                text: format!(
                    "a `match` over `{name}` ends in an arm for all the rest, which a new one would take without a \
                     word. Name every one, or ask with `matches!`"
                ),
            }));
        }
    }
    complaints.extend(
        table
            .denied_by_clippy
            .iter()
            .filter_map(|path| undenied(workspace, path)),
    );
    complaints
}

const LINT: &str = "clippy::wildcard_enum_match_arm";

/// The file lacks the attribute that makes clippy refuse catch-all arms.
fn undenied(workspace: &Workspace, path: &str) -> Option<Complaint> {
    let denies = workspace.code(path).is_some_and(|code| {
        let begins = code
            .plain
            .lines()
            .map(str::trim)
            .take_while(|line| line.is_empty() || line.starts_with("#!["));
        begins.into_iter().any(|line| line == format!("#![deny({LINT})]"))
    });
    (!denies).then(|| Complaint {
        rule: Rule::Dispatch,
        path: path.to_owned(),
        line: 1,
        text: format!("operations are dispatched in this file, so it begins with `#![deny({LINT})]`"),
    })
}

/// The lines of the arms, and the enum that each `match` is about.
fn catch_alls<'a>(code: &Code, enums: &[&'a str]) -> Vec<(usize, &'a str)> {
    let tokens = code.tokens();
    let own = impls(&tokens, enums);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].text != "match" || text(&tokens, at.wrapping_sub(1)) == "." {
            continue;
        }
        let Some(open) = find_outside(&tokens, at + 1, &["{"]) else {
            continue;
        };
        let arms = arms(&tokens, open);
        let here = own.iter().find(|(from, to, _)| (*from..*to).contains(&at));
        let own_name = here.map(|(_, _, name)| *name);
        let named = arms.iter().find_map(|arm| enum_in(arm, enums, own_name));
        if let Some(name) = named {
            let rest = arms.iter().filter(|arm| is_catch_all(arm));
            found.extend(rest.map(|arm| (code.line(arm[0].at), name)));
        }
    }
    found
}

/// Where `impl` blocks of the enums begin and end: `Self` is one of them there.
fn impls<'a>(tokens: &[Token<'_>], enums: &[&'a str]) -> Vec<(usize, usize, &'a str)> {
    let mut impls = Vec::new();
    for at in 0..tokens.len() {
        let Some(open) = (tokens[at].text == "impl")
            .then(|| find_outside(tokens, at + 1, &["{"]))
            .flatten()
        else {
            continue;
        };
        let head = &tokens[at + 1..open];
        let until = head
            .iter()
            .position(|token| token.text == "where")
            .unwrap_or(head.len());
        let from = head[..until]
            .iter()
            .position(|token| token.text == "for")
            .map_or(0, |at| at + 1);
        let own = head[from..until].iter().rev().find(|token| token.is_word());
        let name = own.and_then(|own| enums.iter().find(|name| **name == own.text));
        impls.extend(name.map(|name| (open, closing(tokens, open), *name)));
    }
    impls
}

/// The patterns of a `match` block, guards included.
fn arms<'a>(tokens: &'a [Token<'a>], open: usize) -> Vec<&'a [Token<'a>]> {
    let close = closing(tokens, open);
    let mut arms = Vec::new();
    let mut at = open + 1;
    while at < close {
        while text(tokens, at) == "#" {
            at = closing(tokens, at + 1) + 1;
        }
        let Some(arrow) = find_outside(tokens, at, &["=>"]) else {
            break;
        };
        if arrow > at {
            arms.push(&tokens[at..arrow]);
        }
        at = behind_arm(tokens, arrow + 1, close);
    }
    arms
}

fn behind_arm(tokens: &[Token<'_>], body: usize, close: usize) -> usize {
    let end = if text(tokens, body) == "{" {
        closing(tokens, body) + 1
    } else {
        arm_comma(tokens, body).unwrap_or(close)
    };
    if text(tokens, end) == "," { end + 1 } else { end }
}

/// The comma behind an arm's expression, not one between the types of `collect::<A<B, C>>()`.
fn arm_comma(tokens: &[Token<'_>], body: usize) -> Option<usize> {
    let mut at = body;
    loop {
        let found = find_outside(tokens, at, &[",", "::"])?;
        if text(tokens, found) == "," {
            return Some(found);
        }
        at = if text(tokens, found + 1) == "<" {
            behind_types(tokens, found + 1)
        } else {
            found + 1
        };
    }
}

fn behind_types(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "<" => depth += 1,
            ">" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

fn enum_in<'a>(arm: &[Token<'_>], enums: &[&'a str], own: Option<&'a str>) -> Option<&'a str> {
    let pattern = arm.iter().take_while(|token| token.text != "if");
    pattern.enumerate().find_map(|(at, token)| {
        let named = if token.text == "Self" {
            own
        } else {
            enums.iter().copied().find(|name| *name == token.text)
        };
        named.filter(|_| text(arm, at + 1) == "::")
    })
}

/// `_`, `other`, `(_, rest)`: whatever comes. With a guard, the compiler wants another arm for the rest.
fn is_catch_all(arm: &[Token<'_>]) -> bool {
    arm.iter().all(|token| {
        let binds = token.text.starts_with(|c: char| c == '_' || c.is_lowercase());
        let compares = matches!(token.text, "if" | "true" | "false");
        matches!(token.text, "(" | ")" | "," | ".." | "&") || binds && !compares
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    const TABLE: Dispatch = Dispatch {
        enums: &["Step", "Operation"],
        within: &["src"],
        denied_by_clippy: &[],
    };

    /// The lines complained about in this function's body.
    fn lines(body: &str) -> Vec<usize> {
        let source = format!("fn f() {{\n{body}\n}}");
        let workspace = project(&[("src/main.rs", ""), ("src/a.rs", &source)]);
        check(&workspace, &TABLE).iter().map(|it| it.line).collect()
    }

    #[test]
    fn a_catch_all_beside_a_named_step_is_found() {
        assert_eq!(lines("match step {\nStep::A => 1,\n_ => 2,\n}"), [4]);
        assert_eq!(
            lines("match step { Step::A | Step::B => { g() }\nother => h(other) }"),
            [3]
        );
        assert_eq!(
            lines("match (step, at) { (Step::A, 3) => x::<A, B>(1, 2),\n(_, at) => 2 }"),
            [3]
        );
        assert_eq!(
            lines("match it.step() { Some(model::Operation::A) => |_| 1, Some(_) => 2,\n_ => 3 }"),
            [3]
        );
        assert_eq!(
            lines("match step { Step::A => match x { 1 => 2, _ => 3 },\n_ => 4 }"),
            [3]
        );
    }

    #[test]
    fn a_match_that_names_every_step_is_good() {
        assert_eq!(
            lines("match step { Step::A if x => 1, Step::A => 2, Step::B { .. } => 3 }"),
            [0; 0]
        );
        assert_eq!(
            lines("match (step, at) { (Step::A, _) => 1, (Step::B, Some(_)) => 2 }"),
            [0; 0]
        );
    }

    #[test]
    fn what_is_not_about_steps_may_take_the_rest() {
        assert_eq!(lines("match x { Some(1) => Step::A, _ => Step::B }"), [0; 0]);
        assert_eq!(
            lines("match x { 1 => match step { Step::A => 1, Step::B => 2 }, _ => 3 }"),
            [0; 0]
        );
        assert_eq!(lines("matches!(step, Step::A | Step::B)"), [0; 0]);
        assert_eq!(lines("match x { x if x == Step::A.path() => 1, _ => 2 }"), [0; 0]);
        assert_eq!(lines("if let Step::A = step { 1 } else { 2 }"), [0; 0]);
        assert_eq!(lines("x.match_indices(y)"), [0; 0]);
    }

    #[test]
    fn within_the_enum_itself_self_is_meant() {
        let inside = |name: &str| {
            format!("impl fmt::Display for {name} {{ fn g() {{ match self {{ Self::A => 1,\n_ => 2 }} }} }}")
        };
        assert_eq!(lines(&inside("Step")), [3]);
        assert_eq!(lines(&inside("Other")), [0; 0]);
    }

    #[test]
    fn a_dispatching_file_begins_with_the_attribute() {
        let table = Dispatch {
            denied_by_clippy: &["src/a.rs"],
            ..TABLE
        };
        let found = |source: &str| check(&project(&[("src/a.rs", source)]), &table).len();
        assert_eq!(
            found("//! Why.\n\n#![deny(clippy::wildcard_enum_match_arm)]\n\nuse x;"),
            0
        );
        assert_eq!(
            found("//! Why.\n// #![deny(clippy::wildcard_enum_match_arm)]\nuse x;"),
            1
        );
        assert_eq!(check(&project(&[]), &table).len(), 1, "there is no such file");
    }
}
