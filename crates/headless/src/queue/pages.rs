//! Which rows a page shows, and which pages lie beside it.

use omnival_core::queue::{PAGE_SIZE, Query};
use omnival_wire::order::Page;

/// The rows of a page among all that match, counted from 1. Shown only while something matches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub first: u32,
    pub last: u32,
    pub total: u32,
}

impl Span {
    /// `51–100 of 230`
    pub fn words(self) -> String {
        let Self { first, last, total } = self;
        [&first.to_string(), "–", &last.to_string(), " of ", &total.to_string()].concat()
    }
}

pub fn span(page: &Page) -> Option<Span> {
    let before = page.page.saturating_sub(1).saturating_mul(page.page_size);
    let rows = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
    (page.total > 0).then(|| Span {
        first: before.saturating_add(1),
        last: before.saturating_add(rows),
        total: page.total,
    })
}

pub fn previous(query: &Query) -> Option<Query> {
    (query.page > 1).then(|| query.with_page(query.page - 1))
}

/// There is a next page if more rows match than are shown so far; less than a page's worth is the last of them.
pub fn next(query: &Query, shown: Option<&Page>) -> Option<Query> {
    let span = span(shown?)?;
    let has_more = span.last < span.total && span.last >= PAGE_SIZE;
    has_more.then(|| query.with_page(query.page.saturating_add(1)))
}
