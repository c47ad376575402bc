//! An order's histories.

use serde::Serialize;

use super::look::Look;
use super::shapes::dated;
use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::input::{Mistakes, Parameters};
use crate::model::history::HistoryEntry;
use crate::problem::Problem;
use crate::rules::visibility::eyes_of;
use crate::store::history::{self, Window};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HistoryPage {
    items: Vec<HistoryEntry>,
    has_older: bool,
    as_of: Stamp,
}

pub(super) fn page(look: &Look<'_>, parameters: &Parameters) -> Result<Answer, Problem> {
    let (connection, row, now) = (look.connection, look.stored.row, look.call.now);
    let mut mistakes = Mistakes::default();
    let known = |text: &str| {
        let seq = history::seq_of(text)?;
        matches!(history::exists(connection, row, seq), Ok(true)).then_some(seq)
    };
    let hint = "Must be the id of an entry of this order's history.";
    let after = parameters.read(&mut mistakes, "after", hint, known);
    let before = parameters.read(&mut mistakes, "before", hint, known);
    let kind = parameters.read(&mut mistakes, "type", "This is not a history type.", |text| {
        is_type_name(text).then(|| text.to_owned())
    });
    let limit = parameters.count(&mut mistakes, "limit", 1_000, 200);
    mistakes.check()?;
    let window = Window {
        now,
        after,
        before,
        kind: kind.as_deref(),
        limit,
        eyes: eyes_of(look.user),
    };
    let (items, has_older) = history::list(connection, row, &window)?;
    Answer::json(&HistoryPage {
        items,
        has_older,
        as_of: now,
    })
}

fn is_type_name(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

pub(super) fn entry(look: &Look<'_>) -> Result<Answer, Problem> {
    let missing = || Problem::not_found("history entry");
    let seq = history::seq_of(&look.call.ids.part).ok_or_else(missing)?;
    let eyes = eyes_of(look.user);
    let entry = history::get(look.connection, look.stored.row, look.call.now, seq, eyes)?;
    Answer::json(&entry.ok_or_else(missing)?)
}

pub(super) fn audits(look: &Look<'_>) -> Result<Answer, Problem> {
    let now = look.call.now;
    dated(history::list_audits(look.connection, look.stored.row, now)?, now)
}

pub(super) fn of_reports(look: &Look<'_>) -> Result<Answer, Problem> {
    let now = look.call.now;
    dated(history::list_of_reports(look.connection, look.stored.row, now)?, now)
}
