//! The vendor's part of the story: from assignment to the submitted report.

use super::narrator::{Story, moment};
use crate::base::money::Money;
use crate::base::time::{DAY, HOUR, Stamp};
use crate::contract::roles::Role;
use crate::contract::status;
use crate::model::actor::Actor;
use crate::model::entry::{Entry, EntryType};
use crate::model::order::{Conditions, Inspection, PaymentStatus, Side};
use crate::model::review::{Run, RunStatus};
use crate::model::vendor::{Coverage, Vendor};
use crate::problem::Problem;
use crate::rules::deadlines::RESPOND_MS;
use crate::rules::reports as versions;
use crate::rules::reports::NewReport;
use crate::rules::{crosscheck, fees, papers, slots};

impl Story<'_> {
    pub(super) fn assign(&mut self) -> Result<(), Problem> {
        let Some(vendor) = self.choose_vendor() else {
            return Err(Problem::internal("the seed found no vendor for an order"));
        };
        let automatic = self.rng.chance(25);
        let is_first = self.stored.order.vendor.is_none();
        let summary = format!("Assigned to {}", vendor.name);
        let by = *self.rng.pick(&["usr-operations", "usr-operations2"]);
        let kind = match is_first {
            true => EntryType::Assigned,
            false => EntryType::Reassigned,
        };
        let entry = Entry::new(kind, &summary).to(status::ASSIGNED).vendor(&vendor.id);
        if automatic {
            self.tell(entry.by_automation())?;
            self.audit(["assignment", &summary, "Auto-assign vendor"])?;
        } else {
            self.tell(entry.by(by))?;
        }
        let order = &mut self.stored.order;
        if !is_first {
            order.reassignment_count += 1;
        }
        order.assigned_at = Some(self.at);
        if let Some(sla) = &mut order.sla {
            sla.respond_by = Some(self.at.plus(RESPOND_MS));
        }
        let products = &self.made.client.products;
        let product = order
            .product
            .as_ref()
            .and_then(|wanted| products.iter().find(|product| product.id == wanted.id));
        if let (Some(property), Some(product)) = (&order.property, product) {
            order.fee = Some(fees::resolve(product, &property.zip, vendor.surcharge).fee);
        }
        order.vendor = Some(vendor.part());
        Ok(())
    }

    fn choose_vendor(&mut self) -> Option<Vendor> {
        let order = &self.stored.order;
        let property = order.property.as_ref()?;
        let product = order.product.as_ref()?;
        let holder = order.vendor.as_ref().map(|vendor| vendor.id.as_str());
        let vendors = self.world.vendors.iter();
        let fits: Vec<&Vendor> = vendors
            .filter(|vendor| {
                vendor.panels.contains(&order.client_id)
                    && vendor.product_ids.contains(&product.id)
                    && vendor.licensed_in.contains(&property.state)
                    && vendor.coverage(property) != Coverage::None
                    && holder != Some(vendor.id.as_str())
            })
            .collect();
        if fits.is_empty() {
            return None;
        }
        Some((*self.rng.pick(&fits)).clone())
    }

    pub(super) fn decline(&mut self) -> Result<(), Problem> {
        let reason = *self.rng.pick(&[
            "Out of our area",
            "Too busy this month",
            "Conflict of interest with the borrower",
        ]);
        let entry = Entry::new(EntryType::Declined, "Declined the order").because(reason);
        self.answer(entry, status::DECLINED)
    }

    pub(super) fn time_out(&mut self) -> Result<(), Problem> {
        self.stop_waiting();
        let order = &mut self.stored.order;
        order.assigned_at = None;
        order.reassignment_count += 1;
        let vendor_id = order.vendor.take().map(|vendor| vendor.id);
        let summary = "No answer in time: returned to the queue";
        let mut entry = Entry::new(EntryType::Unassigned, summary)
            .by_automation()
            .to(status::UNASSIGNED);
        if let Some(vendor_id) = &vendor_id {
            entry = entry.vendor(vendor_id);
        }
        self.tell(entry)?;
        self.audit(["reassignment", summary, "Vendor response time"])
    }

    pub(super) fn accept(&mut self) -> Result<(), Problem> {
        let entry = Entry::new(EntryType::Accepted, "Accepted the order");
        self.answer(entry, status::ACCEPTED)
    }

    pub(super) fn start(&mut self) -> Result<(), Problem> {
        let entry = Entry::new(EntryType::InProgress, "Started to work");
        self.answer(entry, status::IN_PROGRESS)
    }

    pub(super) fn counter(&mut self) -> Result<(), Problem> {
        let extra = Money::dollars(self.rng.between(3, 15) * 10);
        let later = self.rng.between(1, 5) * DAY;
        let notes = "Complex property: more time and a higher fee are needed.";
        let order = &mut self.stored.order;
        order.conditions = Some(Conditions {
            fee: order.fee.map(|fee| fee.vendor_charges + extra),
            due_date: order.due_date.map(|day| Stamp::end_of(day).plus(later).day()),
            notes: Some(notes.to_owned()),
            proposed_by: Side::Vendor,
            proposed_at: self.at,
        });
        let summary = "Accepted with conditions on fee and due date";
        let entry = Entry::new(EntryType::AcceptedWithConditions, summary).because(notes);
        self.answer(entry, status::CONDITIONS)
    }

    pub(super) fn accept_terms(&mut self) -> Result<(), Problem> {
        let order = &mut self.stored.order;
        if let Some(conditions) = order.conditions.take() {
            if let (Some(agreed), Some(fee)) = (conditions.fee, &mut order.fee) {
                // What was paid at activation stays all there is to pay.
                let is_open = order
                    .payment
                    .as_ref()
                    .is_some_and(|payment| payment.status == PaymentStatus::NotDue);
                if is_open {
                    fee.order_fee = fee.order_fee.max(agreed);
                    fee.total = fee.order_fee + fee.technology_fee;
                }
                fee.vendor_charges = agreed.min(fee.order_fee);
                if let Some(payment) = &mut order.payment
                    && payment.status == PaymentStatus::NotDue
                {
                    payment.amount_due = fee.total;
                }
            }
            order.due_date = conditions.due_date.or(order.due_date);
            if let (Some(day), Some(sla)) = (order.due_date, &mut order.sla) {
                sla.due_at = Stamp::end_of(day);
            }
        }
        let entry = Entry::new(EntryType::ConditionsAccepted, "Accepted the vendor's conditions");
        self.tell(entry.by(self.made.client.user_id).to(status::ACCEPTED))
    }

    pub(super) fn schedule(&mut self) -> Result<(), Problem> {
        self.stored.order.inspection = Some(Inspection {
            scheduled_at: Some(self.at.plus(self.rng.between(20, 96) * HOUR)),
            completed_at: None,
            time_zone: slots::time_zone(&self.stored.order).to_owned(),
        });
        let entry = Entry::new(EntryType::InspectionScheduled, "Scheduled the inspection");
        self.answer(entry, status::INSPECTION_SCHEDULED)
    }

    pub(super) fn inspect(&mut self) -> Result<(), Problem> {
        self.stored.order.inspection = Some(Inspection {
            scheduled_at: Some(self.at.plus(-HOUR)),
            completed_at: Some(self.at),
            time_zone: slots::time_zone(&self.stored.order).to_owned(),
        });
        let entry = Entry::new(EntryType::InspectionCompleted, "Inspected the property");
        self.answer(entry, status::INSPECTED)
    }

    pub(super) fn submit(&mut self) -> Result<(), Problem> {
        let version = match versions::latest(self.tx, self.stored.row)? {
            Some(latest) => latest.version + 1,
            None => 1,
        };
        let name = format!("Appraisal report v{version}.pdf");
        let bytes = papers::report(&self.stored.order, version);
        let vendor = self.stored.order.vendor.as_ref();
        let by = Actor {
            id: self.vendor_user(),
            name: vendor.map(|vendor| vendor.name.clone()).unwrap_or_default(),
            role: Role::Vendor,
        };
        let new = NewReport {
            name: &name,
            content_type: "application/pdf",
            bytes: &bytes,
            by,
        };
        let report = versions::submit(self.tx, self.stored.row, moment(self.at), new)?;
        let summary = format!("Submitted report version {version}: {name}");
        let entry = Entry::new(EntryType::ReportSubmitted, &summary).report(&report.id);
        self.answer(entry, status::REPORT_SUBMITTED)?;
        // What nobody looks at any more needs no check kept.
        if status::is_closed(self.stage) {
            return Ok(());
        }
        let at = self.at;
        self.record(|id| {
            let mut run = Run {
                id,
                report_id: report.id.clone(),
                status: RunStatus::Running,
                started_at: at,
                started_by: None,
                completed_at: None,
                correlation_id: None,
                findings: Vec::new(),
            };
            crosscheck::complete(&mut run, at);
            run
        })?;
        self.audit(["crosscheck", "Checked the report", "CrossCheck"])
    }

    /// The vendor's own entry.
    fn answer(&mut self, entry: Entry<'_>, to: status::Code) -> Result<(), Problem> {
        self.stop_waiting();
        let by = self.vendor_user();
        let vendor = self.stored.order.vendor.as_ref();
        let vendor_id = vendor.map(|vendor| vendor.id.clone()).unwrap_or_default();
        self.tell(entry.by(&by).to(to).vendor(&vendor_id))
    }
}
