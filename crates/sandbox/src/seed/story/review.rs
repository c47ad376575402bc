//! Review: revisions, acceptance, reconsiderations of value.

use super::Story;
use crate::problem::Problem;
use crate::status::{self, Code};
use crate::store::history::Entry;

impl Story<'_> {
    pub(super) fn ask_revision(&mut self) -> Result<(), Problem> {
        self.stored.order.revision_count += 1;
        let automatic = self.rng.chance(20);
        let reason = *self.rng.pick(&[
            "Comparable 2 is outside the market area; please replace it or explain.",
            "The adjustment for the garage is not supported.",
            "Photographs of the mechanical systems are missing.",
        ]);
        let by = *self.rng.pick(&["usr-qc", "usr-qc2"]);
        let report = self.report_id();
        let entry = Entry::new("revisionRequested", "Requested a revision")
            .to(status::REVISION)
            .because(reason)
            .report(&report);
        if automatic {
            self.tell(entry.by_automation())?;
            self.audit(["revision", "Requested a revision", "Auto-request revision"])
        } else {
            self.tell(entry.by(by))
        }
    }

    pub(super) fn accept_report(&mut self) -> Result<(), Problem> {
        let report = self.report_id();
        let entry = Entry::new("reportAccepted", "Accepted the report")
            .by("usr-qc")
            .to(status::REPORT_ACCEPTED)
            .report(&report);
        self.tell(entry)
    }

    pub(super) fn client_revision(&mut self) -> Result<(), Problem> {
        self.stored.order.revision_count += 1;
        let report = self.report_id();
        let entry = Entry::new("clientRevisionRequested", "Requested a revision")
            .by(self.made.client.user_id)
            .to(status::CLIENT_REVISION)
            .because("The legal description does not match the title.")
            .report(&report);
        self.tell(entry)
    }

    pub(super) fn rov(&mut self, to: Code) -> Result<(), Problem> {
        let report = self.report_id();
        let entry = Entry::new("rovSubmitted", "Asked for a reconsideration of value")
            .to(to)
            .because("Two recent sales nearby were not considered.")
            .report(&report);
        if to == status::ROV_BORROWER {
            self.tell(entry.by_partner())
        } else {
            self.tell(entry.by(self.made.client.user_id))
        }
    }
}
