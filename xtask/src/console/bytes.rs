//! Where the bytes of the program are, by crate, and by room for the crates of our own.
//!
//! Read from the functions' names, which the build keeps beside what it deploys. A function that the compiler made for a
//! type of ours counts for that type's room, wherever its code was written.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What the names of our crates begin with.
const OURS: &str = "omnival_";
/// So many rows are shown; the rest is one more.
const ROWS: usize = 30;

/// Bytes by room.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Bytes(BTreeMap<String, u64>);

impl Bytes {
    pub fn read(wasm: &Path) -> Result<Self> {
        let program =
            fs::read(wasm).with_context(|| format!("{} is missing; run `cargo xtask build`", wasm.display()))?;
        Self::of(&program)
    }

    /// Of a program with names.
    pub fn of(program: &[u8]) -> Result<Self> {
        let (mut names, mut sizes) = (HashMap::new(), Vec::new());
        let (mut imported, mut data) = (0_u32, 0);
        for payload in Parser::new(0).parse_all(program) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => sizes.push(length_of(&body.range())),
                Payload::DataSection(section) => data = length_of(&section.range()),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        for name in section {
                            if let Name::Function(functions) = name? {
                                for naming in functions {
                                    let naming = naming?;
                                    names.insert(naming.index, naming.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        let mut bytes = Self::default();
        bytes.add("constants and tables", data);
        for (index, size) in (imported..).zip(sizes) {
            let name = names.get(&index).copied().unwrap_or_default();
            bytes.add(&room(name), size);
        }
        Ok(bytes)
    }

    fn add(&mut self, room: &str, size: u64) {
        *self.0.entry(room.to_owned()).or_default() += size;
    }

    pub fn print(&self, title: &str) {
        println!("      {title:<44} raw kB  share");
        for (room, bytes, share) in self.rows() {
            println!("        {room:<40} {:>8.1} {share:>4} %", bytes as f64 / 1000.0);
        }
    }

    /// The biggest first, with their hundredths of the whole.
    fn rows(&self) -> Vec<(String, u64, u64)> {
        let whole: u64 = self.0.values().sum::<u64>().max(1);
        let mut rows: Vec<(String, u64)> = self.0.iter().map(|(room, bytes)| (room.clone(), *bytes)).collect();
        rows.sort_by(|(a_name, a), (b_name, b)| b.cmp(a).then(a_name.cmp(b_name)));
        let rest = rows.split_off(rows.len().min(ROWS));
        if !rest.is_empty() {
            let bytes = rest.iter().map(|(_, bytes)| bytes).sum();
            rows.push((format!("{} others", rest.len()), bytes));
        }
        rows.into_iter()
            .map(|(room, bytes)| (room, bytes, (100 * bytes + whole / 2) / whole))
            .collect()
    }
}

fn length_of(range: &Range<u64>) -> u64 {
    range.end - range.start
}

/// The crate that a function belongs to, and the room if the crate is ours.
fn room(name: &str) -> String {
    // The cut of the program adds words to some names.
    let name = format!("{:#}", demangle(name.split(' ').next().unwrap_or_default()));
    if let Some(at) = name.find(OURS) {
        let mut path = name[at..].split("::");
        let package = path.next().unwrap_or_default();
        let module = path.next().map(word).filter(|module| !module.is_empty());
        return match module {
            Some(module) => format!("{}::{module}", word(package)),
            None => word(package).to_owned(),
        };
    }
    match name.split_once("::") {
        Some((before, _)) => {
            let begin = before.rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1);
            // `<str>::find`: the language's own types are the core library's.
            let name = if begin == before.len() {
                "core"
            } else {
                &before[begin..]
            };
            name.to_owned()
        }
        None => "runtime and bindings".to_owned(),
    }
}

/// The letters that a text begins with, as far as they are a name's.
fn word(text: &str) -> &str {
    &text[..text.find(|c| !is_word(c)).unwrap_or(text.len())]
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The program without its names.
pub fn without_names(program: &[u8]) -> Result<Vec<u8>> {
    let stripped = sections_but_names(program);
    stripped.context("this is no WebAssembly")
}

fn sections_but_names(program: &[u8]) -> Option<Vec<u8>> {
    const HEADER: usize = 8;
    const CUSTOM: u8 = 0;
    const NAMES: &[u8] = b"\x04name";
    let (header, mut rest) = program.split_at_checked(HEADER)?;
    let mut kept = header.to_vec();
    while let Some((kind, after)) = rest.split_first() {
        let (length, digits) = length(after)?;
        let (section, next) = rest.split_at_checked(1 + digits + length)?;
        if *kind != CUSTOM || !section[1 + digits..].starts_with(NAMES) {
            kept.extend_from_slice(section);
        }
        rest = next;
    }
    Some(kept)
}

/// A number in LEB128, and of how many bytes it is.
fn length(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_function_counts_for_the_room_of_our_own_that_it_names_first() {
        for (name, expected) in [
            (
                "_ZN14omnival_orders5order4page4view17h1dd1b3a50f6ed1e7E",
                "omnival_orders::order",
            ),
            ("_ZN14omnival_orders4main17h1dd1b3a50f6ed1e7E", "omnival_orders::main"),
            (
                "_ZN4core3ptr51drop_in_place$LT$omnival_core..message..Message$GT$17h2c9695975e57c3f4E",
                "omnival_core::message",
            ),
            (
                "_ZN14omnival_orders28_$u7b$$u7b$closure$u7d$$u7d$17h2c9695975e57c3f4E",
                "omnival_orders",
            ),
            (
                "_ZN49_$LT$T$u20$as$u20$reactive_graph..traits..Set$GT$3set17h86d2dd3d86bf7ac3E",
                "reactive_graph",
            ),
            (
                "_ZN5alloc7raw_vec19RawVec$LT$T$C$A$GT$8grow_one17h575086a60e942cb8E",
                "alloc",
            ),
            (
                "_ZN6js_sys5Array3new26__wbg_new_37eb45aaf5eeb82017h2d72e7dc0dbe5e1dE local_shim",
                "js_sys",
            ),
            ("_RNvNtCs1If86EiR7Er_12wasm_bindgen7convert8closures", "wasm_bindgen"),
            ("_RNvMNtCs1If86EiR7Er_4core3stre4trim", "core"),
            ("memcpy", "runtime and bindings"),
            ("", "runtime and bindings"),
        ] {
            assert_eq!(room(name), expected, "{name}");
        }
    }

    /// A module with one imported function, two of its own and some data.
    fn module() -> Vec<u8> {
        let section = |kind: u8, content: &[u8]| [&[kind, u8::try_from(content.len()).unwrap()], content].concat();
        let names = [b"\x04name\x01\x0b\x02\x01\x03a::\x02\x03b::".as_slice()].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, b"\x01\x60\0\0"),
            section(2, b"\x01\x01m\x01f\0\0"),
            section(3, b"\x02\0\0"),
            section(5, b"\x01\0\x01"),
            section(10, b"\x02\x02\0\x0b\x03\0\x01\x0b"),
            section(11, b"\x01\0\x41\0\x0b\x02hi"),
            section(0, &names),
            section(0, b"\x05other"),
        ]
        .concat()
    }

    #[test]
    fn each_function_is_counted_behind_the_imported_ones() {
        let bytes = Bytes::of(&module()).unwrap();
        let counted: Vec<(&str, u64)> = bytes.0.iter().map(|(room, bytes)| (room.as_str(), *bytes)).collect();
        assert_eq!(counted, [("a", 2), ("b", 3), ("constants and tables", 8)]);
    }

    #[test]
    fn only_the_names_go() {
        let stripped = without_names(&module()).unwrap();
        let text = String::from_utf8_lossy(&stripped).into_owned();
        assert!(text.contains("other") && !text.contains("name"));
        assert_eq!(without_names(&stripped).unwrap(), stripped);
        assert_eq!(Bytes::of(&stripped).unwrap().0.get("runtime and bindings"), Some(&5));
        assert!(without_names(b"\0asm\x01\0\0\0\x0a\x7fcut").is_err());
    }

    #[test]
    fn the_biggest_come_first_and_the_small_ones_together() {
        let mut bytes = Bytes::default();
        for room in 0..u64::try_from(ROWS).unwrap() + 2 {
            bytes.add(&format!("room{room}"), 10);
        }
        bytes.add("big", 700);
        let rows = bytes.rows();
        assert_eq!(rows[0], ("big".to_owned(), 700, 69));
        assert_eq!(rows.last().unwrap(), &("3 others".to_owned(), 30, 3));
        assert_eq!(rows.iter().map(|(_, bytes, _)| bytes).sum::<u64>(), 1_020);
    }
}
