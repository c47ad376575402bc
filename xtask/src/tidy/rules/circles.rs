//! No circle between the files of a crate: each can be read after those it imports, and none needs all of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::tidy::graph::{Graph, Import};
use crate::tidy::rule::{Complaint, Rule};

pub fn check(graphs: &[Graph]) -> Vec<Complaint> {
    graphs.iter().flat_map(of_graph).collect()
}

/// One complaint for each circle, with the shortest way round.
fn of_graph(graph: &Graph) -> Vec<Complaint> {
    let next = next_files(graph);
    let mut complaints = Vec::new();
    for circle in circles(graph.files.len(), &next) {
        let way = shortest(&circle, &next);
        let mut steps: Vec<&Import> = Vec::new();
        for (at, from) in way.iter().enumerate() {
            let to = way[(at + 1) % way.len()];
            steps.extend(graph.uses().find(|import| import.from == *from && import.to == to));
        }
        let Some(first) = steps.first() else {
            continue;
        };
        let told: Vec<String> = steps
            .iter()
            .map(|step| {
                format!(
                    "{} imports `{}` of {}",
                    graph.place(step.from),
                    step.name,
                    graph.place(step.to)
                )
            })
            .collect();
        complaints.push(Complaint {
            rule: Rule::Circles,
            path: graph.files[first.from].path.clone(),
            line: first.line,
            text: format!(
                "{} files of {} import each other in a circle, for example: {}. Move what closes the circle into a \
                 file below both",
                circle.len(),
                graph.root,
                told.join("; ")
            ),
        });
    }
    complaints
}

/// How many circles there are.
pub fn count(graphs: &[Graph]) -> usize {
    graphs
        .iter()
        .map(|graph| circles(graph.files.len(), &next_files(graph)).len())
        .sum()
}

fn next_files(graph: &Graph) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut next: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for import in graph.uses() {
        next.entry(import.from).or_default().insert(import.to);
    }
    next
}

/// Files that reach each other, by the files that each reaches.
fn circles(count: usize, next: &BTreeMap<usize, BTreeSet<usize>>) -> Vec<BTreeSet<usize>> {
    let reached: Vec<BTreeSet<usize>> = (0..count).map(|from| reached(from, next)).collect();
    let mut circles: Vec<BTreeSet<usize>> = Vec::new();
    for from in 0..count {
        if !reached[from].contains(&from) || circles.iter().any(|circle| circle.contains(&from)) {
            continue;
        }
        let back = |to: &usize| reached[*to].contains(&from);
        circles.push(reached[from].iter().copied().filter(back).collect());
    }
    circles
}

/// Every file that `from` imports, and what those import.
fn reached(from: usize, next: &BTreeMap<usize, BTreeSet<usize>>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(file) = open.pop() {
        for to in next.get(&file).into_iter().flatten() {
            if reached.insert(*to) {
                open.push(*to);
            }
        }
    }
    reached
}

/// The shortest way round through the first file of a circle.
fn shortest(circle: &BTreeSet<usize>, next: &BTreeMap<usize, BTreeSet<usize>>) -> Vec<usize> {
    let Some(&start) = circle.first() else {
        return Vec::new();
    };
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let at = way.last().copied().unwrap_or(start);
        for to in next.get(&at).into_iter().flatten() {
            if *to == start {
                return way;
            }
            if circle.contains(to) && seen.insert(*to) {
                ways.push_back([way.as_slice(), &[*to]].concat());
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    #[test]
    fn files_that_import_each_other_are_a_circle() {
        let workspace = project(&[
            ("src/main.rs", "mod a; mod b; mod c;"),
            ("src/a.rs", "\nuse crate::b::B;"),
            ("src/b.rs", "use crate::c::C;"),
            ("src/c.rs", "fn f() { crate::a::A::new() }"),
        ]);
        let complaints = check(&workspace.graphs);
        assert_eq!(complaints.len(), 1);
        assert_eq!((complaints[0].path.as_str(), complaints[0].line), ("src/a.rs", 2));
        let says = "3 files of src import each other in a circle, for example: a imports `B` of b; b imports `C` of c; \
                    c imports `A` of a";
        assert!(complaints[0].text.starts_with(says), "{}", complaints[0].text);
        assert_eq!(count(&workspace.graphs), 1);
    }

    #[test]
    fn two_circles_are_told_apart() {
        let workspace = project(&[
            ("src/main.rs", "mod a; mod b; mod c; mod d; use a::A;"),
            ("src/a.rs", "use crate::b::B;"),
            ("src/b.rs", "use crate::a::A; use crate::c::C;"),
            ("src/c.rs", "use crate::d::D;"),
            ("src/d.rs", "use crate::c::C;"),
        ]);
        let firsts: Vec<String> = check(&workspace.graphs).into_iter().map(|it| it.path).collect();
        assert_eq!(firsts, ["src/a.rs", "src/c.rs"]);
    }

    #[test]
    fn a_face_that_only_hands_on_closes_no_circle() {
        let workspace = project(&[
            ("src/main.rs", "mod face;"),
            ("src/face.rs", "mod one; mod two; pub use one::One; pub struct Shared;"),
            ("src/face/one.rs", "use super::Shared; use super::two::Two;"),
            ("src/face/two.rs", "#[cfg(test)] mod tests { use super::super::One; }"),
        ]);
        assert_eq!(check(&workspace.graphs), []);
        assert_eq!(count(&workspace.graphs), 0);
    }
}
