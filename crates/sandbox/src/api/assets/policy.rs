//! The content security policy of a built document. Inline scripts are allowed by their hash, each exactly as it stands
//! in the document; there is no other way in for inline code.

use axum::http::HeaderValue;
use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

/// The policy for a document. `default` is the Trusted Types policy of the console's boot script: the framework sets
/// `innerHTML` for its static templates.
pub(super) fn of(html: &str) -> HeaderValue {
    let hashes: String = inline_scripts(html)
        .into_iter()
        .map(|script| format!(" 'sha256-{}'", hash(script)))
        .collect();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; connect-src 'self'; style-src 'self'; \
         img-src 'self' data: blob:; frame-src blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types default"
    );
    HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// As a browser computes it: over the text after line breaks were made one kind.
fn hash(script: &str) -> String {
    let text = script.replace("\r\n", "\n").replace('\r', "\n");
    Base64::encode_string(&Sha256::digest(text.as_bytes()))
}

/// The texts of the script elements without `src`, comments left out.
fn inline_scripts(html: &str) -> Vec<&str> {
    // Of the same length, byte by byte.
    let lower = html.to_ascii_lowercase();
    let mut scripts = Vec::new();
    let mut at = 0;
    while let Some(next) = next_of(&lower, at) {
        match next {
            Next::Comment(start) => match lower[start..].find("-->") {
                Some(length) => at = start + length,
                None => break,
            },
            Next::Script(start) => {
                let Some(tag) = Tag::read(&lower[start..]) else {
                    break;
                };
                let start = start + tag.length;
                let end = lower[start..]
                    .find("</script")
                    .map_or(html.len(), |length| start + length);
                if !tag.has_src {
                    scripts.push(&html[start..end]);
                }
                at = end;
            }
        }
    }
    scripts
}

enum Next {
    /// Where its text begins.
    Comment(usize),
    /// Where its attributes begin.
    Script(usize),
}

fn next_of(lower: &str, at: usize) -> Option<Next> {
    const COMMENT: &str = "<!--";
    const SCRIPT: &str = "<script";
    let comment = lower[at..].find(COMMENT).map(|place| at + place);
    let script = lower[at..]
        .match_indices(SCRIPT)
        .map(|(place, _)| at + place)
        .find(|place| {
            // Not <scripture>.
            lower[place + SCRIPT.len()..]
                .starts_with(|next: char| next.is_ascii_whitespace() || matches!(next, '/' | '>'))
        });
    match (comment, script) {
        (Some(comment), Some(script)) if script < comment => Some(Next::Script(script + SCRIPT.len())),
        (Some(comment), _) => Some(Next::Comment(comment + COMMENT.len())),
        (None, script) => script.map(|script| Next::Script(script + SCRIPT.len())),
    }
}

/// The rest of an opening tag.
struct Tag {
    /// Up to and with the `>`.
    length: usize,
    has_src: bool,
}

impl Tag {
    /// Reads the attributes after a tag's name; `None` if the tag never ends. A `>` in quotes does not end it.
    fn read(lower: &str) -> Option<Self> {
        let mut has_src = false;
        let mut rest = lower;
        loop {
            rest = rest.trim_start_matches(|char: char| char.is_ascii_whitespace() || char == '/');
            if let Some(after) = rest.strip_prefix('>') {
                let length = lower.len() - after.len();
                return Some(Self { length, has_src });
            }
            // A name can begin with "=", and then goes on to the next one.
            let first = usize::from(rest.starts_with('='));
            let ends_name = |char: char| char.is_ascii_whitespace() || matches!(char, '/' | '>' | '=');
            let end = first + rest[first..].find(ends_name)?;
            has_src |= &rest[..end] == "src";
            rest = rest[end..].trim_start_matches(|char: char| char.is_ascii_whitespace());
            if let Some(value) = rest.strip_prefix('=') {
                rest = after_value(value.trim_start_matches(|char: char| char.is_ascii_whitespace()))?;
            }
        }
    }
}

fn after_value(text: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(quoted) = text.strip_prefix(quote) {
            return quoted.split_once(quote).map(|(_, after)| after);
        }
    }
    let end = text.find(|char: char| char.is_ascii_whitespace() || char == '>')?;
    Some(&text[end..])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_scripts_without_an_address_are_inline() {
        let html = r#"<!doctype html><!-- <script>in a comment</script> -->
            <script type="module" src="/boot.js"></script>
            <SCRIPT data-a="x > y" data-src=1>first();
            if (1 < 2) {}</SCRIPT >
            <script src=other.js>ignored</script><scripture>no</scripture>
            <script>second()</script><script></script><p>end"#;
        let scripts = inline_scripts(html);
        assert_eq!(scripts.len(), 3, "{scripts:?}");
        assert!(scripts[0].starts_with("first();\n") && scripts[0].ends_with("{}"));
        assert_eq!(scripts[1..], ["second()", ""]);
    }

    #[test]
    fn broken_tags_and_comments_end_the_search() {
        for html in [
            "<script",
            "<script src='a",
            "<!-- <script>a</script>",
            "<script a=\"",
            "",
        ] {
            assert!(inline_scripts(html).is_empty(), "{html}");
        }
        assert_eq!(inline_scripts("<script>never closed"), ["never closed"]);
        assert_eq!(inline_scripts("<script =src=a>text</script>"), ["text"]);
    }

    /// The digest is what `openssl dgst -sha256 -binary | base64` says of the text.
    #[test]
    fn a_script_is_named_by_its_hash_whatever_its_line_breaks() {
        let unix = of("<script>\ndocument.title = 1\n</script>");
        let policy = unix.to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-AooM+T+o+EqtOJN6V7hxvtX7RxEqV8UFwXGUmnenRBs='; connect-src"),
            "{policy}"
        );
        assert_eq!(of("<script>\r\ndocument.title = 1\r\n</script>"), unix);
        assert_ne!(of("<script>\ndocument.title = 2\n</script>"), unix);
        let none = of("<p>plain</p>");
        assert!(!none.to_str().unwrap().contains("sha256"));
        assert!(none.to_str().unwrap().contains("base-uri 'none'"));
    }
}
