//! What may stand in no tracked file, and what ARCHITECTURE.md must say of each invariant.

use crate::tidy::lexer::is_word;
use crate::tidy::rule::{Complaint, Rule};
use crate::tidy::workspace::{Text, Workspace};

/// Below these lie the folders of the people who work on a machine. In parts, or this file would name them.
const HOMES: [&str; 3] = ["home", "root", "Users"];

/// No folder of whoever wrote or built it.
pub fn machine_paths(workspace: &Workspace) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in &workspace.texts {
        for (at, line) in file.text.lines().enumerate() {
            if let Some(path) = HOMES.iter().find_map(|home| home_in(line, home)) {
                complaints.push(Complaint {
                    rule: Rule::MachinePaths,
                    path: file.path.clone(),
                    line: at + 1,
                    text: format!("`{path}…` is a folder of one machine. Name it from the project's root"),
                });
            }
        }
    }
    complaints
}

/// The folder of homes, between slashes or backslashes, where a path begins.
fn home_in(line: &str, home: &str) -> Option<String> {
    ['/', '\\'].into_iter().find_map(|slash| {
        let path = format!("{slash}{home}{slash}");
        let mut places = line.match_indices(&path);
        let begins = |(at, _): (usize, &str)| !line[..at].ends_with(|c: char| is_word(c) || ".-/}*".contains(c));
        places.any(begins).then_some(path)
    })
}

const ARCHITECTURE: &str = "ARCHITECTURE.md";
const INVARIANT: &str = "- **Architecture invariant:**";

/// Each invariant ends with `(held by the compiler: how)` or `(held by tidy: rule, rule)`.
pub fn invariants(workspace: &Workspace, rules: &[String]) -> Vec<Complaint> {
    let Some(text) = workspace.texts.iter().find(|file| file.path == ARCHITECTURE) else {
        return vec![complaint(1, "is missing".to_owned())];
    };
    let mut complaints = Vec::new();
    for (line, item) in items(text) {
        if let Err(problem) = held(&item, rules) {
            complaints.push(complaint(line, problem));
        }
    }
    complaints
}

fn complaint(line: usize, text: String) -> Complaint {
    Complaint {
        rule: Rule::Invariants,
        path: ARCHITECTURE.to_owned(),
        line,
        text,
    }
}

/// The invariants, each on one line, and where it begins.
fn items(file: &Text) -> Vec<(usize, String)> {
    let mut items: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, line) in file.text.lines().enumerate() {
        if line.starts_with(INVARIANT) {
            items.push((at + 1, line.to_owned()));
            open = true;
        } else if let Some((_, item)) = items.last_mut().filter(|_| open && line.starts_with("  ")) {
            item.push(' ');
            item.push_str(line.trim());
        } else {
            open = false;
        }
    }
    items
}

fn held(item: &str, rules: &[String]) -> Result<(), String> {
    let sentence = "an invariant ends with what holds it: `(held by the compiler: how)` or `(held by tidy: rule)`";
    let inside = item
        .trim_end()
        .strip_suffix(')')
        .and_then(|item| item.rsplit_once("(held by "));
    match inside.and_then(|(_, holder)| holder.split_once(": ")) {
        Some(("the compiler", how)) if !how.trim().is_empty() => Ok(()),
        Some(("tidy", names)) => match names.split(", ").find(|name| !rules.iter().any(|rule| rule == name)) {
            Some(unknown) => Err(format!("tidy has no rule `{unknown}`; it has {}", rules.join(", "))),
            None => Ok(()),
        },
        _ => Err(sentence.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    #[test]
    fn a_folder_of_one_machine_is_named() {
        let (home, windows) = ("/home", r"C:\Users");
        let text = format!("fine\nsee {home}/somebody/x\n`{windows}\\me\\x`");
        let complaints = machine_paths(&project(&[("docs/a.md", &text)]));
        let lines: Vec<usize> = complaints.iter().map(|it| it.line).collect();
        assert_eq!(lines, [2, 3]);
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        let (home, root) = ("/home", "/root");
        let text = format!("https://example.com{home}/x src{root}/x {home}page {{base}}{home}/");
        assert_eq!(machine_paths(&project(&[("docs/a.md", &text)])), []);
    }

    /// What is wrong with an ARCHITECTURE.md of this one invariant.
    fn problems(end: &str) -> Vec<String> {
        let text =
            format!("# A\n\n- **Architecture invariant:** nothing\n  breaks {end}\n- another\n  (held by nobody)\n");
        let rules = ["floors".to_owned(), "browser".to_owned()];
        let complaints = invariants(&project(&[("ARCHITECTURE.md", &text)]), &rules);
        complaints
            .into_iter()
            .map(|it| format!("{}: {}", it.line, it.text))
            .collect()
    }

    #[test]
    fn an_invariant_says_what_holds_it() {
        assert_eq!(problems("(held by the compiler: the type has no `Debug`)"), [""; 0]);
        assert_eq!(problems("(held by tidy: floors)"), [""; 0]);
        assert_eq!(problems("(see there) (held by tidy: browser, floors)"), [""; 0]);
    }

    #[test]
    fn an_invariant_that_nothing_holds_is_named() {
        for end in [
            "",
            "(held by the compiler)",
            "(held by the compiler: )",
            "(held by hope: much)",
            "(held by tidy: floors).",
        ] {
            let told = problems(end);
            assert!(
                told.len() == 1 && told[0].starts_with("3: an invariant ends with what holds it"),
                "{end}: {told:?}"
            );
        }
        assert!(problems("(held by tidy: ceilings)")[0].contains("no rule `ceilings`"));
        assert_eq!(invariants(&project(&[]), &[]).len(), 1, "no ARCHITECTURE.md");
    }
}
