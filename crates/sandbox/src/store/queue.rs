//! The queue: filters, sorts and pages, found through the indexes and never through a scan of
//! documents.

use rusqlite::{Connection, params_from_iter, types::Value};

use crate::base::time::Stamp;
use crate::base::words::words;
use crate::contract::views::{DUE_SOON_MS, View};
use crate::model::user::Scope;
use crate::problem::Problem;

/// With more hits than this, walking along the sort's index finds a page sooner than sorting hits.
const MANY_HITS: usize = 2_000;

/// Which orders to show, and in which order.
#[derive(Debug)]
pub struct Question {
    pub view: View,
    pub statuses: Option<Vec<i64>>,
    pub search: Option<String>,
    pub vendor_id: Option<String>,
    pub branch_id: Option<String>,
    pub due_before: Option<String>,
    pub sort: Sort,
    pub descending: bool,
    pub page: usize,
    pub page_size: usize,
}

words! {
    /// What the queue can be sorted by.
    pub enum Sort {
        UpdatedAt = "updatedAt",
        DueDate = "dueDate",
        OrderNumber = "orderNumber",
        Borrower = "borrower",
        Status = "status",
        Vendor = "vendor",
    }
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::UpdatedAt => "updated_at",
            Self::DueDate => "due_key",
            Self::OrderNumber => "number_key",
            Self::Borrower => "borrower_key",
            Self::Status => "stage",
            Self::Vendor => "vendor_key",
        }
    }
}

impl Question {
    /// Whether it asks for all that a view lets through.
    pub fn is_whole_view(&self) -> bool {
        self.statuses.is_none()
            && self.search.is_none()
            && self.vendor_id.is_none()
            && self.branch_id.is_none()
            && self.due_before.is_none()
    }
}

/// The rows of one page, and how many match on all pages. `known` is the size of the whole view, where that is
/// all that is asked for.
pub fn page(
    connection: &Connection,
    scope: &Scope,
    question: &Question,
    now: Stamp,
    known: Option<i64>,
) -> Result<(Vec<i64>, i64), Problem> {
    let condition = Condition::new(scope, question, now);
    match known {
        Some(total) => Ok((sorted(connection, &condition.sql, &condition.values, question)?, total)),
        None => condition.page(connection, question),
    }
}

/// The orders of a loan that a scope shows, newest first.
pub fn of_loan(connection: &Connection, scope: &Scope, loan_id: &str) -> Result<Vec<i64>, Problem> {
    let mut sql = String::from("SELECT row FROM orders WHERE loan_id = ? AND ");
    let mut values: Vec<Value> = vec![loan_id.to_owned().into()];
    restrict(scope, &mut sql, &mut values);
    sql.push_str(" ORDER BY row DESC");
    let rows = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect::<Result<Vec<i64>, _>>()?;
    Ok(rows)
}

/// How many orders stand at one stage.
#[derive(Clone, Copy, Debug)]
pub struct StageCount {
    pub stage: i64,
    pub all: i64,
    pub due_soon: i64,
    pub past_due: i64,
}

/// The sizes of a scope's stages.
pub fn count_stages(connection: &Connection, scope: &Scope, now: Stamp) -> Result<Vec<StageCount>, Problem> {
    let mut sql = String::from(
        "SELECT stage, count(*), count(CASE WHEN due_at >= ? AND due_at < ? THEN 1 END),
         count(CASE WHEN due_at < ? THEN 1 END) FROM orders WHERE ",
    );
    let soon = now.plus(DUE_SOON_MS);
    let mut values: Vec<Value> = vec![now.0.into(), soon.0.into(), now.0.into()];
    restrict(scope, &mut sql, &mut values);
    sql.push_str(" GROUP BY stage");
    let mut statement = connection.prepare_cached(&sql)?;
    let counts = statement
        .query_map(params_from_iter(values), |row| {
            Ok(StageCount {
                stage: row.get(0)?,
                all: row.get(1)?,
                due_soon: row.get(2)?,
                past_due: row.get(3)?,
            })
        })?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(counts)
}

/// A condition on `orders` with its values.
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn new(scope: &Scope, question: &Question, now: Stamp) -> Self {
        let mut condition = Self {
            sql: String::new(),
            values: Vec::new(),
        };
        restrict(scope, &mut condition.sql, &mut condition.values);
        condition.view(question.view, now);
        if let Some(statuses) = &question.statuses {
            condition.stage_in(statuses);
        }
        if let Some(vendor_id) = &question.vendor_id {
            condition.and("vendor_id = ?", [vendor_id.clone().into()]);
        }
        if let Some(branch_id) = &question.branch_id {
            condition.and("branch_id = ?", [branch_id.clone().into()]);
        }
        if let Some(day) = &question.due_before {
            condition.and("due_key < ?", [day.clone().into()]);
        }
        if let Some(text) = &question.search {
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
    fn page(&self, connection: &Connection, question: &Question) -> Result<(Vec<i64>, i64), Problem> {
        if question.search.is_some() {
            let few = self.first_hits(connection)?;
            if few.len() <= MANY_HITS {
                let total = i64::try_from(few.len()).unwrap_or(i64::MAX);
                let condition = "row IN (SELECT value FROM json_each(?))";
                let list = serde_json::to_string(&few)?;
                return Ok((sorted(connection, condition, &[list.into()], question)?, total));
            }
        }
        let rows = sorted(connection, &self.sql, &self.values, question)?;
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

/// The rows of the wanted page among those that meet a condition, in the wanted order.
fn sorted(
    connection: &Connection,
    condition: &str,
    values: &[Value],
    question: &Question,
) -> Result<Vec<i64>, Problem> {
    let column = question.sort.column();
    let direction = if question.descending { "DESC" } else { "ASC" };
    let sql = format!(
        "SELECT row FROM orders WHERE {condition}
         ORDER BY {column} {direction}, row {direction} LIMIT ? OFFSET ?"
    );
    let limit = i64::try_from(question.page_size).unwrap_or(i64::MAX);
    let offset = i64::try_from((question.page - 1).saturating_mul(question.page_size));
    let window = [limit.into(), offset.unwrap_or(i64::MAX).into()];
    let rows = connection
        .prepare_cached(&sql)?
        .query_map(params_from_iter(values.iter().chain(&window)), |row| row.get(0))?
        .collect::<Result<Vec<_>, _>>()?;
    Ok(rows)
}

/// Appends the condition that keeps a query on `orders` inside a scope.
fn restrict(scope: &Scope, sql: &mut String, values: &mut Vec<Value>) {
    sql.push_str("client_id = ?");
    values.push(scope.client_id.clone().into());
    if let Some(vendor_id) = &scope.vendor_id {
        sql.push_str(" AND vendor_id = ?");
        values.push(vendor_id.clone().into());
    }
    if let Some(branch_ids) = &scope.branch_ids {
        sql.push_str(" AND branch_id IN (");
        for (index, branch_id) in branch_ids.iter().enumerate() {
            sql.push_str(if index == 0 { "?" } else { ", ?" });
            values.push(branch_id.clone().into());
        }
        sql.push(')');
    }
}
