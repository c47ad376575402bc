//! Rust as text, without what only looks like Rust: comments, and what stands in quotes.

/// A text in quotes, as it is written (escapes are not resolved).
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Where its first character stands in the source.
    pub at: usize,
    pub text: String,
}

/// The source with every comment, and the inside of every literal, turned into spaces: each byte and each line keeps its
/// place. And the literals.
pub fn blanked(source: &str) -> (String, Vec<Literal>) {
    let mut lexer = Lexer {
        source,
        plain: source.as_bytes().to_vec(),
        literals: Vec::new(),
    };
    let mut at = 0;
    while at < source.len() {
        at = lexer.step(at);
    }
    // What was blanked begins and ends at a character, so this loses nothing.
    (String::from_utf8_lossy(&lexer.plain).into_owned(), lexer.literals)
}

struct Lexer<'a> {
    source: &'a str,
    plain: Vec<u8>,
    literals: Vec<Literal>,
}

impl Lexer<'_> {
    /// Reads what begins at `at`; where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.source[at..].trim_start();
        let at = self.source.len() - rest.len();
        if rest.starts_with("//") {
            let end = at + rest.find('\n').unwrap_or(rest.len());
            return self.blank(at, end);
        }
        if rest.starts_with("/*") {
            let end = at + comment_length(rest);
            return self.blank(at, end);
        }
        let word = rest.len() - rest.trim_start_matches(is_word).len();
        if word > 0 {
            return match quote_after(&rest[..word], &rest[word..]) {
                Some(Quote::Raw(hashes)) => self.raw(at + word + hashes, hashes),
                Some(Quote::Plain) => at + word,
                None => at + word,
            };
        }
        match rest.as_bytes().first() {
            Some(b'"') => self.string(at),
            Some(b'\'') => self.character(at),
            _ => at + rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    fn string(&mut self, open: usize) -> usize {
        let inside = &self.source[open + 1..];
        let mut escaped = false;
        let end = inside.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        self.literal(open + 1, open + 1 + end.unwrap_or(inside.len())) + 1
    }

    /// `open` is where the quote stands, behind its hashes.
    fn raw(&mut self, open: usize, hashes: usize) -> usize {
        let closing = format!("\"{}", "#".repeat(hashes));
        let inside = &self.source[open + 1..];
        let end = inside.find(&closing).unwrap_or(inside.len());
        self.literal(open + 1, open + 1 + end) + closing.len()
    }

    /// A character, or a lifetime.
    fn character(&mut self, open: usize) -> usize {
        let rest = &self.source[open + 1..];
        let Some(first) = rest.chars().next() else {
            return open + 1;
        };
        if first == '\\' {
            let length = rest.char_indices().skip(2).find(|(_, c)| *c == '\'').map(|(at, _)| at);
            return self.blank(open + 1, open + 1 + length.unwrap_or(rest.len())) + 1;
        }
        let length = first.len_utf8();
        if first != '\'' && rest[length..].starts_with('\'') {
            return self.blank(open + 1, open + 1 + length) + 1;
        }
        open + 1
    }

    fn literal(&mut self, from: usize, to: usize) -> usize {
        self.literals.push(Literal {
            at: from,
            text: self.source[from..to].to_owned(),
        });
        self.blank(from, to)
    }

    fn blank(&mut self, from: usize, to: usize) -> usize {
        for byte in &mut self.plain[from..to] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
        to
    }
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

enum Quote {
    Plain,
    /// With so many hashes before the quote.
    Raw(usize),
}

/// Whether a word is the prefix of a literal.
fn quote_after(word: &str, rest: &str) -> Option<Quote> {
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let quoted = rest[hashes..].starts_with('"');
    match word {
        "r" | "br" | "cr" if quoted => Some(Quote::Raw(hashes)),
        "b" | "c" if hashes == 0 && quoted => Some(Quote::Plain),
        _ => None,
    }
}

/// Comments in `/*` may hold others.
fn comment_length(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> String {
        let (plain, _) = blanked(source);
        assert_eq!(plain.len(), source.len(), "each byte keeps its place");
        assert_eq!(plain.lines().count(), source.lines().count());
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_go_and_code_stays() {
        assert_eq!(plain("a // b \" c\nd"), "a d");
        assert_eq!(plain("a /* b /* c */ d\n */ e"), "a e");
        assert_eq!(plain("/// use crate::x;\nuse y;"), "use y;");
    }

    #[test]
    fn what_is_in_quotes_goes_and_is_kept_apart() {
        assert_eq!(
            plain(r#"f("use a;", b"}", 'x', '\'', '"')"#),
            r#"f(" ", b" ", ' ', ' ', ' ')"#
        );
        let (_, literals) = blanked(r#"f("say \"no\" // here")"#);
        let texts: Vec<&str> = literals.iter().map(|literal| literal.text.as_str()).collect();
        assert_eq!(texts, [r#"say \"no\" // here"#]);
    }

    #[test]
    fn raw_texts_end_at_their_own_hashes() {
        assert_eq!(plain("f(r#\"a \"quoted\" {\"#) }"), "f(r#\" \"#) }");
        assert_eq!(plain("f(r\"\\\") }"), "f(r\" \") }");
        assert_eq!(plain("r#type r#fn"), "r#type r#fn");
    }

    #[test]
    fn a_lifetime_is_no_character() {
        assert_eq!(
            plain("fn f<'a>(x: &'a str) -> &'a str {"),
            "fn f<'a>(x: &'a str) -> &'a str {"
        );
        assert_eq!(plain("['ä', '{', '\\u{7d}']"), "[' ', ' ', ' ']");
    }
}
