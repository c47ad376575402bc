//! Licence expressions as SPDX writes them: `MIT OR (Apache-2.0 AND Zlib)`, and `MIT/Apache-2.0` as crates once did.

/// Whether one may choose licences from `allowed` so that the expression is kept. What is no expression is not allowed.
pub fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser { words: &words, allowed };
    let kept = parser.either();
    kept == Some(true) && parser.words.is_empty()
}

struct Parser<'a> {
    words: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl<'a> Parser<'a> {
    fn either(&mut self) -> Option<bool> {
        let mut kept = self.all()?;
        while self.takes("OR") {
            kept |= self.all()?;
        }
        Some(kept)
    }

    fn all(&mut self) -> Option<bool> {
        let mut kept = self.one()?;
        while self.takes("AND") {
            kept &= self.one()?;
        }
        Some(kept)
    }

    fn one(&mut self) -> Option<bool> {
        if self.takes("(") {
            let kept = self.either()?;
            return self.takes(")").then_some(kept);
        }
        let licence = self.word()?;
        let full = if self.takes("WITH") {
            format!("{licence} WITH {}", self.word()?)
        } else {
            licence.to_owned()
        };
        Some(self.allowed.contains(&full.as_str()))
    }

    fn word(&mut self) -> Option<&'a str> {
        let (word, rest) = self.words.split_first()?;
        if matches!(*word, "(" | ")" | "AND" | "OR" | "WITH") {
            return None;
        }
        self.words = rest;
        Some(word)
    }

    fn takes(&mut self, word: &str) -> bool {
        match self.words.split_first() {
            Some((first, rest)) if *first == word => {
                self.words = rest;
                true
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [&str; 3] = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];

    #[test]
    fn one_of_several_is_enough_and_all_of_several_are_needed() {
        for (expression, good) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("GPL-3.0-only OR MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("MIT AND Zlib", true),
            ("MIT OR GPL-3.0-only AND X", true),
            ("(MIT OR X) AND Zlib", true),
            ("(MIT OR X) AND Y", false),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 / MIT", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0", false),
            ("MIT WITH LLVM-exception", false),
        ] {
            assert_eq!(is_allowed(expression, &ALLOWED), good, "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression_is_not_allowed() {
        for expression in [
            "", "MIT MIT", "(MIT", "MIT)", "OR MIT", "MIT OR", "MIT AND", "MIT WITH", "()",
        ] {
            assert!(!is_allowed(expression, &ALLOWED), "{expression}");
        }
    }
}
