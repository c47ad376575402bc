//! The queue: filters, sorts and pages, found through the indexes and never through a scan of
//! documents.

use rusqlite::{Connection, params_from_iter, types::Value};
use serde::Serialize;
use serde_json::value::RawValue;

use super::dispatch::{dated, summaries};
use crate::base::time::Stamp;
use crate::contract::status::{DUE_SOON_MS, View};
use crate::input::call::{Answer, Call};
use crate::input::{self, Mistakes, Parameters};
use crate::problem::Problem;
use crate::state::AppState;
use crate::state::counts::{ViewCounts, restrict};
use crate::store::users::Scope;

/// With more hits than this, walking along the sort's index finds a page sooner than sorting hits.
const MANY_HITS: usize = 2_000;

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

/// What the query string asks for.
struct Asked {
    view: View,
    statuses: Option<Vec<i64>>,
    search: Option<String>,
    vendor_id: Option<String>,
    branch_id: Option<String>,
    due_before: Option<String>,
    /// The column to sort by, and whether downwards.
    sort: (&'static str, bool),
    page: usize,
    page_size: usize,
}

impl Asked {
    fn read(parameters: &Parameters) -> Result<Self, Problem> {
        let mut mistakes = Mistakes::default();
        let view = parameters.read(&mut mistakes, "view", "There is no such view.", View::by_name);
        let statuses = parameters.read(
            &mut mistakes,
            "status",
            "Give up to 40 status codes, separated by commas.",
            statuses,
        );
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
        Ok(Self {
            view: view.unwrap_or(View::All),
            statuses,
            search,
            vendor_id,
            branch_id,
            due_before,
            sort: sort.unwrap_or(("updated_at", true)),
            page,
            page_size,
        })
    }

    fn is_whole_view(&self) -> bool {
        self.statuses.is_none()
            && self.search.is_none()
            && self.vendor_id.is_none()
            && self.branch_id.is_none()
            && self.due_before.is_none()
    }
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

fn sort(text: &str) -> Option<(&'static str, bool)> {
    let (name, descending) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (text, false),
    };
    let column = match name {
        "updatedAt" => "updated_at",
        "dueDate" => "due_key",
        "orderNumber" => "number_key",
        "borrower" => "borrower_key",
        "status" => "stage",
        "vendor" => "vendor_key",
        _ => return None,
    };
    Some((column, descending))
}

/// A condition on `orders` with its values.
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn new(scope: &Scope, asked: &Asked, now: Stamp) -> Self {
        let mut condition = Self {
            sql: String::new(),
            values: Vec::new(),
        };
        restrict(scope, &mut condition.sql, &mut condition.values);
        condition.view(asked.view, now);
        if let Some(statuses) = &asked.statuses {
            condition.stage_in(statuses);
        }
        if let Some(vendor_id) = &asked.vendor_id {
            condition.and("vendor_id = ?", [vendor_id.clone().into()]);
        }
        if let Some(branch_id) = &asked.branch_id {
            condition.and("branch_id = ?", [branch_id.clone().into()]);
        }
        if let Some(day) = &asked.due_before {
            condition.and("due_key < ?", [day.clone().into()]);
        }
        if let Some(text) = &asked.search {
            condition.and("instr(search, ?) > 0", [text.clone().into()]);
        }
        condition
    }

    fn view(&mut self, view: View, now: Stamp) {
        const ACTIVE: &str = "stage NOT IN (-1, 6, 7, 8, 9)";
        match view {
            View::DueSoon => {
                let soon = now.plus(DUE_SOON_MS);
                self.and(ACTIVE, []);
                self.and("due_at >= ? AND due_at < ?", [now.0.into(), soon.0.into()]);
            }
            View::PastDue => {
                self.and(ACTIVE, []);
                self.and("due_at < ?", [now.0.into()]);
            }
            _ => {
                if let Some(stages) = view.stages() {
                    self.stage_in(stages);
                }
            }
        }
    }

    fn stage_in(&mut self, stages: &[i64]) {
        let marks = vec!["?"; stages.len()].join(", ");
        let values = stages.iter().map(|stage| Value::from(*stage));
        self.and(&format!("stage IN ({marks})"), values);
    }

    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.extend(values);
    }

    /// The rows of one page, and how many match on all pages.
    fn page(&self, connection: &Connection, asked: &Asked) -> Result<(Vec<i64>, i64), Problem> {
        if asked.search.is_some() {
            let few = self.first_hits(connection)?;
            if few.len() <= MANY_HITS {
                let total = i64::try_from(few.len()).unwrap_or(i64::MAX);
                let condition = "row IN (SELECT value FROM json_each(?))";
                let list = serde_json::to_string(&few)?;
                return Ok((sorted(connection, condition, &[list.into()], asked)?, total));
            }
        }
        let rows = sorted(connection, &self.sql, &self.values, asked)?;
        Ok((rows, self.count(connection)?))
    }

    /// Up to one more than [`MANY_HITS`] matches, found in an index that holds the search texts: the
    /// planner would rather walk the sort's index and fetch each text from its row.
    fn first_hits(&self, connection: &Connection) -> Result<Vec<i64>, Problem> {
        let sql = format!(
            "SELECT row FROM orders INDEXED BY orders_search WHERE {} LIMIT {}",
            self.sql,
            MANY_HITS + 1
        );
        let rows = connection
            .prepare_cached(&sql)?
            .query_map(params_from_iter(&self.values), |row| row.get(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(rows)
    }

    fn count(&self, connection: &Connection) -> Result<i64, Problem> {
        let sql = format!("SELECT count(*) FROM orders WHERE {}", self.sql);
        let count = connection
            .prepare_cached(&sql)?
            .query_row(params_from_iter(&self.values), |row| row.get(0))?;
        Ok(count)
    }
}

/// The rows of the asked page among those that meet a condition, in the asked order.
fn sorted(connection: &Connection, condition: &str, values: &[Value], asked: &Asked) -> Result<Vec<i64>, Problem> {
    let (column, descending) = asked.sort;
    let direction = if descending { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT row FROM orders WHERE {condition}
         ORDER BY {column} {direction}, row {direction} LIMIT ? OFFSET ?"
    );
    let limit = i64::try_from(asked.page_size).unwrap_or(i64::MAX);
    let offset = i64::try_from((asked.page - 1).saturating_mul(asked.page_size));
    let window = [limit.into(), offset.unwrap_or(i64::MAX).into()];
    let rows = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values.iter().chain(&window)), |row| row.get(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows)
}

/// `listOrders`.
pub(super) fn page(
    state: &AppState,
    connection: &Connection,
    call: &Call,
    scope: &Scope,
    parameters: &Parameters,
) -> Result<Answer, Problem> {
    let asked = Asked::read(parameters)?;
    let counts = state.counts.get(connection, scope, call.generation, call.now)?;
    let condition = Condition::new(scope, &asked, call.now);
    let (rows, total) = if asked.is_whole_view() {
        let rows = sorted(connection, &condition.sql, &condition.values, &asked)?;
        (rows, counts.of(asked.view))
    } else {
        condition.page(connection, &asked)?
    };
    Answer::json(&Page {
        items: summaries(connection, &rows)?,
        page: asked.page,
        page_size: asked.page_size,
        total,
        counts: &counts,
        as_of: call.now,
    })
}

/// `listLoanOrders`, newest first.
pub(super) fn of_loan(connection: &Connection, call: &Call, scope: &Scope) -> Result<Answer, Problem> {
    let mut sql = String::from("SELECT row FROM orders WHERE loan_id = ? AND ");
    let mut values: Vec<Value> = vec![call.ids.loan.clone().into()];
    restrict(scope, &mut sql, &mut values);
    sql.push_str(" ORDER BY row DESC");
    let rows = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    dated(summaries(connection, &rows)?, call.now)
}
