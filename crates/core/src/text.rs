//! Texts: words from outside made safe to show, and what little is done to our own.

/// A server's own words: short, plain, one line. Made only by [`SafeText::from_server`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SafeText(String);

const LONGEST: usize = 300;

impl SafeText {
    /// Strips control and direction-changing characters, folds white space, removes secrets, caps the length. `None`
    /// when nothing readable is left, or when it is markup or a dump rather than a sentence.
    pub fn from_server(raw: &str) -> Option<Self> {
        // In this order: nothing hidden gets past the check, and no cut shows the beginning of a secret.
        let text = visible(raw);
        if looks_like_code(&text) {
            return None;
        }
        let text = redact(&text);
        if !text.chars().any(is_readable) {
            return None;
        }
        Some(Self(match text.char_indices().nth(LONGEST) {
            Some((cut, _)) => [text.get(..cut).unwrap_or_default().trim_end(), "…"].concat(),
            None => text,
        }))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As `str::contains`, whose searcher for long texts weighs more than all that is searched here.
pub fn holds(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    part.is_empty() || text.as_bytes().windows(part.len()).any(|window| window == part)
}

/// `activating the order` to `Activating the order`. For the console's own words: a letter beyond ASCII stays as it is.
pub(crate) fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Control characters other than white space, and characters that change the direction of text or hide in it.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

/// Letters of the scripts that a sentence may be written in, beyond ASCII. Unicode's whole tables weigh two kilobytes.
const LETTERS: [(char, char); 12] = [
    ('À', 'Ö'),
    ('Ø', 'ö'),
    ('ø', '\u{2C1}'),
    ('Α', 'Ρ'),
    ('Σ', 'ώ'),
    ('\u{400}', '\u{481}'),
    ('\u{5D0}', '\u{5EA}'),
    ('\u{620}', '\u{64A}'),
    ('\u{905}', '\u{939}'),
    ('\u{3041}', '\u{3096}'),
    ('\u{4E00}', '\u{9FFF}'),
    ('\u{AC00}', '\u{D7A3}'),
];

fn is_readable(c: char) -> bool {
    c.is_ascii_alphanumeric() || LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn visible(raw: &str) -> String {
    raw.chars().filter(|c| !is_unsafe(*c)).collect()
}

fn looks_like_code(text: &str) -> bool {
    text.trim_start().starts_with(['<', '{', '['])
        || ["</", "at java.", "Traceback"].iter().any(|mark| holds(text, mark))
}

const REMOVED: &str = "[removed]";

/// One plain line without what looks like a secret: bearer tokens, signed tokens, long runs of token characters, card
/// numbers, and values named like secrets.
pub fn redact(raw: &str) -> String {
    let text = visible(raw);
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept = Vec::with_capacity(words.len());
    let mut hide_next = false;
    let mut card = 0;
    let mut before = String::new();
    for (index, word) in words.iter().enumerate() {
        let lower = word.to_ascii_lowercase().replace(['"', '\''], "");
        let bare = lower.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        // `password = x` is `password= x`.
        let named = is_named(&lower) || lower.starts_with([':', '=']) && is_named(&[before.as_str(), &lower].concat());
        card = card_words(&words[index..]).max(card);
        let hide = hide_next || named || card > 0 || is_token(word);
        // After a name alone comes its value; after a scheme its credentials; after one cookie the next.
        hide_next = named && lower.ends_with([':', '='])
            || bare == "bearer"
            || hide_next && (matches!(bare, "basic" | "digest" | "token") || lower.ends_with(';'));
        card = card.saturating_sub(1);
        before = lower;
        kept.push(if hide { REMOVED } else { word });
    }
    kept.join(" ")
}

/// Does this word hold the name of a secret and its sign, `token=` or `password:`?
fn is_named(lower: &str) -> bool {
    const NAMES: [&str; 8] = [
        "token",
        "password",
        "passwd",
        "secret",
        "authorization",
        "cookie",
        "api_key",
        "apikey",
    ];
    lower.match_indices([':', '=']).any(|(at, sign)| {
        let name = lower.get(..at).unwrap_or_default();
        NAMES.iter().any(|secret| name.ends_with(secret)) || (sign == "=" && name.ends_with("code"))
    })
}

/// How many of the first words are the groups of one card number.
fn card_words(words: &[&str]) -> usize {
    let mut digits = 0;
    for (index, word) in words.iter().take(5).enumerate() {
        let group = word.rsplit([':', '=']).next().unwrap_or_default();
        let group = group.trim_matches(|c: char| c.is_ascii_punctuation());
        if !(1..=6).contains(&group.len()) || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return 0;
        }
        digits += group.len();
        if digits >= CARD.start {
            return index + 1;
        }
    }
    0
}

/// The digits of a payment card's number.
const CARD: std::ops::Range<usize> = 13..20;

fn is_token(word: &str) -> bool {
    let tokenish = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/' | '~');
    word.split(|c: char| !tokenish(c)).any(|part| {
        let part = part.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        let only = |is: fn(u8) -> bool| part.bytes().all(|byte| is(byte) || byte == b'-');
        let signed = holds(part, "eyJ") && part.len() > 20;
        let card = CARD.contains(&digits) && only(|byte| byte.is_ascii_digit());
        let is_uuid = part.len() == 36 && part.matches('-').count() == 4 && only(|byte| byte.is_ascii_hexdigit());
        let letters = part.bytes().any(|byte| byte.is_ascii_alphabetic());
        let path = holds(part, "/") && part.split('/').all(|step| step.len() < 40);
        signed || card || (part.len() >= 32 && digits > 0 && letters && !is_uuid && !path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(raw: &str) -> Option<String> {
        SafeText::from_server(raw).map(|text| text.as_str().to_owned())
    }

    #[test]
    fn a_plain_sentence_stays() {
        assert_eq!(
            safe("The vendor is no longer eligible.").as_deref(),
            Some("The vendor is no longer eligible.")
        );
    }

    #[test]
    fn direction_and_control_characters_go() {
        assert_eq!(
            safe("pay\u{202E}ment\u{0} \t\n due\u{200B}").as_deref(),
            Some("payment due")
        );
    }

    #[test]
    fn markup_dumps_and_emptiness_are_not_shown() {
        for raw in [
            "<html><body>502</body></html>",
            "{\"a\":1}",
            "  ",
            "\u{202E}",
            "--- !!",
            "Traceback (most recent call last)",
        ] {
            assert_eq!(safe(raw), None, "{raw:?}");
        }
    }

    #[test]
    fn letters_are_known_in_many_scripts() {
        for (first, last) in LETTERS {
            assert!((first..=last).all(char::is_alphabetic), "{first:?} to {last:?}");
        }
        for raw in ["Ошибка", "Σφάλμα", "שגיאה", "خطأ", "エラーがあった", "错误", "오류"]
        {
            assert_eq!(safe(raw).as_deref(), Some(raw));
        }
    }

    #[test]
    fn a_part_is_found_wherever_it_stands() {
        for (text, part) in [
            ("abc", "abc"),
            ("abc", "c"),
            ("a", ""),
            ("", ""),
            ("ab", "abc"),
            ("aab", "ab"),
            ("é", "\u{e8}"),
        ] {
            assert_eq!(holds(text, part), text.contains(part), "{text:?} {part:?}");
        }
    }

    #[test]
    fn length_is_capped() {
        let long = safe(&"word ".repeat(500)).unwrap_or_default();
        assert!(long.ends_with('…') && long.chars().count() < 400);
    }

    #[test]
    fn secrets_are_removed() {
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc123def456";
        for secret in [
            ["Bearer abc.def ghi"].concat(),
            ["token ", jwt].concat(),
            "Authorization: Bearer sk_live_1".to_owned(),
            "card 4111-1111-1111-1111 refused".to_owned(),
            "key 0123456789abcdef0123456789abcdefXYZ used".to_owned(),
            "refreshToken=abc".to_owned(),
            "{\"accessToken\":\"abc.def\"}".to_owned(),
            "password = abc.def".to_owned(),
            "Authorization: Basic abc.def".to_owned(),
            "Cookie: a=1; b=abc.def".to_owned(),
            "Be\u{200B}arer\tabc.def".to_owned(),
            "card:4111 1111 1111 1111, refused".to_owned(),
        ] {
            let text = redact(&secret);
            assert!(text.contains("[removed]"), "{text}");
            for leak in ["abc.def", "eyJ", "sk_live", "4111", "0123456789abcdef", "=abc"] {
                assert!(!text.contains(leak), "{text} leaks {leak}");
            }
        }
    }

    #[test]
    fn ids_paths_and_phone_numbers_are_kept() {
        for text in [
            "ord-000123",
            "POST /api/clients/cl-1/loans/loan-00042/orders/ord-000123/activate",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "Call 512-555-0100 now",
            "Between 2026-11-22 and 2026-12-01 15:04, error code: 1234",
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
