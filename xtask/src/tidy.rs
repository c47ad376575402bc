//! Tidy: what the compiler cannot hold, read from the sources as text. Rooms import downwards, nothing imports in a circle,
//! names stay where they belong, files and functions stay short.
//!
//! The rules are in `rules/`, what they know of this project in `rooms.rs`. Reads only; it must never change a file.

mod code;
mod graph;
mod imports;
mod lexer;
mod rooms;
mod rule;
mod rules;
mod tokens;
mod workspace;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::generate;
use crate::process::output;
use crate::progress::detail;
use crate::project::Project;
use rule::{Complaint, Rule};
use workspace::{Text, Workspace};

/// How many rules are kept and how many are broken.
#[derive(Debug, PartialEq, Eq)]
pub struct Verdict {
    pub kept: u32,
    pub broken: u32,
}

pub fn check(project: &Project) -> Result<Verdict> {
    let workspace = Workspace::new(tracked(project)?);
    let complaints = complaints(&workspace);
    for complaint in complaints.iter().filter(|it| !rooms::PENDING.contains(&it.rule)) {
        detail(&complaint.to_string());
    }
    for rule in rooms::PENDING {
        let count = complaints.iter().filter(|it| it.rule == *rule).count();
        detail(&format!(
            "not yet kept, and not judged: {} ({count} complaints)",
            rule.name()
        ));
    }
    let imports: usize = workspace.graphs.iter().map(|graph| graph.uses().count()).sum();
    let circles = rules::circles::count(&workspace.graphs);
    let files = workspace.code.len();
    detail(&format!("{files} files, {imports} imports, {circles} circles"));
    Ok(verdict(&complaints, rooms::PENDING))
}

fn verdict(complaints: &[Complaint], pending: &[Rule]) -> Verdict {
    let judged = || Rule::value_variants().iter().filter(|rule| !pending.contains(rule));
    let broken = judged()
        .filter(|rule| complaints.iter().any(|it| it.rule == **rule))
        .count();
    let kept = judged().count() - broken;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Verdict {
        kept: count(kept),
        broken: count(broken),
    }
}

fn complaints(workspace: &Workspace) -> Vec<Complaint> {
    let names: Vec<String> = Rule::value_variants().iter().map(|rule| rule.name()).collect();
    let mut complaints = [
        rules::circles::check(&workspace.graphs),
        rules::floors::check(&workspace.graphs, rooms::LAYOUTS, rooms::FILE),
        rules::names::check(workspace, rooms::RESERVED),
        rules::dispatch::check(workspace, &rooms::DISPATCH),
        rules::lengths::files(workspace, &rooms::LENGTHS),
        rules::lengths::functions(workspace, &rooms::LENGTHS),
        rules::texts::machine_paths(workspace),
        rules::texts::invariants(workspace, &names),
        rules::generated::check(workspace, &generate::OUTPUTS),
    ]
    .concat();
    complaints.sort_unstable();
    complaints
}

/// Every file of the repository, new ones too, that holds text.
fn tracked(project: &Project) -> Result<Vec<Text>> {
    let mut git = project.command("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = output(&mut git).context("tidy reads what git tracks, so it needs git and a clone")?;
    let mut texts = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // What git still lists may be gone, and a picture is no text.
        if let Ok(text) = std::fs::read_to_string(project.path(path)) {
            let path = path.to_owned();
            texts.push(Text { path, text });
        }
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(rule: Rule) -> Complaint {
        Complaint {
            rule,
            path: "src/a.rs".to_owned(),
            line: 3,
            text: "What, why, what to do".to_owned(),
        }
    }

    #[test]
    fn a_broken_rule_counts_once_and_a_pending_one_not_at_all() {
        let all = u32::try_from(Rule::value_variants().len()).unwrap_or_default();
        let complaints = [Rule::Floors, Rule::Floors, Rule::Circles].map(complaint);
        assert_eq!(verdict(&[], &[]), Verdict { kept: all, broken: 0 });
        assert_eq!(
            verdict(&complaints, &[]),
            Verdict {
                kept: all - 2,
                broken: 2
            }
        );
        assert_eq!(
            verdict(&complaints, &[Rule::Circles]),
            Verdict {
                kept: all - 2,
                broken: 1
            }
        );
    }

    #[test]
    fn a_complaint_begins_with_its_place_and_ends_with_its_rule() {
        let told = complaint(Rule::ApiPaths).to_string();
        assert_eq!(told, "src/a.rs:3: What, why, what to do [api-paths]");
    }
}
