//! The rules' names, and how a broken one is told.

use std::fmt;

use clap::ValueEnum;

/// The name is what ARCHITECTURE.md says: `held by tidy: floors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Rule {
    Circles,
    Floors,
    ApiPaths,
    SharedNames,
    Browser,
    Tokens,
    Purity,
    Markup,
    Dispatch,
    FileLength,
    FunctionLength,
    MachinePaths,
    Invariants,
    Generated,
}

impl Rule {
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }
}

/// What is wrong where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    pub rule: Rule,
    pub path: String,
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, path, line, text } = self;
        write!(f, "{path}:{line}: {text} [{}]", rule.name())
    }
}
