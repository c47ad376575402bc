//! Walks an order through its steps, writing what each one leaves behind: history, audit lines,
//! payments, documents.

mod closing;
mod review;
mod vendor;

use rusqlite::Transaction;

use super::loans::Made;
use super::orders::urgency;
use super::people::user_of_vendor;
use super::plan::{self, Step};
use super::rng::Rng;
use super::world::World;
use crate::base::money::Money;
use crate::base::time::{DAY, HOUR, MINUTE, Stamp};
use crate::contract::status;
use crate::model::{Hold, Order, PaymentStatus, Scenario, Sla};
use crate::problem::Problem;
use crate::store::agency;
use crate::store::contents;
use crate::store::documents::{self, Access, NewDocument};
use crate::store::history::{self, Entry, Moment};
use crate::store::orders::Stored;
use crate::store::payments::{self, NewPayment, Payee};
use crate::store::records::{self, Record};
use crate::store::reports::{self, Report};

pub(super) struct Story<'s> {
    tx: &'s Transaction<'s>,
    world: &'s World,
    made: &'s Made<'s>,
    stored: Stored,
    rng: Rng,
    /// The moment of the step being told.
    at: Stamp,
    /// Where the story is to end.
    stage: i64,
}

impl<'s> Story<'s> {
    pub fn new(tx: &'s Transaction<'s>, world: &'s World, made: &'s Made<'s>, stored: Stored, rng: Rng) -> Self {
        Self {
            tx,
            world,
            made,
            stored,
            rng,
            at: Stamp(0),
            stage: status::DRAFT_STAGE,
        }
    }

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
            Step::AgencyAccept => self.agency_answer(agency::Status::Successful),
            Step::AgencyRefuse => self.agency_answer(agency::Status::NotSuccessful),
            Step::Invoice => self.invoice(),
            Step::Collect => self.collect(),
            Step::Complete => self.complete(),
            Step::Hold => self.hold(),
            Step::Cancel => self.cancel(),
            Step::Reject => self.reject(),
            Step::Unprinted(code) => self.unprinted(code),
        }
    }

    fn activate(&mut self, charge_fails: bool) -> Result<(), Problem> {
        let order = &mut self.stored.order;
        let due_date = order.due_date.unwrap_or_else(|| self.at.day());
        order.is_draft = false;
        order.sla = Some(Sla {
            started_at: self.at,
            respond_by: None,
            due_at: Stamp::end_of(due_date),
            paused_ms: 0,
        });
        let by = self.caretaker();
        let entry = Entry::new("activated", "Activated the order");
        self.tell(entry.by(by).to(status::UNASSIGNED))?;
        self.audit(["activation", "Order number issued, clock started", "Activation"])?;
        self.file("Engagement letter.pdf", "engagement", by)?;
        if self.made.loan.purpose == "purchase" {
            self.file("Purchase contract.pdf", "contract", by)?;
        }
        let billing = self.made.billing;
        if charge_fails {
            let seq = self.pay("charge", "failed", "ach", by)?;
            self.set_payment(PaymentStatus::Failed);
            let entry = Entry::new("paymentFailed", "The charge at activation was declined");
            self.tell(entry.by_automation().payment(seq))?;
            self.hold_for_payment(by)
        } else if billing.scenario == Scenario::ChargeAtActivation && !billing.charge_declines {
            let seq = self.pay("charge", "succeeded", "ach", by)?;
            self.set_payment(PaymentStatus::Paid);
            let entry = Entry::new("paymentCollected", "Payment collected at activation");
            self.tell(entry.by_automation().payment(seq))
        } else {
            Ok(())
        }
    }

    fn hold_for_payment(&mut self, by: &str) -> Result<(), Problem> {
        let reason = "Payment at activation failed";
        self.stored.order.hold = Some(Hold {
            reason: reason.to_owned(),
            by: super::people::actor(by),
            at: self.at,
            prior_status: status::UNASSIGNED,
        });
        let entry = Entry::new("held", "Put on hold").by_automation();
        self.tell(entry.to(status::ON_HOLD).because(reason))
    }

    /// Writes the entry, moves the order, makes it a version newer.
    fn tell(&mut self, entry: Entry<'_>) -> Result<(), Problem> {
        history::tell(self.tx, &mut self.stored, moment(self.at), entry)?;
        self.stored.order.version += 1;
        self.stored.order.updated_at = self.at;
        Ok(())
    }

    fn audit(&self, line: [&str; 3]) -> Result<(), Problem> {
        history::audit(self.tx, self.stored.row, moment(self.at), line)
    }

    /// Records a payment of the whole fee and answers its key.
    fn pay(&mut self, kind: &str, status: &str, method: &str, by: &str) -> Result<i64, Problem> {
        let reference = format!("tx_{:010x}", self.rng.next() & 0xff_ffff_ffff);
        let amount = self.stored.order.fee.map_or(Money::ZERO, |fee| fee.total);
        let payment = NewPayment {
            kind,
            status,
            amount,
            method,
            reference: Some(&reference),
            actor_id: Some(by),
            related_seq: None,
            payee: Payee::Client,
        };
        payments::append(self.tx, self.stored.row, moment(self.at), payment)
    }

    fn set_payment(&mut self, status: PaymentStatus) {
        let Some(payment) = &mut self.stored.order.payment else {
            return;
        };
        payment.status = status;
        if status == PaymentStatus::Paid {
            payment.paid_at = Some(self.at);
        }
        if matches!(status, PaymentStatus::Paid | PaymentStatus::Refunded) {
            payment.amount_due = Money::ZERO;
        }
    }

    fn payment_status(&self) -> Option<PaymentStatus> {
        let payment = self.stored.order.payment.as_ref();
        payment.map(|payment| payment.status)
    }

    fn file(&mut self, name: &str, kind: &str, by: &str) -> Result<(), Problem> {
        let document = NewDocument {
            name,
            kind,
            content_type: "application/pdf",
            size: contents::document(&self.stored.order, name).len(),
            actor_id: by,
            access: Access {
                vendor: true,
                client: true,
            },
        };
        documents::append(self.tx, self.stored.row, moment(self.at), document)?;
        Ok(())
    }

    /// The latest version of the report.
    fn report(&self) -> Result<Report, Problem> {
        reports::latest(self.tx, self.stored.row)?.ok_or_else(|| Problem::internal("the seed found no report"))
    }

    /// The next record of a kind.
    fn record<T: Record>(&self, make: impl FnOnce(String) -> T) -> Result<T, Problem> {
        records::append(self.tx, self.stored.row, moment(self.at), make)
    }

    /// Whoever looks after this order on the client's or the platform's side.
    fn caretaker(&self) -> &'static str {
        if self.stored.row % 3 == 0 {
            "usr-operations"
        } else {
            self.made.client.user_id
        }
    }

    fn vendor_user(&self) -> String {
        let vendor = self.stored.order.vendor.as_ref();
        vendor.map_or_else(|| "usr-operations".to_owned(), |vendor| user_of_vendor(&vendor.id))
    }

    /// The vendor has answered, or need not any more.
    fn stop_waiting(&mut self) {
        if let Some(sla) = &mut self.stored.order.sla {
            sla.respond_by = None;
        }
    }
}

/// What was seeded is visible at once and belongs to no request.
fn moment(at: Stamp) -> Moment<'static> {
    Moment {
        at,
        visible_at: at,
        correlation_id: None,
    }
}
