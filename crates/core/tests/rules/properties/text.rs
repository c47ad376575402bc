//! Words from outside: bounded, of one direction, without control characters, without secrets.

use omnival_core::support::Bundle;
use omnival_core::text::{SafeText, redact};
use proptest::prelude::*;

/// The cap that [`SafeText`] promises, and the ellipsis that tells of it.
const LONGEST: usize = 301;

/// Unicode's `Bidi_Control`.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Text as hostile servers write it: letters, controls, marks that turn or hide, markup, labels of secrets.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9 .,;:]{1,12}",
        2 => any::<char>().prop_map(String::from),
        1 => prop::sample::select(vec![
            "\u{202E}", "\u{2066}", "\u{200B}", "\u{0}", "\u{1b}[31m", "\r\n", "\t", "\u{2028}", "\u{85}", "\u{FEFF}",
            "<b>", "</b>", "{", "[", "token=", "code= a", "Bearer x", "e\u{301}", "\u{1F600}",
        ]).prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

/// The token itself, whatever it is wrapped in.
fn token() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_-]{4}s3cr3t[A-Za-z0-9_.-]{0,40}[A-Za-z0-9]",
        "eyJ[A-Za-z0-9_-]{10,40}\\.s3cr3t[A-Za-z0-9_-]{10,40}\\.[A-Za-z0-9_-]{10,40}",
    ]
}

/// A secret as it appears in messages, logs and headers, and the part of it that must not be seen.
fn planted() -> impl Strategy<Value = (String, String)> {
    let space = prop::sample::select(vec![" ", "  ", "\t", "\n"]);
    let labelled = (
        prop::sample::select(vec![
            "Bearer",
            "bearer",
            "\"Bearer",
            "Authorization:",
            "authorization: bearer",
            "Authorization: Bearer",
            "token:",
            "access_token:",
            "Token=",
            "password:",
            "Password =",
            "secret:",
            "Cookie:",
            "Authorization: Basic",
            "Be\u{200B}arer",
            "password = ",
        ]),
        space,
        token(),
    )
        .prop_map(|(label, space, token)| ([label, space, &token].concat(), token));
    let glued = (
        prop::sample::select(vec![
            "token=",
            "refreshToken=",
            "?access_token=",
            "password=",
            "secret=",
            "code=",
            "token:",
            "\"accessToken\":\"",
            "(token=",
            "Cookie: a=1; b=",
        ]),
        token(),
    )
        .prop_map(|(label, token)| ([label, &token].concat(), token));
    let bare =
        "eyJ[A-Za-z0-9_-]{20,40}\\.[A-Za-z0-9_-]{20,40}\\.[A-Za-z0-9_-]{20,40}".prop_map(|jwt| (jwt.clone(), jwt));
    let card = prop::sample::select(vec![
        "4111111111111111",
        "4111-1111-1111-1111",
        "4111 1111 1111 1111",
        "378282246310005",
    ])
    .prop_map(|card: &str| (card.to_owned(), card.to_owned()));
    prop_oneof![4 => labelled, 3 => glued, 1 => bare, 1 => card]
}

fn around() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-z]{1,8}[,.:]?", 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn safe_text_is_short_plain_and_of_one_direction(raw in hostile()) {
        if let Some(safe) = SafeText::from_server(&raw) {
            let text = safe.as_str();
            prop_assert!(text.chars().count() <= LONGEST, "{} characters", text.chars().count());
            prop_assert!(!text.chars().any(|c| c.is_control() || turns_direction(c)), "{:?}", text);
            prop_assert!(text.chars().any(char::is_alphanumeric));
            prop_assert!(!text.contains("  ") && text.trim() == text, "{:?}", text);
            prop_assert!(!text.starts_with(['<', '{', '[']) || text.starts_with("[removed]"), "{:?}", text);
            prop_assert!(!text.contains("</"), "{:?}", text);
        }
    }

    #[test]
    fn safe_text_of_safe_text_is_itself(raw in "[A-Za-z][A-Za-z ,.]{0,250}[a-z.]") {
        let once = SafeText::from_server(&raw).map(|text| text.as_str().to_owned());
        let twice = once.as_deref().and_then(SafeText::from_server).map(|text| text.as_str().to_owned());
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn a_plain_sentence_is_shown_as_it_is(raw in "[A-Z][a-z]{1,12}( [a-z]{1,12}){0,12}\\.") {
        prop_assume!(!raw.to_lowercase().contains("bearer"));
        let safe = SafeText::from_server(&raw);
        prop_assert_eq!(safe.as_ref().map(SafeText::as_str), Some(raw.as_str()));
    }

    #[test]
    fn redaction_never_leaks_a_planted_secret(before in around(), (text, secret) in planted(), after in around()) {
        let whole = [before.as_str(), " ", &text, " ", &after].concat();
        let clean = redact(&whole);
        prop_assert!(!clean.contains(&secret), "{:?} in {:?}", whole, clean);
        prop_assert!(!clean.contains("s3cr3t"), "{:?} in {:?}", whole, clean);
    }

    #[test]
    fn a_secret_that_the_cap_cuts_through_does_not_show_its_beginning(
        filler in 230_usize..300,
        jwt in "eyJ[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]{40}\\.[A-Za-z0-9_-]{40}",
    ) {
        let mut raw = "word ".repeat(filler / 5);
        raw.push_str(&"x".repeat(filler % 5));
        raw.push(' ');
        raw.push_str(&jwt);
        let shown = SafeText::from_server(&raw).map(|text| text.as_str().to_owned()).unwrap_or_default();
        prop_assert!(!shown.contains(&jwt[..8]), "{:?}", shown);
    }

    #[test]
    fn a_support_bundle_holds_no_planted_secret((text, _) in planted(), (other, secret) in planted()) {
        let field = Some(text);
        let bundle = Bundle {
            client: field.clone(),
            order_number: field.clone(),
            user: field.clone(),
            endpoint: field.clone(),
            message: field.clone(),
            correlation: field.clone(),
            order_now: field,
            history: vec![other],
            ..Bundle::default()
        };
        let shown = bundle.text();
        prop_assert!(!shown.contains("s3cr3t") && !shown.contains(&secret), "{}", shown);
    }

    #[test]
    fn redaction_is_total(raw in any::<String>()) {
        let _ = redact(&raw);
        let _ = SafeText::from_server(&raw);
    }
}
