//! One write being done: who does it, when, under which settings; and what every write has in common, from the fence to
//! the ledger.

use rusqlite::Transaction;

use super::done::Done;
use crate::base::money::Money;
use crate::contract::settings::{Settings, VendorsAnswer};
use crate::contract::status;
use crate::model::entry::Entry;
use crate::model::moment::Moment;
use crate::model::task::Task;
use crate::model::user::User;
use crate::problem::{Code, Problem};
use crate::rules::settlement;
use crate::store::ledger::{self, NewEffect};
use crate::store::orders::Stored;
use crate::store::{history, tasks};

/// Who writes, when, and by which request.
pub struct Act<'a> {
    pub tx: &'a Transaction<'a>,
    pub user: &'a User,
    pub moment: Moment<'a>,
    /// The name under which the ledger tells of it: the operation's.
    pub operation: &'static str,
    /// The `Idempotency-Key` of the request.
    pub intent: Option<&'a str>,
    /// Whether `expectedVersion` counts.
    pub fenced: bool,
    pub settings: &'a Settings,
    /// The user was not asked: automation acts in its name, and the ledger says so.
    pub by_itself: bool,
}

impl Act<'_> {
    /// Puts on the table what happens `delay` milliseconds from now.
    pub(super) fn schedule(&self, stored: &Stored, delay: u64, task: &Task) -> Result<(), Problem> {
        let due_at = self.moment.at.plus(i64::try_from(delay).unwrap_or(i64::MAX));
        tasks::schedule(self.tx, stored.row, due_at, task)
    }

    /// The vendor will answer, if vendors do so by themselves.
    pub(super) fn ask_vendor(&self, stored: &Stored) -> Result<(), Problem> {
        let answer = self.settings.vendors_answer;
        match &stored.order.vendor {
            Some(vendor) if answer != VendorsAnswer::Off => {
                let task = Task::VendorAnswers {
                    answer,
                    vendor_id: vendor.id.clone(),
                    asked_at: self.moment.at,
                };
                self.schedule(stored, self.settings.vendor_delay_ms, &task)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn correlation_id(&self) -> Option<String> {
        self.moment.correlation_id.map(str::to_owned)
    }

    /// 409 if the request rests on another version than the current one.
    pub(super) fn check_fence(&self, stored: &Stored, expected: Option<i64>) -> Result<(), Problem> {
        let current = stored.order.version;
        match expected {
            Some(expected) if self.fenced && expected != current => Err(Problem::new(
                Code::StaleVersion,
                format!(
                    "The order has changed since you loaded it (version {expected}, now {current}). \
                     Reload it and decide again."
                ),
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn tell(&self, stored: &mut Stored, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, stored, self.moment, entry)
    }

    pub(super) fn audit(&self, stored: &Stored, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, stored.row, self.moment, line)
    }

    /// Saves the order as the next version, completes it if nothing is open, and writes the ledger.
    pub(super) fn finish(&self, mut stored: Stored, summary: &str, charge: Option<Money>) -> Result<Done, Problem> {
        settlement::seal(self.tx, self.moment, &mut stored)?;
        self.enter(&stored, summary, charge)?;
        Ok(Done::Changed(Box::new(stored)))
    }

    /// Writes the ledger.
    pub(super) fn enter(&self, stored: &Stored, summary: &str, charge: Option<Money>) -> Result<(), Problem> {
        let by_itself = format!("automation:{}", self.operation);
        ledger::append(
            self.tx,
            &NewEffect {
                at: self.moment.at,
                operation: if self.by_itself { &by_itself } else { self.operation },
                client_id: Some(&stored.order.client_id),
                order_id: Some(&stored.order.id),
                user: (!self.by_itself).then_some(self.user),
                intent: self.intent,
                correlation_id: self.moment.correlation_id.unwrap_or("none"),
                summary,
                charge,
            },
        )
    }
}

/// 409: the order stands where this cannot be done.
pub(super) fn state_conflict(stored: &Stored, cannot: &str) -> Problem {
    let stands = match stored.order.status_code {
        None => "The order is still a draft".to_owned(),
        Some(code) => format!("The order stands at “{}”", status::name(code)),
    };
    Problem::new(
        Code::StateConflict,
        format!("{stands}, so it cannot be {cannot}. Reload it and see what is possible now."),
    )
}

/// The order's present status, unless it is a draft or one for which `allows` is false; else 409.
pub(super) fn require_status(
    stored: &Stored,
    cannot: &str,
    allows: impl Fn(status::Code) -> bool,
) -> Result<status::Code, Problem> {
    stored
        .order
        .status_code
        .filter(|code| allows(*code))
        .ok_or_else(|| state_conflict(stored, cannot))
}
