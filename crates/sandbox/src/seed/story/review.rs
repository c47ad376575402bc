//! Review: revisions, acceptance, reconsiderations of value.

use super::narrator::Story;
use crate::base::money::Money;
use crate::base::time::DAY;
use crate::contract::status;
use crate::model::entry::{Entry, EntryType};
use crate::model::report::ReportStatus;
use crate::model::review::{Revision, RevisionSource, RevisionType};
use crate::model::rov::{Comparable, Rov, RovParty, RovStatus};
use crate::problem::Problem;
use crate::rules::reports as versions;
use crate::seed::names::STREETS;
use crate::seed::people;

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
        let (by_whom, source) = match automatic {
            true => (None, RevisionSource::Automation),
            false => (Some(by), RevisionSource::Qc),
        };
        let revision = self.open_revision(reason, source, by_whom)?;
        let entry = Entry::new(EntryType::RevisionRequested, "Requested a revision")
            .to(status::REVISION)
            .because(reason)
            .report(&revision.report_id)
            .revision(&revision.id);
        if automatic {
            self.tell(entry.by_automation())?;
            self.audit(["revision", "Requested a revision", "Auto-request revision"])
        } else {
            self.tell(entry.by(by))
        }
    }

    pub(super) fn accept_report(&mut self) -> Result<(), Problem> {
        let report = self.report()?;
        let id = report.id.clone();
        versions::set_status(self.tx, report, ReportStatus::Accepted)?;
        let entry = Entry::new(EntryType::ReportAccepted, "Accepted the report")
            .by("usr-qc")
            .to(status::REPORT_ACCEPTED)
            .report(&id);
        self.tell(entry)
    }

    pub(super) fn client_revision(&mut self) -> Result<(), Problem> {
        self.stored.order.revision_count += 1;
        let reason = "The legal description does not match the title.";
        let by = self.made.client.user_id;
        let revision = self.open_revision(reason, RevisionSource::Client, Some(by))?;
        let entry = Entry::new(EntryType::ClientRevisionRequested, "Requested a revision")
            .by(by)
            .to(status::CLIENT_REVISION)
            .because(reason)
            .report(&revision.report_id)
            .revision(&revision.id);
        self.tell(entry)
    }

    pub(super) fn rov(&mut self, to: status::Code) -> Result<(), Problem> {
        let reason = "Two recent sales nearby were not considered.";
        let report = self.report()?;
        let (party, by) = match to {
            status::ROV_BORROWER => (RovParty::Borrower, None),
            _ => (RovParty::Client, Some(people::actor(self.made.client.user_id))),
        };
        let comparables = self.sales_nearby();
        let at = self.at;
        let prior_status = self.stored.order.status_code.unwrap_or(status::REPORT_ACCEPTED);
        let rov = self.record(|id| Rov {
            id,
            party,
            reason: reason.to_owned(),
            comparables,
            report_id: report.id.clone(),
            submitted_by: by,
            submitted_at: at,
            status: RovStatus::Open,
            decision: None,
            prior_status,
            correlation_id: None,
        })?;
        let entry = Entry::new(EntryType::RovSubmitted, "Asked for a reconsideration of value")
            .to(to)
            .because(reason)
            .report(&report.id)
            .rov(&rov.id);
        if to == status::ROV_BORROWER {
            self.tell(entry.by_partner())
        } else {
            self.tell(entry.by(self.made.client.user_id))
        }
    }

    fn sales_nearby(&mut self) -> Vec<Comparable> {
        let city = self
            .stored
            .order
            .property
            .as_ref()
            .map(|property| property.city.clone());
        let city = city.unwrap_or_default();
        (0..2)
            .map(|_| Comparable {
                address: format!("{} {}, {city}", self.rng.between(10, 9_000), self.rng.pick(STREETS)),
                sale_date: self.at.plus(-self.rng.between(20, 200) * DAY).day(),
                sale_price: Money::dollars(self.rng.between(180, 900) * 1_000),
                note: None,
            })
            .collect()
    }

    fn open_revision(&mut self, reason: &str, source: RevisionSource, by: Option<&str>) -> Result<Revision, Problem> {
        let report = self.report()?;
        let at = self.at;
        let revision = self.record(|id| Revision {
            id,
            report_id: report.id.clone(),
            kind: RevisionType::Correction,
            reason: reason.to_owned(),
            source,
            requested_by: by.map(people::actor),
            requested_at: at,
            checklist_item_ids: Vec::new(),
            resolved_by_report_id: None,
            correlation_id: None,
        })?;
        versions::set_status(self.tx, report, ReportStatus::RevisionRequested)?;
        Ok(revision)
    }
}
