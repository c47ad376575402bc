//! Error bodies: status first, then whatever words are short, plain and safe.

use omnival_core::draft::Field;
use omnival_wire::problem::{is_plain, read};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::documents::PROBLEM;

fn message(body: &str) -> Option<String> {
    read(body).problem.message.map(|text| text.as_str().to_owned())
}

#[test]
fn the_contracts_problem_is_read_whole() {
    let read = read(PROBLEM);
    assert_eq!(read.problem.code.as_deref(), Some("validation_failed"));
    assert_eq!(message(PROBLEM).as_deref(), Some("Some fields are not right."));
    assert_eq!(
        read.correlation.as_deref(),
        Some("0f8fad5b-d9cb-469f-a165-70867728950e")
    );
    let (field, text) = &read.problem.fields[0];
    assert_eq!(
        (field.as_str(), text.as_str()),
        ("property.zip", "Five digits are needed.")
    );
    assert_eq!(
        Field::of_path(field),
        Some(Field::Zip),
        "and finds its place in the form"
    );
}

#[test]
fn the_more_precise_words_are_preferred() {
    let ranked = [
        (
            r#"{"title":"T is it.","error":"E is it.","message":"M is it.","detail":"D is it."}"#,
            "D is it.",
        ),
        (
            r#"{"title":"T is it.","error":"E is it.","message":"M is it."}"#,
            "M is it.",
        ),
        (r#"{"title":"T is it.","error":"E is it."}"#, "E is it."),
        (r#"{"title":"T is it.","error":{"message":"N is it."}}"#, "T is it."),
    ];
    for (body, words) in ranked {
        assert_eq!(message(body).as_deref(), Some(words), "{body}");
    }
}

#[test]
fn a_trace_id_stands_in_for_a_correlation_id() {
    assert_eq!(read(r#"{"traceId":"t-1"}"#).correlation.as_deref(), Some("t-1"));
    assert_eq!(
        read(r#"{"traceId":"t-1","correlationId":"c-1"}"#)
            .correlation
            .as_deref(),
        Some("c-1")
    );
}

#[test]
fn codes_and_ids_are_plain_words_or_nothing() {
    for (text, plain) in [
        ("state_conflict", true),
        ("x", true),
        ("", false),
        ("two words", false),
        ("caf\u{e9}", false),
        ("a\u{202E}b", false),
        ("a\nb", false),
    ] {
        assert_eq!(is_plain(text), plain, "{text:?}");
        let body = serde_json::json!({ "code": text, "correlationId": text }).to_string();
        let read = read(&body);
        assert_eq!(
            (read.problem.code.is_some(), read.correlation.is_some()),
            (plain, plain)
        );
    }
    assert!(is_plain(&"x".repeat(128)) && !is_plain(&"x".repeat(129)));
}

#[test]
fn a_flood_of_field_errors_is_cut() {
    let many: Vec<_> = (0..120)
        .map(|number| serde_json::json!({ "field": "x".repeat(300), "message": format!("Number {number} is bad.") }))
        .collect();
    let fields = read(&serde_json::json!({ "errors": many }).to_string()).problem.fields;
    assert_eq!(fields.len(), 50);
    assert!(fields.iter().all(|(field, _)| field.chars().count() <= 200));
}

/// Unicode's `Bidi_Control`.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(Config { cases: 256, failure_persistence: None, ..Config::default() })]

    /// Whatever a server writes, in whatever field: what is kept of it is short, plain and of one direction.
    #[test]
    fn nothing_unsafe_gets_through(
        key in prop::sample::select(vec!["detail", "message", "error", "title", "code", "correlationId", "traceId"]),
        words in any::<String>(),
        field in any::<String>(),
    ) {
        let body = serde_json::json!({ key: words, "errors": [{ "field": field, "message": words }] }).to_string();
        let read = read(&body);
        let texts = read.problem.message.iter().chain(read.problem.fields.iter().map(|(_, text)| text));
        for text in texts.map(|text| text.as_str()) {
            prop_assert!(text.chars().count() <= 301 && !text.chars().any(char::is_control), "{:?}", text);
            prop_assert!(!text.contains(turns_direction), "{:?}", text);
        }
        for word in read.problem.code.iter().chain(&read.correlation) {
            prop_assert!(is_plain(word), "{:?}", word);
        }
    }

    #[test]
    fn a_secret_in_a_problem_is_not_repeated(key in prop::sample::select(vec!["detail", "message", "error", "title"]), tail in "[A-Za-z0-9_-]{30,60}") {
        let words = format!("The token eyJhbGciOi{tail} was refused, Bearer s3cr3t{tail} as well.");
        let shown = message(&serde_json::json!({ key: words }).to_string()).unwrap_or_default();
        prop_assert!(shown.contains("was refused"), "{}", shown);
        prop_assert!(!shown.contains(&tail) && !shown.contains("s3cr3t"), "{}", shown);
    }
}
