//! Words from outside, made safe to show.

/// A server's own words: short, plain, one line. Made only by [`SafeText::from_server`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SafeText(String);

const LONGEST: usize = 300;

impl SafeText {
    /// Strips control and direction-changing characters, folds white space, caps the length. `None` when nothing
    /// readable is left, or when it is markup or a dump rather than a sentence.
    pub fn from_server(raw: &str) -> Option<Self> {
        let looks_like_code = |text: &str| {
            let start = text.trim_start();
            start.starts_with(['<', '{', '['])
                || text.contains("</")
                || text.contains("at java.")
                || text.contains("Traceback")
        };
        if looks_like_code(raw) {
            return None;
        }
        let mut text = String::new();
        let mut length = 0;
        let mut space = false;
        for c in raw.chars().filter(|c| !is_unsafe(*c)) {
            if c.is_whitespace() {
                space = length > 0;
                continue;
            }
            if length >= LONGEST {
                text.push('…');
                break;
            }
            if std::mem::take(&mut space) {
                text.push(' ');
            }
            text.push(c);
            length += 1;
        }
        let readable = text.chars().any(char::is_alphanumeric);
        readable.then(|| Self(redact(&text)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters other than white space, and characters that change the direction of text or hide in it.
pub fn is_unsafe(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}' | '\u{E0000}'..='\u{E007F}')
}

/// Replaces what looks like a secret: bearer tokens, signed tokens, long runs of token characters, card numbers, and
/// values named like secrets.
pub fn redact(text: &str) -> String {
    let mut words = Vec::new();
    let mut hide_next = false;
    for word in text.split(' ') {
        let lower = word.to_ascii_lowercase();
        let bare = lower.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let named = [
            "token=",
            "token:",
            "password=",
            "password:",
            "secret=",
            "secret:",
            "authorization:",
            "cookie:",
            "code=",
        ]
        .iter()
        .any(|name| lower.contains(name));
        if hide_next || named || is_token(word) {
            words.push("[removed]");
            let label_alone = named && word.ends_with([':', '=']);
            hide_next = label_alone || (hide_next && bare == "bearer");
            continue;
        }
        hide_next = bare == "bearer";
        words.push(word);
    }
    words.join(" ")
}

fn is_token(word: &str) -> bool {
    let core = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let tokenish = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+' | '/' | '=' | '~');
    let digits = core.chars().filter(char::is_ascii_digit).count();
    let signed = core.starts_with("eyJ") && core.len() > 20;
    let card = (13..=19).contains(&digits) && core.chars().all(|c| c.is_ascii_digit() || c == '-');
    let is_uuid =
        core.len() == 36 && core.matches('-').count() == 4 && core.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let letters = core.chars().any(|c| c.is_ascii_alphabetic());
    let path = core.contains('/') && core.split('/').all(|part| part.len() < 40);
    signed || card || (core.len() >= 32 && digits > 0 && letters && core.chars().all(tokenish) && !is_uuid && !path)
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
        ] {
            assert_eq!(redact(text), text);
        }
    }
}
