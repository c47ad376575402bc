//! The sizes of the queue's views, remembered between writes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params_from_iter, types::Value};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::base::time::Stamp;
use crate::contract::status::{self, DUE_SOON_MS, View};
use crate::problem::Problem;
use crate::store::users::Scope;

/// Deadlines pass without a write, so even an untouched count grows old.
const GOOD_FOR_MS: i64 = 2_000;
/// More scopes than users of a demo have; the rest is computed each time.
const MAX_SCOPES: usize = 256;

/// How many orders of a scope each view lets through.
#[derive(Clone, Debug)]
pub struct ViewCounts(Vec<(&'static str, i64)>);

impl ViewCounts {
    pub fn of(&self, view: View) -> i64 {
        View::EVERY
            .iter()
            .position(|(known, _)| *known == view)
            .and_then(|index| self.0.get(index))
            .map_or(0, |(_, count)| *count)
    }
}

impl Serialize for ViewCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, count) in &self.0 {
            map.serialize_entry(name, count)?;
        }
        map.end()
    }
}

#[derive(Debug)]
struct Remembered {
    generation: u64,
    at: Stamp,
    counts: Arc<ViewCounts>,
}

/// The cache. An entry is good only for the generation of the database it was read from.
#[derive(Debug, Default)]
pub struct Counts(Mutex<HashMap<Scope, Remembered>>);

impl Counts {
    /// `generation` must have been read before the connection's snapshot was taken.
    pub fn get(
        &self,
        connection: &Connection,
        scope: &Scope,
        generation: u64,
        now: Stamp,
    ) -> Result<Arc<ViewCounts>, Problem> {
        {
            let scopes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = scopes.get(scope) {
                let age = now.0 - known.at.0;
                if known.generation == generation && (0..GOOD_FOR_MS).contains(&age) {
                    return Ok(Arc::clone(&known.counts));
                }
            }
        }
        let counts = Arc::new(count(connection, scope, now)?);
        let mut scopes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if scopes.len() >= MAX_SCOPES {
            scopes.clear();
        }
        scopes.insert(
            scope.clone(),
            Remembered {
                generation,
                at: now,
                counts: Arc::clone(&counts),
            },
        );
        Ok(counts)
    }
}

fn count(connection: &Connection, scope: &Scope, now: Stamp) -> Result<ViewCounts, Problem> {
    let mut sql = String::from(
        "SELECT stage, count(*), total(due_at >= ? AND due_at < ?), total(due_at < ?)
         FROM orders WHERE ",
    );
    let soon = now.plus(DUE_SOON_MS);
    let mut values: Vec<Value> = vec![now.0.into(), soon.0.into(), now.0.into()];
    restrict(scope, &mut sql, &mut values);
    sql.push_str(" GROUP BY stage");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement
        .query_map(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<Vec<(i64, i64, f64, f64)>, _>>()?;

    let is_active = |stage: i64| stage != status::DRAFT_STAGE && status::is_active(stage);
    let sum = |view: View| -> i64 {
        rows.iter()
            .map(|(stage, all, soon, past)| {
                let stage_fits = view.stages().is_none_or(|stages| stages.contains(stage));
                #[expect(clippy::cast_possible_truncation, reason = "a count of rows")]
                match view {
                    View::DueSoon if is_active(*stage) => *soon as i64,
                    View::PastDue if is_active(*stage) => *past as i64,
                    View::DueSoon | View::PastDue => 0,
                    _ if stage_fits => *all,
                    _ => 0,
                }
            })
            .sum()
    };
    let counts = View::EVERY.iter().map(|(view, name)| (*name, sum(*view)));
    Ok(ViewCounts(counts.collect()))
}

/// Appends the condition that keeps a query on `orders` inside a scope.
pub fn restrict(scope: &Scope, sql: &mut String, values: &mut Vec<Value>) {
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
