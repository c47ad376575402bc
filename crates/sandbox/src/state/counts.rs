//! The sizes of the queue's views, remembered between writes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::base::time::Stamp;
use crate::contract::status;
use crate::contract::views::View;
use crate::model::user::Scope;
use crate::problem::Problem;
use crate::store::queue::{self, StageCount};

/// Deadlines pass without a write, so even an untouched count grows old.
const GOOD_FOR_MS: i64 = 2_000;
/// More scopes than users of a demo have; the rest is computed each time.
const MAX_SCOPES: usize = 256;

/// How many orders of a scope each view lets through.
#[derive(Clone, Debug)]
pub struct ViewCounts(Vec<(View, i64)>);

impl ViewCounts {
    pub fn of(&self, view: View) -> i64 {
        let known = self.0.iter().find(|(known, _)| *known == view);
        known.map_or(0, |(_, count)| *count)
    }
}

impl Serialize for ViewCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (view, count) in &self.0 {
            map.serialize_entry(view, count)?;
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
    let stages = queue::count_stages(connection, scope, now)?;
    let is_active = |stage: i64| stage != status::DRAFT_STAGE && status::is_active(stage);
    let size = |view: View| -> i64 {
        let of_stage = |count: &StageCount| match view {
            View::DueSoon if is_active(count.stage) => count.due_soon,
            View::PastDue if is_active(count.stage) => count.past_due,
            View::DueSoon | View::PastDue => 0,
            _ if view.stages().is_none_or(|stages| stages.contains(&count.stage)) => count.all,
            _ => 0,
        };
        stages.iter().map(of_stage).sum()
    };
    Ok(ViewCounts(View::ALL.iter().map(|view| (*view, size(*view))).collect()))
}
