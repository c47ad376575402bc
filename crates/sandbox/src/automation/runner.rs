//! Takes what is due off the table and has it carried out.

use std::time::Duration;

use rusqlite::Transaction;

use super::step::Step;
use super::{agency, money, people};
use crate::base::time::Stamp;
use crate::contract::settings::Settings;
use crate::model::moment::Moment;
use crate::model::task::Task;
use crate::problem::Problem;
use crate::state::AppState;
use crate::store::{orders, tasks};

/// How often the background looks for what is due.
const TICK: Duration = Duration::from_millis(200);

/// Carries out, in order, everything that is due. What fails is taken off the table and told to
/// whoever runs the server: it must not keep the rest from happening.
pub async fn catch_up(state: &AppState) {
    loop {
        let (generation, now) = (state.db.generation(), state.clock.now());
        if state.horizon.is_beyond(generation, now) {
            return;
        }
        match state.db.read(tasks::next_due).await {
            Ok(Some(due_at)) if due_at <= now => {}
            Ok(next) => return state.horizon.set(generation, next.unwrap_or(Stamp(i64::MAX))),
            Err(problem) => return eprintln!("automation: {}", problem.cause()),
        }
        let settings = state.settings();
        if let Err(problem) = state.db.write(move |tx| carry_out(tx, &settings, now)).await {
            eprintln!("automation: {}", problem.cause());
            if state.db.write(move |tx| tasks::take(tx, now).map(drop)).await.is_err() {
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

fn carry_out(tx: &Transaction<'_>, settings: &Settings, now: Stamp) -> Result<(), Problem> {
    let Some((row, doc)) = tasks::take(tx, now)? else {
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
