//! No file and no function too long to be read at one go. Tables may be.

use crate::tidy::code::Code;
use crate::tidy::rooms::{Lengths, Long};
use crate::tidy::rule::{Complaint, Rule};
use crate::tidy::tokens::{closing, find_outside, text};
use crate::tidy::workspace::{Text, Workspace, is_below};

pub fn files(workspace: &Workspace, table: &Lengths) -> Vec<Complaint> {
    let read = |file: &&Text| {
        let kind = table.kinds.iter().any(|ending| file.path.ends_with(ending));
        kind && table.within.iter().any(|place| is_below(&file.path, place))
    };
    let mut complaints = Vec::new();
    for file in workspace.texts.iter().filter(read) {
        let lines = file.text.lines().count();
        if lines > table.file && !table.long_files.contains(&file.path.as_str()) {
            let text = format!(
                "{lines} lines, and a file has at most {}. Split it by what it is about",
                table.file
            );
            complaints.push(complaint(Rule::FileLength, &file.path, 1, text));
        }
    }
    for path in table.long_files {
        if workspace
            .text(path)
            .is_none_or(|text| text.lines().count() <= table.file)
        {
            let text = "the table lets this file be long, and it is not. Take it out of the table";
            complaints.push(complaint(Rule::FileLength, path, 1, text.to_owned()));
        }
    }
    complaints
}

pub fn functions(workspace: &Workspace, table: &Lengths) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let mut long = Vec::new();
    for code in &workspace.code {
        for (name, from, to) in spans(code) {
            let lines = to + 1 - from;
            if lines <= table.function {
                continue;
            }
            if let Some(allowed) = table.long_functions.iter().find(|it| is_it(it, &code.path, &name)) {
                long.push(*allowed);
                continue;
            }
            let text = format!(
                "`{name}` has {lines} lines, and a function has at most {}. Give its parts names of their own",
                table.function
            );
            complaints.push(complaint(Rule::FunctionLength, &code.path, from, text));
        }
    }
    for stale in table.long_functions.iter().filter(|it| !long.contains(it)) {
        let text = format!(
            "the table lets `{}` be long, and it is not. Take it out of the table",
            stale.function
        );
        complaints.push(complaint(Rule::FunctionLength, stale.path, 1, text));
    }
    complaints
}

fn is_it(long: &Long, path: &str, function: &str) -> bool {
    long.path == path && long.function == function
}

fn complaint(rule: Rule, path: &str, line: usize, text: String) -> Complaint {
    Complaint {
        rule,
        path: path.to_owned(),
        line,
        text,
    }
}

/// Each function with a body, and its first and last line.
fn spans(code: &Code) -> Vec<(String, usize, usize)> {
    let tokens = code.tokens();
    let mut spans = Vec::new();
    for at in 0..tokens.len() {
        let is_named = tokens.get(at + 1).is_some_and(|next| next.is_word());
        if tokens[at].text != "fn" || !is_named {
            continue;
        }
        let body = find_outside(&tokens, at + 2, &["{", ";"]).filter(|open| text(&tokens, *open) == "{");
        if let Some(close) = body.map(|open| closing(&tokens, open)) {
            let end = tokens.get(close).map_or(code.source.len(), |token| token.at);
            spans.push((tokens[at + 1].text.to_owned(), code.line(tokens[at].at), code.line(end)));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    const TABLE: Lengths = Lengths {
        file: 5,
        function: 3,
        within: &["src", "tests"],
        kinds: &[".rs", ".ts"],
        long_files: &["src/table.rs"],
        long_functions: &[Long {
            path: "src/table.rs",
            function: "rows",
        }],
    };

    const TABLE_FILE: (&str, &str) = ("src/table.rs", "fn rows() {\n1\n2\n3\n4\n}");

    fn told(complaints: Vec<Complaint>) -> Vec<String> {
        complaints
            .iter()
            .map(|it| format!("{}:{} {}", it.path, it.line, it.text))
            .collect()
    }

    #[test]
    fn a_long_file_is_named_unless_it_is_a_table() {
        let six = "\n\n\n\n\n\n";
        let workspace = project(&[
            TABLE_FILE,
            ("src/a.rs", six),
            ("src/b.rs", &six[1..]),
            ("tests/c.ts", six),
            ("docs/d.rs", six),
            ("tests/e.css", six),
        ]);
        let told = told(files(&workspace, &TABLE));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("src/a.rs:1 6 lines, and a file has at most 5"));
        assert!(told[1].starts_with("tests/c.ts:1 6 lines"));
    }

    #[test]
    fn a_long_function_is_named_unless_it_is_a_table() {
        let source = "trait T { fn g(&self); }\nfn short(f: fn(u8)) -> [u8; 2] {\n[1, 2]\n}\nfn long() {\nlet a = || {\n1\n};\n}";
        let workspace = project(&[TABLE_FILE, ("src/a.rs", source)]);
        let told = told(functions(&workspace, &TABLE));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with("src/a.rs:5 `long` has 5 lines, and a function has at most 3"));
    }

    #[test]
    fn functions_of_tests_do_not_count() {
        let source = "#[cfg(test)]\nmod tests {\nfn long() {\n1;\n2;\n3;\n}\n}";
        assert_eq!(functions(&project(&[TABLE_FILE, ("src/a.rs", source)]), &TABLE), []);
    }

    #[test]
    fn what_is_allowed_and_not_needed_is_told() {
        let workspace = project(&[("src/table.rs", "fn rows() {}")]);
        assert!(told(files(&workspace, &TABLE))[0].contains("Take it out"));
        assert!(told(functions(&workspace, &TABLE))[0].contains("`rows` be long, and it is not"));
    }
}
