//! The words and signs of a source whose comments and texts are blanked.

use super::lexer::is_word;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl Token<'_> {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_word)
    }
}

/// Signs that are one although they are written with several.
const SIGNS: [&str; 4] = ["::", "=>", "->", ".."];

pub fn tokens(plain: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        let rest = plain[at..].trim_start();
        at = plain.len() - rest.len();
        let word = rest.len() - rest.trim_start_matches(is_word).len();
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
        let length = match (word, sign) {
            (0, Some(sign)) => sign.len(),
            (0, None) => rest.chars().next().map_or(0, char::len_utf8),
            (word, _) => word,
        };
        if length > 0 {
            tokens.push(Token {
                text: &rest[..length],
                at,
            });
        }
        at += length;
    }
    tokens
}

/// The text at `at`, or nothing behind the end.
pub fn text<'a>(tokens: &[Token<'a>], at: usize) -> &'a str {
    tokens.get(at).map_or("", |token| token.text)
}

/// Where the bracket that stands at `open` is closed; the end where it never is.
pub fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    tokens.len()
}

/// The next of `wanted` from `from` on that stands in no bracket of its own; none if the bracket around it closes first.
pub fn find_outside(tokens: &[Token<'_>], from: usize, wanted: &[&str]) -> Option<usize> {
    let mut at = from;
    while at < tokens.len() {
        let text = tokens[at].text;
        if wanted.contains(&text) {
            return Some(at);
        }
        at = match text {
            "(" | "[" | "{" => closing(tokens, at) + 1,
            ")" | "]" | "}" => return None,
            _ => at + 1,
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_two_are_one() {
        let texts: Vec<&str> = tokens("a::b => ..=c->d").iter().map(|token| token.text).collect();
        assert_eq!(texts, ["a", "::", "b", "=>", "..", "=", "c", "->", "d"]);
    }

    #[test]
    fn a_bracket_is_closed_by_its_own() {
        let tokens = tokens("{ a ( ) [ { } ] } b }");
        assert_eq!(closing(&tokens, 0), 8);
        assert_eq!(closing(&tokens, 2), 3);
    }

    #[test]
    fn what_is_looked_for_stands_outside_of_brackets() {
        let tokens = tokens("f ( , ) , g }");
        assert_eq!(find_outside(&tokens, 0, &[","]), Some(4));
        assert_eq!(find_outside(&tokens, 5, &[","]), None);
    }
}
