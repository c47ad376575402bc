//! The shapes that lists are answered in.

use serde::Serialize;

use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::problem::Problem;

/// `{items, asOf}`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Dated<T> {
    items: Vec<T>,
    as_of: Stamp,
}

/// `{items}`.
#[derive(Serialize)]
struct Items<T> {
    items: Vec<T>,
}

/// A list that says when it was true.
pub(super) fn dated<T: Serialize>(items: Vec<T>, as_of: Stamp) -> Result<Answer, Problem> {
    Answer::json(&Dated { items, as_of })
}

/// A list that changes rarely.
pub(super) fn undated<T: Serialize>(items: Vec<T>) -> Result<Answer, Problem> {
    Answer::json(&Items { items })
}
