//! The console's reader of JSON against the one that everybody trusts.

use omnival_wire::{Value, parse, request};
use proptest::prelude::*;
use serde_json::Value as Trusted;

use crate::documents::ALL;
use crate::hostile::{json, runs};

/// The same value. A number is compared as far as the trusted reader keeps it.
fn same(ours: &Value, trusted: &Trusted) -> bool {
    match (ours, trusted) {
        (Value::Null, Trusted::Null) => true,
        (Value::Bool(ours), Trusted::Bool(trusted)) => ours == trusted,
        (Value::Number(text), Trusted::Number(trusted)) => {
            // The trusted reader's floats may be off in their last digit.
            let near = |ours: f64, trusted: f64| (ours - trusted).abs() <= trusted.abs() * 1e-14 + f64::MIN_POSITIVE;
            let float = text.parse().ok().zip(trusted.as_f64());
            // To the trusted reader, a zero below zero is no whole number.
            let is_zero = trusted.as_f64() == Some(0.0);
            (ours.as_i64() == trusted.as_i64() || is_zero) && float.is_some_and(|(ours, trusted)| near(ours, trusted))
        }
        (Value::Text(ours), Trusted::String(trusted)) => ours == trusted,
        (Value::List(ours), Trusted::Array(trusted)) => {
            ours.len() == trusted.len() && ours.iter().zip(trusted).all(|(ours, trusted)| same(ours, trusted))
        }
        (Value::Object(fields), Trusted::Object(trusted)) => {
            fields.iter().all(|(name, _)| trusted.contains_key(name))
                && trusted
                    .iter()
                    .all(|(name, trusted)| ours.get(name).is_some_and(|ours| same(ours, trusted)))
        }
        _ => false,
    }
}

fn read_alike(text: &str) {
    match (parse(text), serde_json::from_str::<Trusted>(text)) {
        (Ok(ours), Ok(trusted)) => assert!(same(&ours, &trusted), "{text:?}: {ours:?}"),
        (Err(_), Err(_)) => {}
        // A number beyond every float is still a number.
        (Ok(_), Err(trusted)) if trusted.to_string().contains("out of range") => {}
        (ours, trusted) => panic!("{text:?}: {ours:?}, {trusted:?}"),
    }
}

/// Pieces of JSON in any order: nearly right, which is where readers differ.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        " ",
        "\n",
        "\u{b}",
        "null",
        "true",
        "false",
        "nul",
        "0",
        "-",
        "-0",
        "01",
        "12",
        ".",
        "5",
        "e",
        "E+",
        "1e9",
        "-7",
        "9223372036854775807",
        "9223372036854775808",
        "\"",
        "\"a\"",
        "\"a\":",
        "\\",
        "\\n",
        "\\u0041",
        "\\ud83d",
        "\\ude00",
        "\\ud83d\\ude00",
        "\\u00",
        "\\u+041",
        "\\x",
        "\u{1}",
        "é",
        "😀",
        "\u{feff}",
        "//",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(runs())]

    #[test]
    fn what_is_json_is_read_alike(value in json(), spread in any::<bool>()) {
        read_alike(&if spread { format!(" {value:#}\r\n\t") } else { value.to_string() });
    }

    #[test]
    fn what_is_nearly_json_is_read_alike(text in pieces(), inside in any::<bool>()) {
        read_alike(&if inside { ["[\"", &text, "\"]"].concat() } else { text });
    }

    #[test]
    fn a_document_with_one_strange_character_is_read_alike(which in 0..ALL.len(), at in 0.0..1.0_f64, by in any::<char>()) {
        let (_, document) = ALL[which];
        let at = document.floor_char_boundary((document.len() as f64 * at) as usize);
        let mut text = document.to_owned();
        let old = text[at..].chars().next().map_or(0, char::len_utf8);
        text.replace_range(at..at + old, by.encode_utf8(&mut [0; 4]));
        read_alike(&text);
    }

    #[test]
    fn what_is_written_is_read_back(value in json()) {
        let ours = parse(&value.to_string()).expect("JSON");
        let written = request::body(&ours);
        prop_assert!(parse(&written).is_ok_and(|again| again == parse(&request::body(&again)).expect("JSON")), "{}", written);
    }
}

#[test]
fn the_corners_of_the_grammar_are_read_alike() {
    for text in [
        "",
        " ",
        "[]",
        "{}",
        "[ ]",
        "{ }",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "[1 2]",
        "nul",
        "nulll",
        "tru",
        "1.",
        ".1",
        "-",
        "--1",
        "+1",
        "1e",
        "1e+",
        "0x1",
        "00",
        "-01",
        "1.0",
        "1e2",
        "NaN",
        "\"",
        "\"\\\"",
        "\"\t\"",
        "\"\\u12\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "\"\\u00e9\"",
        "\"\\/\"",
        "{\"a\":1,\"a\":2}",
        "\u{feff}{}",
        "[] x",
        "[]]",
        "\"\u{7f}\"",
        "18446744073709551615",
        "-9223372036854775808",
        "-9223372036854775809",
    ] {
        read_alike(text);
    }
}

/// As it was written: no digit is lost, none is made up.
#[test]
fn a_number_keeps_its_digits() {
    for text in [
        "0",
        "-0",
        "545.0",
        "545.00",
        "0.1",
        "-12.50",
        "1e400",
        "123456789012345678901234567890.10",
    ] {
        assert_eq!(parse(text), Ok(Value::Number(text.to_owned())), "{text}");
    }
    assert_eq!(Value::Number("545".to_owned()).as_i64(), Some(545));
    for not_whole in ["545.0", "5e2", "9223372036854775808"] {
        assert_eq!(Value::Number(not_whole.to_owned()).as_i64(), None, "{not_whole}");
    }
}

#[test]
fn depth_ends_where_it_did() {
    for depth in [1, 126, 127, 128, 129, 100_000] {
        read_alike(&["[".repeat(depth), "]".repeat(depth)].concat());
        read_alike(&["{\"a\":".repeat(depth), "1".to_owned(), "}".repeat(depth)].concat());
    }
}
