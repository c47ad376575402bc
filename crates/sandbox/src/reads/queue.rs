//! The queue: what is asked of it, and how it is answered.

use rusqlite::Connection;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::time::Stamp;
use crate::contract::answer::Answer;
use crate::contract::views::View;
use crate::input::call::Call;
use crate::input::{self, Mistakes, Parameters};
use crate::model::user::Scope;
use crate::problem::Problem;
use crate::state::{AppState, ViewCounts};
use crate::store::orders;
use crate::store::queue::{self, Question, Sort};

/// A page of the queue in the contract's shape.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    items: Vec<Box<RawValue>>,
    page: usize,
    page_size: usize,
    total: i64,
    counts: &'a ViewCounts,
    as_of: Stamp,
}

/// `listOrders`.
pub(super) fn page(
    state: &AppState,
    connection: &Connection,
    call: &Call,
    scope: &Scope,
    parameters: &Parameters,
) -> Result<Answer, Problem> {
    let question = read(parameters)?;
    let counts = state.counts.get(connection, scope, call.generation, call.now)?;
    let known = question.is_whole_view().then(|| counts.of(question.view));
    let (rows, total) = queue::page(connection, scope, &question, call.now, known)?;
    Answer::json(&Page {
        items: orders::summaries(connection, &rows)?,
        page: question.page,
        page_size: question.page_size,
        total,
        counts: &counts,
        as_of: call.now,
    })
}

fn read(parameters: &Parameters) -> Result<Question, Problem> {
    let mut mistakes = Mistakes::default();
    let view = parameters.read(&mut mistakes, "view", "There is no such view.", View::by_name);
    let hint = "Give up to 40 status codes, separated by commas.";
    let statuses = parameters.read(&mut mistakes, "status", hint, statuses);
    let search = parameters.search(&mut mistakes);
    let vendor_id = parameters.id(&mut mistakes, "vendorId");
    let branch_id = parameters.id(&mut mistakes, "branchId");
    let hint = "Give a date such as 2026-12-11.";
    let due_before = parameters.read(&mut mistakes, "dueBefore", hint, |text| {
        input::date(text).map(|date| date.to_string())
    });
    let sort = parameters.read(&mut mistakes, "sort", "There is no such sort.", sort);
    let page = parameters.count(&mut mistakes, "page", 1_000_000, 1);
    let page_size = parameters.count(&mut mistakes, "pageSize", 200, 50);
    mistakes.check()?;
    let (sort, descending) = sort.unwrap_or((Sort::UpdatedAt, true));
    Ok(Question {
        view: view.unwrap_or(View::All),
        statuses,
        search,
        vendor_id,
        branch_id,
        due_before,
        sort,
        descending,
        page,
        page_size,
    })
}

fn statuses(text: &str) -> Option<Vec<i64>> {
    let codes: Option<Vec<i64>> = text
        .split(',')
        .map(|code| {
            input::number(code)
                .filter(|code| !text.is_empty() && *code <= 999)
                .and_then(|code| i64::try_from(code).ok())
        })
        .collect();
    codes.filter(|codes| codes.len() <= 40)
}

/// A minus in front means downwards.
fn sort(text: &str) -> Option<(Sort, bool)> {
    match text.strip_prefix('-') {
        Some(name) => Some((Sort::by_name(name)?, true)),
        None => Some((Sort::by_name(text)?, false)),
    }
}
