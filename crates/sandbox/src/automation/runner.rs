//! What happens by itself as time passes: vendors answer, portals judge, money settles.
//!
//! Everything that is to happen stands in the table of tasks from the moment it is certain, so that a
//! restart loses nothing. A task is carried out once, in the transaction that takes it off the table,
//! and judges the order as it is *then*: one that no longer applies does nothing.

use super::{agency, money, people};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::base::money::Money;
use crate::base::time::Stamp;
use crate::contract::settings::{Settings, VendorsAnswer};
use crate::problem::Problem;
use crate::rules::settlement;
use crate::state::AppState;
use crate::store::agency::Status;
use crate::store::history::{self, Entry, Moment};
use crate::store::ledger::{self, NewEffect};
use crate::store::orders::{self, Stored};

/// How often the background looks for what is due.
const TICK: Duration = Duration::from_millis(200);

/// Something that will happen to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Task {
    /// The vendor answers what it was asked at `asked_at`.
    VendorAnswers {
        answer: VendorsAnswer,
        vendor_id: String,
        asked_at: Stamp,
    },
    CrossCheckEnds {
        run_id: String,
    },
    PortalStarts {
        submission_id: String,
    },
    PortalAnswers {
        submission_id: String,
        outcome: Status,
        hard_stop: bool,
    },
    /// After an override.
    PortalReconsiders {
        submission_id: String,
    },
    ChargeSettles {
        payment_seq: i64,
    },
    LinkIsPaid {
        payment_seq: i64,
    },
    BorrowerOpens {
        delivery_id: String,
    },
}

/// Puts a task on the table.
pub fn schedule(connection: &Connection, order_row: i64, due_at: Stamp, task: &Task) -> Result<(), Problem> {
    connection
        .prepare_cached("INSERT INTO tasks (due_at, order_row, doc) VALUES (?1, ?2, ?3)")?
        .execute(params![due_at.0, order_row, serde_json::to_string(task)?])?;
    Ok(())
}

/// When the next task is due, as it was found in a generation of the database; good only for that one.
#[derive(Debug, Default)]
pub struct Horizon(Mutex<Option<(u64, Stamp)>>);

impl Horizon {
    /// Whether it is known that nothing is due yet.
    fn is_beyond(&self, generation: u64, now: Stamp) -> bool {
        let known = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.is_some_and(|(of, due_at)| of == generation && now < due_at)
    }

    fn set(&self, generation: u64, due_at: Stamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((generation, due_at));
    }
}

/// Carries out, in order, everything that is due. What fails is taken off the table and told to
/// whoever runs the server: it must not keep the rest from happening.
pub async fn catch_up(state: &AppState) {
    loop {
        let (generation, now) = (state.db.generation(), state.clock.now());
        if state.horizon.is_beyond(generation, now) {
            return;
        }
        match state.db.read(next_due).await {
            Ok(Some(due_at)) if due_at <= now => {}
            Ok(next) => return state.horizon.set(generation, next.unwrap_or(Stamp(i64::MAX))),
            Err(problem) => return eprintln!("automation: {}", problem.cause()),
        }
        let settings = state.settings();
        if let Err(problem) = state.db.write(move |tx| carry_out(tx, &settings, now)).await {
            eprintln!("automation: {}", problem.cause());
            if state.db.write(move |tx| take(tx, now).map(drop)).await.is_err() {
                return;
            }
        }
    }
}

/// Looks for what is due as long as the server runs.
pub async fn run(state: AppState) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        catch_up(&state).await;
    }
}

fn next_due(connection: &Connection) -> Result<Option<Stamp>, Problem> {
    let due_at: Option<i64> = connection
        .prepare_cached("SELECT min(due_at) FROM tasks")?
        .query_row([], |row| row.get(0))?;
    Ok(due_at.map(Stamp))
}

/// Takes the first task that is due off the table.
fn take(tx: &Transaction<'_>, now: Stamp) -> Result<Option<(i64, String)>, Problem> {
    let task = tx
        .prepare_cached(
            "DELETE FROM tasks WHERE seq = (SELECT seq FROM tasks WHERE due_at <= ?1 ORDER BY due_at, seq LIMIT 1)
             RETURNING order_row, doc",
        )?
        .query_row([now.0], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(task)
}

fn carry_out(tx: &Transaction<'_>, settings: &Settings, now: Stamp) -> Result<(), Problem> {
    let Some((row, doc)) = take(tx, now)? else {
        return Ok(());
    };
    let Some(stored) = orders::load_row(tx, row)? else {
        return Ok(());
    };
    let lag = i64::try_from(settings.history_lag_ms).unwrap_or(i64::MAX);
    let step = Step {
        tx,
        settings,
        moment: Moment {
            at: now,
            visible_at: now.plus(lag),
            correlation_id: None,
        },
    };
    match serde_json::from_str(&doc)? {
        Task::VendorAnswers {
            answer,
            vendor_id,
            asked_at,
        } => people::vendor_answers(&step, stored, answer, &vendor_id, asked_at),
        Task::CrossCheckEnds { run_id } => agency::crosscheck_ends(&step, &stored, &run_id),
        Task::PortalStarts { submission_id } => agency::starts(&step, stored, &submission_id),
        Task::PortalAnswers {
            submission_id,
            outcome,
            hard_stop,
        } => agency::answers(&step, stored, &submission_id, outcome, hard_stop),
        Task::PortalReconsiders { submission_id } => agency::reconsiders(&step, stored, &submission_id),
        Task::ChargeSettles { payment_seq } => money::charge_settles(&step, stored, payment_seq),
        Task::LinkIsPaid { payment_seq } => money::link_is_paid(&step, stored, payment_seq),
        Task::BorrowerOpens { delivery_id } => people::borrower_opens(&step, stored, &delivery_id),
    }
}

/// One task being carried out.
pub(super) struct Step<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) settings: &'a Settings,
    pub(super) moment: Moment<'a>,
}

impl Step<'_> {
    pub(super) fn tell(&self, stored: &mut Stored, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, stored, self.moment, entry)
    }

    pub(super) fn audit(&self, stored: &Stored, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, stored.row, self.moment, line)
    }

    /// Saves the order and writes the ledger.
    pub(super) fn finish(
        &self,
        mut stored: Stored,
        what: &str,
        summary: &str,
        charge: Option<Money>,
    ) -> Result<(), Problem> {
        settlement::seal(self.tx, self.moment, &mut stored)?;
        self.enter(&stored, what, summary, charge)
    }

    pub(super) fn enter(
        &self,
        stored: &Stored,
        what: &str,
        summary: &str,
        charge: Option<Money>,
    ) -> Result<(), Problem> {
        ledger::append(
            self.tx,
            &NewEffect {
                at: self.moment.at,
                operation: &format!("automation:{what}"),
                client_id: Some(&stored.order.client_id),
                order_id: Some(&stored.order.id),
                user: None,
                intent: None,
                correlation_id: "none",
                summary,
                charge,
            },
        )
    }
}
