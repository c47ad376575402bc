//! From the stage that an order is to reach to the steps that lead there.

use super::narrator::Story;
use crate::base::time::{DAY, HOUR, MINUTE, Stamp};
use crate::contract::status;
use crate::model::agency::SubmissionStatus;
use crate::model::order::Order;
use crate::problem::Problem;
use crate::seed::plan::{self, Step, urgency};

impl Story<'_> {
    /// Tells the whole story and answers the order at its end.
    pub fn tell_all(mut self, stage: i64, now: Stamp) -> Result<Order, Problem> {
        self.stage = stage;
        let charge_fails = self.made.billing.charge_declines && stage == status::ON_HOLD;
        let steps = if charge_fails {
            vec![Step::Activate]
        } else {
            plan::to(stage, &mut self.rng)
        };
        let waits: Vec<i64> = steps
            .iter()
            .map(|step| {
                let (least, most) = step.wait_hours();
                self.rng.between(least * 60, most * 60) * MINUTE
            })
            .collect();
        let (due_in, touched) = urgency(&mut self.rng, stage);
        let ago = if status::is_closed(stage) {
            self.rng.between(2 * 24, 300 * 24) * HOUR
        } else {
            touched
        };
        self.at = now.plus(-ago - waits.iter().sum::<i64>());
        let order = &mut self.stored.order;
        order.created_at = self.at.plus(-self.rng.between(10, 40 * 60) * MINUTE);
        let usual = self.at.plus(self.rng.between(8, 15) * DAY);
        let due = if status::is_closed(stage) {
            usual
        } else {
            now.plus(due_in).max(self.at.plus(DAY))
        };
        order.due_date = Some(due.day());
        for (step, wait) in steps.iter().zip(waits) {
            self.at = self.at.plus(wait);
            self.step(*step, charge_fails)?;
        }
        Ok(self.stored.order)
    }

    fn step(&mut self, step: Step, charge_fails: bool) -> Result<(), Problem> {
        match step {
            Step::Activate => self.activate(charge_fails),
            Step::Assign => self.assign(),
            Step::Decline => self.decline(),
            Step::TimeOut => self.time_out(),
            Step::Accept => self.accept(),
            Step::Counter => self.counter(),
            Step::AcceptTerms => self.accept_terms(),
            Step::Start => self.start(),
            Step::Schedule => self.schedule(),
            Step::Inspect => self.inspect(),
            Step::Submit => self.submit(),
            Step::AskRevision => self.ask_revision(),
            Step::AcceptReport => self.accept_report(),
            Step::AskClientRevision => self.client_revision(),
            Step::RovByBorrower => self.rov(status::ROV_BORROWER),
            Step::RovByClient => self.rov(status::ROV_CLIENT),
            Step::Deliver => self.deliver(),
            Step::AgencySubmit => self.agency_submit(),
            Step::AgencyAccept => self.agency_answer(SubmissionStatus::Successful),
            Step::AgencyRefuse => self.agency_answer(SubmissionStatus::NotSuccessful),
            Step::Invoice => self.invoice(),
            Step::Collect => self.collect(),
            Step::Complete => self.complete(),
            Step::Hold => self.hold(),
            Step::Cancel => self.cancel(),
            Step::Reject => self.reject(),
            Step::Unprinted(code) => self.unprinted(code),
        }
    }
}
