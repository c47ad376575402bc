//! What a source names of others: its `use` trees, and the paths in its text.

use super::tokens::{Token, closing, text};

/// A path as it is written, and the modules inside of the file around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    pub segments: Vec<String>,
    pub inside: Vec<String>,
    pub at: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Use {
    /// A glob ends in `*`.
    pub path: Path,
    pub alias: Option<String>,
    /// Handed on to others.
    pub public: bool,
    /// `module::{self, …}`: the module's own file is meant.
    pub itself: bool,
}

impl Use {
    /// What it is called here.
    pub fn name(&self) -> &str {
        let last = self.path.segments.last().map_or("", String::as_str);
        self.alias.as_deref().unwrap_or(last)
    }
}

#[derive(Debug, Default)]
pub struct Names {
    pub uses: Vec<Use>,
    /// `a::b::C` in the text.
    pub mentions: Vec<Path>,
}

pub fn names(tokens: &[Token<'_>]) -> Names {
    let mut reader = Reader {
        tokens,
        names: Names::default(),
        inside: Vec::new(),
    };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at);
    }
    reader.names
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    names: Names,
    /// The modules around, and where each ends.
    inside: Vec<(String, usize)>,
}

impl Reader<'_> {
    fn step(&mut self, at: usize) -> usize {
        while self.inside.last().is_some_and(|(_, end)| at >= *end) {
            self.inside.pop();
        }
        match text(self.tokens, at) {
            "mod" if text(self.tokens, at + 2) == "{" => {
                let name = text(self.tokens, at + 1).to_owned();
                self.inside.push((name, closing(self.tokens, at + 2)));
                at + 3
            }
            // `impl Trait + use<'a>` captures a lifetime.
            "use" if text(self.tokens, at + 1) != "<" => {
                let public = self.is_public(at);
                self.tree(at + 1, &[], public)
            }
            _ => self.mention(at),
        }
    }

    fn is_public(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| text(self.tokens, at));
        let mut back = 1;
        if before(1) == ")" {
            while back < at && before(back) != "(" {
                back += 1;
            }
            back += 1;
        }
        before(back) == "pub"
    }

    /// One branch of a `use` tree; where the next thing begins.
    fn tree(&mut self, mut at: usize, prefix: &[String], public: bool) -> usize {
        let begin = at;
        let mut segments = prefix.to_vec();
        loop {
            match text(self.tokens, at) {
                "::" => at += 1,
                "{" => return self.branches(at, &segments, public),
                "*" => {
                    segments.push("*".to_owned());
                    self.add_use(segments, None, public, begin);
                    return at + 1;
                }
                word if self.tokens.get(at).is_some_and(Token::is_word) => {
                    segments.push(word.to_owned());
                    at += 1;
                    if text(self.tokens, at) == "::" {
                        continue;
                    }
                    let alias = (text(self.tokens, at) == "as").then(|| text(self.tokens, at + 1).to_owned());
                    at += if alias.is_some() { 2 } else { 0 };
                    self.add_use(segments, alias, public, begin);
                    return at;
                }
                _ => return at.max(begin + 1),
            }
        }
    }

    fn branches(&mut self, open: usize, prefix: &[String], public: bool) -> usize {
        let close = closing(self.tokens, open);
        let mut at = open + 1;
        while at < close {
            at = if text(self.tokens, at) == "," {
                at + 1
            } else {
                self.tree(at, prefix, public)
            };
        }
        close + 1
    }

    fn add_use(&mut self, mut segments: Vec<String>, alias: Option<String>, public: bool, at: usize) {
        let itself = segments.len() > 1 && segments.last().is_some_and(|last| last == "self");
        if itself {
            segments.pop();
        }
        let path = self.path(segments, at);
        self.names.uses.push(Use {
            path,
            alias,
            public,
            itself,
        });
    }

    fn mention(&mut self, begin: usize) -> usize {
        if !self.tokens[begin].is_word() || text(self.tokens, begin + 1) != "::" {
            return begin + 1;
        }
        let follows = begin
            .checked_sub(1)
            .is_some_and(|before| text(self.tokens, before) == "::");
        let mut segments = vec![self.tokens[begin].text.to_owned()];
        let mut at = begin + 1;
        while text(self.tokens, at) == "::" && self.tokens.get(at + 1).is_some_and(Token::is_word) {
            segments.push(self.tokens[at + 1].text.to_owned());
            at += 2;
        }
        if segments.len() > 1 && !follows {
            let path = self.path(segments, begin);
            self.names.mentions.push(path);
        }
        at.max(begin + 1)
    }

    fn path(&self, segments: Vec<String>, at: usize) -> Path {
        Path {
            segments,
            inside: self.inside.iter().map(|(name, _)| name.clone()).collect(),
            at: self.tokens.get(at).map_or(0, |token| token.at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn uses(source: &str) -> Vec<String> {
        let tokens = tokens(source);
        let shown = |it: &Use| {
            let public = if it.public { "pub " } else { "" };
            let alias = it
                .alias
                .as_deref()
                .map(|alias| format!(" as {alias}"))
                .unwrap_or_default();
            let itself = if it.itself { " itself" } else { "" };
            format!("{public}{}{alias}{itself}", it.path.segments.join("::"))
        };
        names(&tokens).uses.iter().map(shown).collect()
    }

    fn mentions(source: &str) -> Vec<String> {
        let tokens = tokens(source);
        let mentions = names(&tokens).mentions;
        mentions.iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn a_tree_is_all_its_branches() {
        assert_eq!(
            uses("use crate::a::{self, b::{C, D as E}, f::*, g};"),
            [
                "crate::a itself",
                "crate::a::b::C",
                "crate::a::b::D as E",
                "crate::a::f::*",
                "crate::a::g"
            ]
        );
        assert_eq!(
            uses("use a; use ::b::c; fn f() { use super::d; }"),
            ["a", "b::c", "super::d"]
        );
    }

    #[test]
    fn what_is_handed_on_is_told_from_what_is_only_used() {
        assert_eq!(
            uses("pub use a::B; pub(crate) use c::D; pub(in crate::x) use e::F; use g::H; pub fn f() { use i::J; }"),
            ["pub a::B", "pub c::D", "pub e::F", "g::H", "i::J"]
        );
    }

    #[test]
    fn paths_in_the_text_are_read_whole() {
        assert_eq!(
            mentions("fn f(x: crate::a::B<c::D>) -> Self { e::f::<G>(x).h::<i::J>() + $crate::k!() }"),
            ["crate::a::B", "c::D", "e::f", "i::J", "crate::k"]
        );
        assert_eq!(mentions("impl Trait + use<'a, T> {}"), Vec::<String>::new());
    }

    #[test]
    fn a_module_inside_of_the_file_is_known() {
        let tokens = tokens("mod inner { use super::A; mod deep { b::C; } } use d;");
        let names = names(&tokens);
        let inside: Vec<&[String]> = names.uses.iter().map(|it| it.path.inside.as_slice()).collect();
        assert_eq!(inside, [&["inner".to_owned()][..], &[]]);
        assert_eq!(names.mentions[0].inside, ["inner", "deep"]);
    }
}
