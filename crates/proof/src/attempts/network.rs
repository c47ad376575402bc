//! Requests under way: late, lost before or after they are carried out, repeated by the browser, answered to nobody.

/// One copy of a request, or its answer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Flight {
    pub intent: u8,
    /// The fence that it carries.
    pub expected: u8,
    /// The tab that waits for its answer, if it still does.
    pub listener: Option<u8>,
    /// The browser made this copy, not the program.
    pub by_browser: bool,
    /// It arrives in this tick at the latest; an answer likewise.
    pub until: u16,
    /// The answer on its way back.
    pub answer: Option<u16>,
}
