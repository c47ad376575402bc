//! One task being carried out.

use rusqlite::Transaction;

use crate::base::money::Money;
use crate::contract::settings::Settings;
use crate::model::entry::Entry;
use crate::model::moment::Moment;
use crate::problem::Problem;
use crate::rules::settlement;
use crate::store::history;
use crate::store::ledger::{self, NewEffect};
use crate::store::orders::Stored;

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
