//! What makes a sentence fit for a busy operator, as far as a program can tell.

use omnival_core::message::Message;

pub fn joined(message: &Message) -> String {
    [message.happened.as_str(), " ", &message.next].concat()
}

/// What is wrong with the two sentences, if anything.
pub fn flaw(message: &Message) -> Option<String> {
    [&message.happened, &message.next].into_iter().find_map(|text| {
        let flaw = sentence_flaw(text)?;
        Some(format!("{flaw} in “{text}”"))
    })
}

fn sentence_flaw(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let checks = [
        (text.trim().is_empty(), "nothing is said"),
        (text.trim() != text || text.contains("  "), "stray white space"),
        (!text.starts_with(char::is_uppercase), "no capital at the beginning"),
        (!text.ends_with(['.', '!', '?', '…']), "no punctuation at the end"),
        (
            text.contains("..") || text.contains(" .") || text.contains(" ,"),
            "punctuation doubled or adrift",
        ),
        (lower.contains("error occurred"), "says nothing: “Error occurred”"),
        (
            lower.contains("unauthorized"),
            "a bad example of `messages/examples`: “Unauthorized”",
        ),
        (has_raw_code(text), "a raw code"),
        (
            text.contains(['{', '}', '<', '>', '_', '\n']),
            "markup or a placeholder",
        ),
        (text.chars().count() < 10, "too short to say anything"),
    ];
    checks.into_iter().find_map(|(is_so, flaw)| is_so.then_some(flaw))
}

/// `state_conflict`, `NOT_FOUND`, `HTTP 500`, `Some(…)`, or a bare status number.
fn has_raw_code(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let snake = words().any(|word| word.contains('_'));
    let status =
        words().any(|word| word.len() == 3 && word.parse::<u16>().is_ok_and(|code| (100..600).contains(&code)));
    let debug = ["HTTP", "Some(", "None", "null", "undefined", "NaN"];
    snake || status || debug.iter().any(|word| text.contains(word))
}

#[test]
fn bad_sentences_are_told_from_good_ones() {
    let message = |happened: &str| Message::new(happened, "Choose another vendor or update the panel.");
    assert_eq!(flaw(&message("The vendor is no longer eligible for this order.")), None);
    for bad in [
        "",
        "The vendor is gone",
        "the vendor is gone.",
        "Error occurred.",
        "Saving did not work: state_conflict.",
        "Saving did not work: HTTP 500.",
        "The answer was 409.",
        "Saving did not  work.",
        "Saving did not work: Moved..",
        "Unauthorized.",
        "Status Some(4) was found.",
    ] {
        assert!(flaw(&message(bad)).is_some(), "{bad}");
    }
}
