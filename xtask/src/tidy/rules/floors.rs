//! The floors of a crate: a room imports of the rooms below it, so that each can be read without those above.

use crate::tidy::graph::Graph;
use crate::tidy::rooms::Layout;
use crate::tidy::rule::{Complaint, Rule};
use crate::tidy::workspace::is_below;

pub fn check(graphs: &[Graph], layouts: &[Layout], table: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for layout in layouts {
        match graphs.iter().find(|graph| graph.root == layout.root) {
            Some(graph) => complaints.extend(of_graph(graph, layout, table)),
            None => complaints.push(complaint(
                table,
                1,
                format!("{} has a table of floors and no source. Correct the table", layout.root),
            )),
        }
    }
    complaints
}

fn of_graph(graph: &Graph, layout: &Layout, table: &str) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let rooms: Vec<Option<Room>> = (0..graph.files.len())
        .map(|file| room_of(graph.place(file), layout))
        .collect();
    for (file, room) in graph.files.iter().zip(&rooms) {
        if room.is_none() {
            let text = format!(
                "this file is in no room of {}. Name its room in {table}, on its floor",
                layout.root
            );
            complaints.push(complaint(&file.path, 1, text));
        }
    }
    for name in layout.floors.iter().copied().flatten() {
        if !rooms.iter().flatten().any(|room| room.name == *name) {
            let text = format!("there is no room `{name}` in {}. Take it out of the table", layout.root);
            complaints.push(complaint(table, 1, text));
        }
    }
    for import in &graph.imports {
        let (Some(from), Some(to)) = (&rooms[import.from], &rooms[import.to]) else {
            continue;
        };
        if from.name == to.name || from.floor < to.floor {
            continue;
        }
        let where_it_lies = if from.floor == to.floor { "beside" } else { "above" };
        let text = format!(
            "room `{}` imports `{}` of room `{}`, which lies {where_it_lies} it. A room imports of lower floors only: \
             move what is needed down, or hand it in from above",
            from.name, import.name, to.name
        );
        complaints.push(complaint(&graph.files[import.from].path, import.line, text));
    }
    complaints
}

struct Room {
    name: &'static str,
    /// Counted from the top.
    floor: usize,
}

/// The room with the longest name that a file lies in: `order/steps` before `order`.
fn room_of(place: &str, layout: &Layout) -> Option<Room> {
    let floors = layout.floors.iter().enumerate();
    let rooms = floors.flat_map(|(floor, rooms)| rooms.iter().map(move |name| Room { name, floor }));
    rooms
        .filter(|room| is_below(place, room.name))
        .max_by_key(|room| room.name.len())
}

fn complaint(path: &str, line: usize, text: String) -> Complaint {
    Complaint {
        rule: Rule::Floors,
        path: path.to_owned(),
        line,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::given::project;

    const LAYOUT: Layout = Layout {
        root: "src",
        floors: &[
            &["main"],
            &["app"],
            &["queue", "order"],
            &["order/steps"],
            &["platform"],
        ],
    };

    /// `path:line`, and the text, of each complaint about these files.
    fn complaints(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let found = check(&project(files).graphs, &[LAYOUT], "rooms.rs");
        found
            .into_iter()
            .map(|it| (format!("{}:{}", it.path, it.line), it.text))
            .collect()
    }

    const GOOD: [(&str, &str); 6] = [
        ("src/main.rs", "mod app; fn main() { app::run() }"),
        (
            "src/app.rs",
            "mod top; use crate::queue::Q; use crate::order::O; use crate::platform::P;",
        ),
        ("src/queue.rs", "use crate::platform::P;"),
        ("src/order.rs", "mod steps; use steps::S;"),
        ("src/order/steps.rs", "use crate::platform::P;"),
        ("src/platform.rs", ""),
    ];

    #[test]
    fn downwards_is_allowed_and_so_is_the_same_room() {
        assert_eq!(complaints(&GOOD), []);
    }

    #[test]
    fn upwards_and_sidewards_are_not() {
        let mut files = GOOD;
        files[4].1 = "use crate::platform::P; use super::O;";
        files[5].1 = "\nuse crate::app::A;\nuse crate::queue::Q;";
        let found = complaints(&files);
        let places: Vec<&str> = found.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(
            places,
            ["src/order/steps.rs:1", "src/platform.rs:2", "src/platform.rs:3"]
        );
        let says = "room `platform` imports `A` of room `app`, which lies above it";
        assert!(found[1].1.starts_with(says), "{}", found[1].1);

        files = GOOD;
        files[2].1 = "use crate::platform::P; use crate::order::O;";
        assert!(complaints(&files)[0].1.contains("`order`, which lies beside it"));
    }

    #[test]
    fn handing_on_what_lies_above_is_importing_it() {
        let mut files = GOOD;
        files[5].1 = "pub use crate::queue::Q;";
        assert_eq!(complaints(&files)[0].0, "src/platform.rs:1");
    }

    #[test]
    fn every_file_is_in_a_room_and_every_room_has_a_file() {
        let mut files = GOOD.to_vec();
        files.push(("src/attic.rs", ""));
        files.retain(|(path, _)| *path != "src/queue.rs");
        let found = complaints(&files);
        assert!(
            found[0].0 == "src/attic.rs:1" && found[0].1.contains("in no room"),
            "{found:?}"
        );
        assert!(
            found[1].0 == "rooms.rs:1" && found[1].1.contains("no room `queue`"),
            "{found:?}"
        );
    }
}
